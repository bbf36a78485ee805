import { computed, shallowRef, watch, type ComputedRef } from 'vue'

const AT_ONCE = 250

/** A long list by portions, so that the page stays quick: what is shown, how much is not, and more of it. */
export function usePortion<T>(list: () => readonly T[]): {
  shown: ComputedRef<readonly T[]>
  rest: ComputedRef<number>
  next: ComputedRef<number>
  more: () => void
} {
  const size = shallowRef(AT_ONCE)
  const rest = computed(() => Math.max(0, list().length - size.value))
  watch(
    () => list().length,
    (now, before) => {
      // Another search or another list begins at its top again; one that grows goes on.
      if (now < before) size.value = AT_ONCE
    },
  )
  return {
    shown: computed(() => list().slice(0, size.value)),
    rest,
    next: computed(() => Math.min(AT_ONCE, rest.value)),
    more() {
      size.value += AT_ONCE
    },
  }
}
