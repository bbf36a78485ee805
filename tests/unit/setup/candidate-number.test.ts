import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byCandidateNumber } from '#shared/domain/candidate-number.ts'

test('numbers stand by size, also behind a letter', () => {
  expect(['B2', 'A10', '10', 'A9', '9'].toSorted(byCandidateNumber)).toEqual(['9', '10', 'A9', 'A10', 'B2'])
})

test('two numbers that differ have one order, however they are written', () => {
  const number = fc.stringMatching(/^[0aA1-]{1,4}$/)
  fc.assert(
    fc.property(number, number, (a, b) => {
      expect(Math.sign(byCandidateNumber(a, b))).toBe(0 - Math.sign(byCandidateNumber(b, a)))
      expect(byCandidateNumber(a, b) === 0).toBe(a === b)
    }),
  )
})
