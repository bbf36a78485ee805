import { expect, test } from 'vitest'
import { given, withheld } from '#shared/measurement/statistic.ts'

test('a figure that came out as no finite number is withheld', () => {
  expect(given('mean', 3, Number.NaN, { warnings: ['small-sample'] })).toEqual(
    withheld('mean', 3, 'not-finite', ['small-sample']),
  )
  expect(given('mean', 3, Infinity).value).toBeNull()
})

test('what stands beside a value is left out where it is no finite number', () => {
  expect(given('mean', 3, 2, { se: Number.NaN, ci95: [1, Infinity] })).toEqual({
    value: 2,
    n: 3,
    method: 'mean',
    warnings: [],
  })
  expect(given('mean', 3, 2, { se: 0.5, ci95: [1, 3] })).toMatchObject({ se: 0.5, ci95: [1, 3] })
})
