import { expect } from 'vitest'

/** Holds a number to its reference value: within `tolerance` of it as a share, or of 0 where that is expected. */
export function expectNear(value: number | null | undefined, expected: number, tolerance = 1e-9): void {
  const apart = typeof value === 'number' ? Math.abs(value - expected) : Infinity
  expect(apart, `${value ?? 'nothing'} for ${expected}`).toBeLessThanOrEqual(
    tolerance * Math.max(Math.abs(expected), 1e-3),
  )
}

/** The same for both ends of an interval. */
export function expectInterval(
  ci95: readonly [number, number] | undefined,
  [low, high]: readonly number[],
  tolerance = 1e-9,
): void {
  expectNear(ci95?.[0], low ?? Number.NaN, tolerance)
  expectNear(ci95?.[1], high ?? Number.NaN, tolerance)
}
