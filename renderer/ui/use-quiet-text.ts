import { useEventListener } from '@vueuse/core'
import { computed, onScopeDispose, shallowRef, type WritableComputedRef } from 'vue'

/** After the last letter. */
const QUIET_MS = 400

/** The fields of this page in which something is typed and not saved yet. */
const unsaved = new Set<() => void>()

/** Saves what is being typed. For who lets go of what the fields belong to: that happens before they are gone. */
export function saveTyped(): void {
  for (const save of unsaved) save()
}

export type QuietText = {
  /** What stands in the field: what is being typed, else the stored value, whoever changes it. */
  text: WritableComputedRef<string>
  /** Saves what is being typed now. */
  flush: () => void
}

/**
 * The text of a field that saves itself: a moment after the last letter, and when the field or the page is left. The
 * field belongs to one value as long as it lives; give it a key where that changes.
 */
export function useQuietText(value: () => string, save: (text: string) => void): QuietText {
  const typed = shallowRef<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush(): void {
    clearTimeout(timer)
    unsaved.delete(flush)
    const text = typed.value
    if (text === null) return
    save(text)
    typed.value = null
  }

  const text = computed({
    get: () => typed.value ?? value(),
    set: (now) => {
      typed.value = now
      unsaved.add(flush)
      clearTimeout(timer)
      timer = setTimeout(flush, QUIET_MS)
    },
  })

  useEventListener('pagehide', flush)
  onScopeDispose(flush)
  return { text, flush }
}
