import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/exams/:examId/analysis/:section?',
    name: 'exam-analysis',
    component: () => import('./AnalysisView.vue'),
    meta: { title: 'analysis.title', roles: ['director'] },
  },
]
