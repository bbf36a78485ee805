import { computed, shallowRef, type ComputedRef } from 'vue'
import type { Result } from '#shared/contract/result.ts'

/** What was done, and how to take it back. */
export type Deed<What> = {
  what: What
  takeBack: () => Promise<Result<unknown>>
  /** Changes of the same thing within a moment are one deed: typing is taken back by words, not by letters. */
  thing?: string
}

export type Undo<What> = {
  possible: ComputedRef<boolean>
  did: (deed: Deed<What>) => void
  /** Takes the last deed back and answers what that was; null where there is none. A refused one is given up. */
  undo: () => Promise<{ what: What; result: Result<unknown> } | null>
  forget: () => void
}

const MOST_DEEDS = 100
const ONE_DEED_MS = 5000

/** The deeds of a screen, the last one on top. */
export function useUndo<What>(): Undo<What> {
  const deeds = shallowRef<readonly (Deed<What> & { at: number })[]>([])
  return {
    possible: computed(() => deeds.value.length > 0),
    did(deed) {
      const at = performance.now()
      const last = deeds.value.at(-1)
      const same = last !== undefined && deed.thing !== undefined && last.thing === deed.thing
      // The older deed knows how it was before both.
      if (same && at - last.at < ONE_DEED_MS) deeds.value = [...deeds.value.slice(0, -1), { ...last, at }]
      else deeds.value = [...deeds.value, { ...deed, at }].slice(-MOST_DEEDS)
    },
    async undo() {
      const last = deeds.value.at(-1)
      if (last === undefined) return null
      deeds.value = deeds.value.slice(0, -1)
      return { what: last.what, result: await last.takeBack() }
    },
    forget() {
      deeds.value = []
    },
  }
}
