import type { RouteRecordRaw } from 'vue-router'
import StartView from './StartView.vue'

/** The first screen comes with the app's own code: fetching it apart would make everybody wait once more. */
export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'start', component: StartView, meta: { title: 'start.title' } },
]
