import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { Failure, Result } from '#shared/contract/result.ts'

/** How long the hands must rest before what they changed is saved. */
const REST_MS = 400

type AutosaveState = 'saved' | 'waiting' | 'saving' | 'failed'

export type Autosave = {
  state: ShallowRef<AutosaveState>
  failure: ShallowRef<Failure | null>
  /** Something changed: it is saved once nothing more changes for a moment. */
  touch: () => void
  /** Saves at once what waits, or what failed, and comes back when all of it was tried. */
  flush: () => Promise<void>
  /** Another thing is there now: what waits or failed is no longer tried. */
  forget: () => void
}

/**
 * Saves by itself, one write at a time, the newest state last; leaving the screen saves what still waits. `save` writes
 * what is there now and answers the host's result, or null where there is nothing to write.
 */
export function useAutosave(save: () => Promise<Result<unknown> | null>): Autosave {
  const state = shallowRef<AutosaveState>('saved')
  const failure = shallowRef<Failure | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let changes = 0
  let running: Promise<void> | null = null

  function touch(): void {
    clearTimeout(timer)
    changes += 1
    state.value = 'waiting'
    timer = setTimeout(() => void flush(), REST_MS)
  }

  function flush(): Promise<void> {
    clearTimeout(timer)
    if (state.value === 'saved') return Promise.resolve()
    running ??= saveAll().finally(() => {
      running = null
    })
    return running
  }

  async function saveAll(): Promise<void> {
    for (;;) {
      clearTimeout(timer)
      const before = changes
      state.value = 'saving'
      const result = await save()
      failure.value = result === null || result.ok ? null : result
      if (changes === before) break
    }
    state.value = failure.value === null ? 'saved' : 'failed'
  }

  function forget(): void {
    clearTimeout(timer)
    state.value = 'saved'
    failure.value = null
  }

  onScopeDispose(() => void flush())
  return { state, failure, touch, flush, forget }
}
