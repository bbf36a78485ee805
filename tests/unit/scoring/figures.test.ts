import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markAsDeclared, scoreBeside } from '#shared/scoring/figures.ts'
import { settled } from '#shared/scoring/means.ts'

describe('a score beside its pass mark', () => {
  it('has one decimal where that tells on which side it lies', () => {
    expect(scoreBeside('en', 60, 60)).toBe('60.0')
    expect(scoreBeside('en', 61.25, 60)).toBe('61.3')
    expect(scoreBeside('de', 59.94, 60)).toBe('59,9')
  })

  it('has as many as it takes where rounding would carry it across', () => {
    expect(scoreBeside('en', 59.96, 60)).toBe('59.96')
    expect(scoreBeside('de', 59.996, 60)).toBe('59,996')
    expect(scoreBeside('en', 59.999999999, 60)).toBe('59.999999999')
    expect(scoreBeside('en', 62.25, 62.3)).toBe('62.25')
  })

  it('never reads as on the other side', () => {
    const score = fc.double({ min: 0, max: 100, noNaN: true }).map(settled)
    const mark = fc.oneof(
      fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10),
      score,
    )
    fc.assert(
      fc.property(score, mark, (value, passMark) => {
        expect(Number(scoreBeside('en', value, passMark)) < passMark).toBe(value < passMark)
      }),
    )
  })

  it('stands beside the mark that was declared, to its last decimal', () => {
    expect(markAsDeclared('en', 62.25)).toBe('62.25')
    expect(markAsDeclared('de', 62.25)).toBe('62,25')
    expect(markAsDeclared('en', 60)).toBe('60')
    expect(markAsDeclared('en', 59.9999)).toBe('59.9999')
    expect(markAsDeclared('en', 53.408_163_265)).toBe('53.41')
  })
})
