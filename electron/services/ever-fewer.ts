import { waitAfter } from './session/accounts.ts'

/**
 * Says of each of many things that nothing holds up whether it is to be written down: the first five are, then one in an
 * ever longer time. `now` on an axis that nobody can set back, in milliseconds.
 */
export function everFewer(now: () => number): () => boolean {
  let times = 0
  let until = -Infinity
  return () => {
    if (now() < until) return false
    times += 1
    until = now() + waitAfter(times)
    return true
  }
}
