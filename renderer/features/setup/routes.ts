import type { RouteRecordRaw } from 'vue-router'
import { sections } from './sections.ts'

export const routes: RouteRecordRaw[] = [
  {
    path: `/exams/:examId/setup/:section(${sections.join('|')})?`,
    name: 'exam-setup',
    component: () => import('./SetupView.vue'),
    meta: { title: 'setup.title', roles: ['director'] },
  },
]
