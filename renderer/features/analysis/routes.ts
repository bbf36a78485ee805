import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/analysis/file',
    name: 'analysis-file',
    component: () => import('./elsewhere/FileView.vue'),
    meta: { title: 'analysis.file.title', roles: ['director'] },
  },
  {
    path: '/exams/:examId/analysis/:section?',
    name: 'exam-analysis',
    component: () => import('./AnalysisView.vue'),
    meta: { title: 'analysis.title', roles: ['director'] },
  },
]
