import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { Failure, Result } from '#shared/contract/result.ts'

export type HostRequest = {
  busy: Ref<boolean>
  /** Why the last one was refused; null once one goes through. */
  failure: ShallowRef<Failure | null>
  /** Asks the host for something; null where the one before is still under way, and nothing is asked. */
  ask<T>(request: () => Promise<Result<T>>): Promise<Result<T> | null>
}

/** What a button asks of the host: one at a time, however often it is pressed. */
export function useRequest(): HostRequest {
  const busy = ref(false)
  const failure = shallowRef<Failure | null>(null)
  return {
    busy,
    failure,
    async ask(request) {
      if (busy.value) return null
      busy.value = true
      try {
        const result = await request()
        failure.value = result.ok ? null : result
        return result
      } finally {
        busy.value = false
      }
    },
  }
}
