import { randomUUID } from 'node:crypto'

/** A repeatable source of chance: the same seed gives the same day. */
export type Random = {
  /** In [0, 1). */
  uniform(): number
  /** Standard normal deviate. */
  normal(): number
  /** True with probability `p`. */
  chance(p: number): boolean
  /** One entry, each as likely. Throws for an empty list. */
  pick<T>(entries: readonly T[]): T
  /** An id that nothing else has: the same day may be played twice into one data folder. */
  id(): string
}

/** Mulberry32 (public domain, T. Ettinger), and the Box-Muller transform for normal deviates. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    chance: (p) => uniform() < p,
    pick: (entries) => {
      const entry = entries[Math.floor(uniform() * entries.length)]
      if (entry === undefined) throw new Error('nothing to pick from')
      return entry
    },
    id: () => randomUUID(),
  }
}
