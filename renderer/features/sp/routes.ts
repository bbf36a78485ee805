import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/sp',
    name: 'sp-day',
    component: () => import('./SpDayView.vue'),
    meta: { title: 'sp.day.title', roles: ['sp'] },
  },
  {
    path: '/sp/:encounterId',
    name: 'sp-form',
    component: () => import('./SpFormView.vue'),
    meta: { title: 'sp.form.title', roles: ['sp'] },
  },
]
