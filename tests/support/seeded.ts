/** Numbers that look random and are the same in every run. */
export type Seeded = { uniform: () => number; normal: () => number }

/** A generator (mulberry32) from its seed, and normal deviates from it (Box and Muller). */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  return { uniform, normal }
}
