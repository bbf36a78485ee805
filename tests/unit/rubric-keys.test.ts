import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freeLetter, isKeptKey } from '#shared/domain/rubric-keys.ts'
import { empathyRubric } from '#tests/support/small-exam.ts'

const rubric = empathyRubric()
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')

test('a deed has its own letter where no moment has it', () => {
  const [moment] = rubric.moments.map((entry) => ({ ...entry, key: 'N' as const }))
  expect(freeLetter({ moments: moment ? [moment] : [] }, 'S')).toBe('S')
  expect(freeLetter({ moments: moment ? [{ ...moment, key: 'S' }] : [] }, 'S')).not.toBe('S')
})

test('whatever eight letters the moments have, two deeds find one each, and none that scoring keeps', () => {
  const [moment] = rubric.moments
  if (moment === undefined) throw new Error('the rubric has no moment')
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...letters), { maxLength: 8 }), (keys) => {
      const busy = { moments: keys.map((key) => ({ ...moment, key })) }
      const sheet = freeLetter(busy, 'S')
      const note = freeLetter(busy, 'W', [sheet])
      for (const letter of [sheet, note]) expect(letter !== '' && !isKeptKey(letter)).toBe(true)
      expect(new Set([...keys, sheet, note]).size).toBe(keys.length + 2)
    }),
  )
})
