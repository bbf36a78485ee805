import { expect, test } from 'vitest'
import { spreadOf } from '#shared/measurement/rasch/summaries.ts'
import { expectNear } from '../near.ts'

const measured = (measures: readonly number[], se: number) => measures.map((measure) => ({ measure, se }))

test('worked by hand: S² = 4, E² = 1', () => {
  const { separation, strata, reliability, fixed } = spreadOf(measured([-2, 0, 2], 1))
  expectNear(reliability, 3 / 4)
  expectNear(separation, Math.sqrt(3))
  expectNear(strata, (4 * Math.sqrt(3) + 1) / 3)
  expectNear(fixed.chiSquare, 8)
  expect(fixed.df).toBe(2)
  // The upper tail of chi-square with two degrees of freedom is e^(−χ²/2).
  expectNear(fixed.p, Math.exp(-4))
  expect(separation.warnings).toEqual([])
})

test('measures that spread less than their errors are not reliable at all, and that is said', () => {
  const { separation, strata, reliability, fixed } = spreadOf(measured([-0.1, 0, 0.2], 1))
  expect([reliability.value, separation.value]).toEqual([0, 0])
  expectNear(strata, 1 / 3)
  expect(reliability.warnings).toEqual(['spread-within-error'])
  expect(fixed.p.value).toBeGreaterThan(0.9)
})
