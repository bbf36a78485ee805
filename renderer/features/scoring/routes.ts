import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/encounters/:encounterId',
    name: 'encounter',
    component: () => import('./EncounterView.vue'),
    meta: { title: 'scoring.title', roles: ['examiner'], full: true },
  },
]
