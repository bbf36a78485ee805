import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPlainData, isWholeData, wholeData } from '#electron/base/plain-data.ts'

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))

describe('data that comes in', () => {
  it('is as deep as an input, and no deeper', () => {
    expect(isPlainData(nested(20))).toBe(true)
    for (const depth of [30, 2000]) expect(isPlainData(nested(depth))).toBe(false)
  })

  it('holds whole characters alone where it is signed', () => {
    expect(isWholeData({ note: ['good \ud83d\ude00', null, 1] })).toBe(true)
    expect(isWholeData({ note: ['good \ud83d'] })).toBe(false)
    expect(isWholeData({ '\ude00': 1 })).toBe(false)
  })

  it('stays as it is where somebody typed it, except for halves of characters', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        expect(wholeData(value)).toEqual(value)
      }),
    )
    expect(wholeData({ note: [{ text: 'good \ud83d' }], at: null, cue: undefined })).toEqual({
      note: [{ text: 'good \ufffd' }],
      at: null,
      cue: undefined,
    })
  })
})
