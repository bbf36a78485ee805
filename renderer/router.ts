import { createRouter, createWebHashHistory, type Router, type RouteRecordRaw, type RouterHistory } from 'vue-router'
import { guard } from './guard.ts'
import { useSessionStore } from './use-session-store.ts'

/** Each feature exports `routes`; a feature's screens are fetched when they are first opened. */
const features = import.meta.glob<{ routes: RouteRecordRaw[] }>('./features/*/routes.ts', { eager: true })

/** The routes of all features; an unknown address leads to the start. Pinia must be in place. */
export function createAppRouter(history: RouterHistory = createWebHashHistory()): Router {
  const router = createRouter({
    history,
    routes: [...Object.values(features).flatMap((feature) => feature.routes), { path: '/:rest(.*)*', redirect: '/' }],
  })
  const session = useSessionStore()
  router.beforeEach(async (to) => {
    if (!session.known) await session.load()
    return guard(to, session.session)
  })
  return router
}
