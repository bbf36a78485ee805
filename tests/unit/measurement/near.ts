import { expect } from 'vitest'
import type { Statistic } from '#shared/measurement/statistic.ts'

/** That a figure is given, and agrees with what is expected within a share of it. */
export function expectNear(figure: Statistic | number | undefined, expected: number, tolerance = 1e-9): void {
  const value = typeof figure === 'number' ? figure : (figure?.value ?? null)
  expect(value).not.toBeNull()
  expect(Math.abs((value ?? NaN) - expected)).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(expected), 1e-3))
}

/** Numbers from 0 to 1 that look random and are the same in every run (Lehmer's generator, Park and Miller 1988). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}
