import { expect, test } from 'vitest'
import { betterModel, stringencySide } from '#shared/measurement/raters/stringency-model.ts'

const examiner = (leastSquares: number | null, mixed: number | null) => ({
  leastSquares: { value: leastSquares },
  mixed: { value: mixed },
})

test('examiners are told by the model that gives more of them, by least squares where both give as many', () => {
  expect(betterModel([examiner(1, 2), examiner(-1, -2)])).toBe('leastSquares')
  expect(betterModel([examiner(1, 2), examiner(null, -2)])).toBe('mixed')
  expect(betterModel([examiner(1, null), examiner(null, -2)])).toBe('leastSquares')
  expect(betterModel([])).toBe('leastSquares')
})

test('an examiner is on a side of the average only where the interval leaves out 0', () => {
  expect(stringencySide({ value: 3, ci95: [1, 5] })).toBe('harsh')
  expect(stringencySide({ value: -3, ci95: [-5, -1] })).toBe('mild')
  expect(stringencySide({ value: 3, ci95: [0, 6] })).toBe('untold')
  expect(stringencySide({ value: 3 })).toBe('no-interval')
  expect(stringencySide({ value: null })).toBe('withheld')
})
