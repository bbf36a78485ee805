import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { headCode } from '#shared/domain/head-code.ts'

const hashes = Array.from({ length: 2000 }, (_, n) => createHash('sha256').update(String(n)).digest('hex'))

it('a head code is eight letters, the same for the same hash and another for another', () => {
  for (const hash of hashes) expect(headCode(hash)).toMatch(/^[A-HJ-NP-Z]{4}-[A-HJ-NP-Z]{4}$/)
  expect(headCode(hashes[0] ?? '')).toBe(headCode(hashes[0] ?? ''))
  expect(new Set(hashes.map(headCode)).size).toBe(hashes.length)
})

it('every letter comes up about as often as every other', () => {
  const counts = Map.groupBy(hashes.map(headCode).join('').replaceAll('-', ''), (letter) => letter)
  expect(counts.size).toBe(24)
  for (const letters of counts.values()) expect(letters.length).toBeGreaterThan(500)
})
