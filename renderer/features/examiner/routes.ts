import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/examine',
    name: 'examiner-day',
    component: () => import('./ExaminerDayView.vue'),
    meta: { title: 'examiner.title', roles: ['examiner'] },
  },
]
