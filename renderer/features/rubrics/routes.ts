import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/rubrics/:rubricId/:version(\\d+)',
    name: 'rubric-editor',
    component: () => import('./RubricView.vue'),
    meta: { title: 'rubrics.title', roles: ['director'] },
  },
]
