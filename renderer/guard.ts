import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import type { Role } from '#shared/domain/exam.ts'
import type { Session } from '#shared/domain/session.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may open it; absent: everybody. */
    roles?: readonly Role[]
    /** The key of its title in the locale. */
    title: string
    /** A screen that fills the window, brings its own header and never scrolls as a whole. */
    full?: boolean
  }
}

/**
 * Where a window may go. A device that was handed over shows the SP's form of that encounter and nothing else, and when
 * it comes back its examiner's sheet of it; a route that asks for a role leads to the start screen for everybody who does
 * not have it.
 */
export function guard(
  to: Pick<RouteLocationNormalized, 'name' | 'params' | 'meta'>,
  session: Session | null,
): true | RouteLocationRaw {
  const held = session?.handedOver ?? null
  if (held !== null) {
    const there = to.name === 'sp-form' && to.params['encounterId'] === held
    return there || { name: 'sp-form', params: { encounterId: held }, replace: true }
  }
  // The device came back: its examiner goes on where it was lent.
  if (to.name === 'sp-form' && session?.role === 'examiner')
    return { name: 'encounter', params: { encounterId: to.params['encounterId'] }, replace: true }
  const { roles } = to.meta
  if (roles === undefined || (session !== null && roles.includes(session.role))) return true
  return { name: 'start', replace: true }
}
