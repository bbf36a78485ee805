import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { Failure, Result } from '#shared/contract/result.ts'

export type Loaded<T> = {
  /** "loading" until the first answer; a reload keeps what is shown. */
  state: ComputedRef<'loading' | 'failed' | 'ready'>
  data: ShallowRef<T | null>
  failure: ShallowRef<Failure | null>
  load: () => Promise<void>
}

/** What a screen reads from the host, with its three states. The caller says when to load; the last call wins. */
export function useLoaded<T>(read: () => Promise<Result<T>>): Loaded<T> {
  const data = shallowRef<T | null>(null)
  const failure = shallowRef<Failure | null>(null)
  let latest = 0
  const load = async (): Promise<void> => {
    latest += 1
    const mine = latest
    const result = await read()
    if (mine !== latest) return
    failure.value = result.ok ? null : result
    if (result.ok) data.value = result.data
  }
  const state = computed(() => (failure.value !== null ? 'failed' : data.value === null ? 'loading' : 'ready'))
  return { state, data, failure, load }
}
