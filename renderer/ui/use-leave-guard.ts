import { useEventListener } from '@vueuse/core'
import { shallowRef, type ShallowRef } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'

export type LeaveGuard = {
  /** True while the person is asked whether to go on without what is not saved. */
  asking: ShallowRef<boolean>
  stay: () => void
  leave: () => void
}

/**
 * Saves what waits before the screen is left, also for another part of it, and asks where something could not be
 * saved. `unsaved` says whether it could not; closing the window asks by the system's own dialog.
 */
export function useLeaveGuard({
  flush,
  unsaved,
}: {
  flush: () => Promise<unknown>
  unsaved: () => boolean
}): LeaveGuard {
  const asking = shallowRef(false)
  let answer: ((goes: boolean) => void) | null = null

  async function mayGo(): Promise<boolean> {
    answer?.(false)
    await flush()
    if (!unsaved()) return true
    asking.value = true
    return new Promise((resolve) => {
      answer = resolve
    })
  }
  onBeforeRouteLeave(mayGo)
  onBeforeRouteUpdate(mayGo)
  useEventListener(window, 'beforeunload', (event) => {
    if (unsaved()) event.preventDefault()
  })

  const say = (goes: boolean) => () => {
    asking.value = false
    answer?.(goes)
    answer = null
  }
  return { asking, stay: say(false), leave: say(true) }
}
