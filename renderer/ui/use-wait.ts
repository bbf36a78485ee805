import { onScopeDispose, ref, type Ref } from 'vue'

/** Seconds that run down to 0: until the next try counts. */
export function useWait(): { wait: Ref<number>; hold: (seconds: number) => void } {
  const wait = ref(0)
  let ticking: ReturnType<typeof setInterval> | undefined
  function hold(seconds: number): void {
    clearInterval(ticking)
    wait.value = seconds
    if (seconds <= 0) return
    ticking = setInterval(() => {
      wait.value -= 1
      if (wait.value <= 0) clearInterval(ticking)
    }, 1000)
  }
  onScopeDispose(() => {
    clearInterval(ticking)
  })
  return { wait, hold }
}
