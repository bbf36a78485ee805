import { shallowRef } from 'vue'
import type { Failure, Result } from '#shared/contract/result.ts'

/**
 * What a screen reads and goes on reading while it is shown. A first failure takes the screen's place; a later one
 * leaves what stands and is told beside it. `what` names the thing read: another name starts afresh. A reading under
 * way is not started twice: what is asked for meanwhile is one more reading after it, which sees what changed.
 */
export function useReading<T>() {
  const data = shallowRef<T | null>(null)
  const failure = shallowRef<Failure | null>(null)
  type Turn = { what: string; now: Promise<void>; next: Promise<void> | null }
  let turn: Turn | null = null
  let shown: string | null = null

  function read(what: string, ask: () => Promise<Result<T>>): Promise<void> {
    if (what !== shown) {
      shown = what
      data.value = null
      failure.value = null
    }
    if (turn?.what === what)
      return (turn.next ??= turn.now.then(() => (turn === null && what === shown ? start(what, ask) : undefined)))
    return start(what, ask)
  }

  function start(what: string, ask: () => Promise<Result<T>>): Promise<void> {
    const mine: Turn = { what, now: take(), next: null }
    turn = mine
    return mine.now

    async function take(): Promise<void> {
      const result = await ask()
      if (turn !== mine) return
      turn = null
      failure.value = result.ok ? null : result
      if (result.ok) data.value = result.data
    }
  }

  /** Nothing of it is left; an answer under way is dropped. */
  function forget(): void {
    turn = shown = data.value = failure.value = null
  }

  return { data, failure, read, forget }
}
