import { onScopeDispose } from 'vue'
import { call } from './api.ts'
import { useSessionStore } from './use-session-store.ts'

/** How often the host hears of it at most, in milliseconds. */
const TELL_MS = 30_000
const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const

/** Tells the host that somebody is at this window, so that it does not lock. The host decides when it does. */
export function useActivity(): void {
  const session = useSessionStore()
  let timer: ReturnType<typeof setTimeout> | undefined
  let since = false

  function tell(): void {
    since = false
    timer = setTimeout(() => {
      timer = undefined
      if (since) tell()
    }, TELL_MS)
    if (session.session !== null && !session.locked && session.handedOver === null) void call('session.touched', {})
  }
  function touched(): void {
    if (timer === undefined) tell()
    else since = true
  }

  for (const touch of touches) addEventListener(touch, touched, { passive: true, capture: true })
  onScopeDispose(() => {
    clearTimeout(timer)
    for (const touch of touches) removeEventListener(touch, touched, { capture: true })
  })
}
