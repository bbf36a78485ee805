export type Calm = {
  /** Asks for the work; what is asked for while it waits or runs is one more run at most. */
  ask: () => void
  /** Nothing runs from here on. */
  end: () => void
}

/** Runs `work` a pause after it was asked for, never more often than once in `pauseMs` and never twice at once. */
export function atMostOncePer(pauseMs: number, work: () => Promise<unknown>): Calm {
  let state: 'idle' | 'waiting' | 'running' | 'ended' = 'idle'
  let again = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const wait = () => {
    state = 'waiting'
    timer = setTimeout(() => {
      state = 'running'
      void work().finally(() => {
        if (state === 'ended') return
        state = 'idle'
        if (again) ask()
      })
    }, pauseMs)
  }
  const ask = () => {
    again = state === 'running'
    if (state === 'idle') wait()
  }
  return {
    ask,
    end: () => {
      state = 'ended'
      clearTimeout(timer)
    },
  }
}
