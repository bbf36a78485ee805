import { expect, test } from 'vitest'
import { nextNumber } from '#renderer/features/setup/people/next-number.ts'

test.each([
  [['1001', '1002'], '1003'],
  [['009', '010'], '011'],
  [['A1', 'B2'], ''],
  [[], '1001'],
])('after the numbers %j comes "%s"', (numbers, next) => {
  expect(nextNumber(numbers.map((number) => ({ number })))).toBe(next)
})
