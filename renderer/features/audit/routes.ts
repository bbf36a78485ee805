import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/audit',
    name: 'audit',
    component: () => import('./AuditView.vue'),
    meta: { title: 'audit.title', roles: ['director'] },
  },
  {
    path: '/exams/:examId/audit',
    name: 'exam-audit',
    component: () => import('./AuditView.vue'),
    meta: { title: 'audit.title', roles: ['director'] },
  },
]
