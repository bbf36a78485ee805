import { expect, test } from 'vitest'
import { describeScores, vary } from '#shared/measurement/descriptive.ts'
import { expectNear } from './near.ts'

// R 4.2: mean, sd, median, quantile(type = 7).
test('scores are described by mean, spread and quartiles of type 7', () => {
  const all = describeScores([31, 38.5, 44, 52, 49, 61, 66, 71.5, 83, 47, 36, 55])
  expect(all.n).toBe(12)
  expectNear(all.mean, 52.83333333333334)
  expectNear(all.sd, 15.36278462763673)
  expectNear(all.q1, 42.625)
  expectNear(all.median, 50.5)
  expectNear(all.q3, 62.25)
  expectNear(all.min, 31)
  expectNear(all.max, 83)
})

test('without scores there is nothing to describe, and one score has no spread', () => {
  for (const figure of ['mean', 'sd', 'median', 'q1', 'q3', 'min', 'max'] as const) {
    expect(describeScores([])[figure]).toMatchObject({ value: null, n: 0, reason: 'no-data' })
  }
  expect(describeScores([7]).sd).toMatchObject({ value: null, n: 1, reason: 'too-few' })
  expect(describeScores([7]).q1.value).toBe(7)
})

test('scores that differ by the error of binary fractions alone do not vary', () => {
  expect(vary([0.1 + 0.2, 0.3])).toBe(false)
  expect(vary([0.3, 0.3 + 1e-9])).toBe(true)
  expect(describeScores([0.1 + 0.2, 0.3]).sd.value).toBe(0)
})
