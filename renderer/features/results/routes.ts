import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/exams/:examId/results/candidates/:candidateId',
    name: 'candidate-result',
    component: () => import('./CandidateView.vue'),
    meta: { title: 'results.title', roles: ['director'] },
  },
  {
    path: '/exams/:examId/results/:section?',
    name: 'exam-results',
    component: () => import('./ResultsView.vue'),
    meta: { title: 'results.title', roles: ['director'] },
  },
]
