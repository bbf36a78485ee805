import { expect, test } from 'vitest'
import { percentOf } from '#shared/domain/candidate-list.ts'

test('extra time is a number, with or without its sign', () => {
  expect(['', '25', ' 25 %', '33%', '0.25'].map(percentOf)).toEqual([0, 25, 25, 33, 25])
  // A share has no sign: half a percent is nothing that anybody is given.
  expect(['0.5 %', '0,25%'].map(percentOf)).toEqual([null, null])
  expect(['a lot', '1e2', '0x10', '-5', '201', '%'].map(percentOf)).toEqual([null, null, null, null, null, null])
})
