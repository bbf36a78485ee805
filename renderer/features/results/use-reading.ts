import { computed, shallowRef } from 'vue'
import type { Failure, Result } from '#shared/contract/result.ts'

/**
 * What a screen reads and goes on reading while it is shown. A first failure takes the screen's place; a later one
 * leaves what stands and is told beside it. `what` names the thing read: another name starts afresh.
 */
export function useReading<T>() {
  const data = shallowRef<T | null>(null)
  const failure = shallowRef<Failure | null>(null)
  let shown: string | null = null
  let latest = 0

  async function read(what: string, ask: () => Promise<Result<T>>): Promise<void> {
    if (what !== shown) {
      shown = what
      data.value = null
      failure.value = null
    }
    latest += 1
    const mine = latest
    const result = await ask()
    if (mine !== latest) return
    failure.value = result.ok ? null : result
    if (result.ok) data.value = result.data
  }

  const state = computed(() => (data.value !== null ? 'ready' : failure.value !== null ? 'failed' : 'loading'))
  return { data, failure, state, read }
}
