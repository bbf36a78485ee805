import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/data',
    name: 'backups',
    component: () => import('./BackupsView.vue'),
    meta: { title: 'backups.title', roles: ['director'] },
  },
]
