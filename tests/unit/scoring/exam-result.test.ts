import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RatingValue } from '#shared/domain/encounter.ts'
import { cohortProfile } from '#shared/scoring/candidate-result.ts'
import { cohortResult } from '#shared/scoring/cohort-result.ts'
import { allRated, resultOf, type Recorded } from '#tests/support/recorded-exam.ts'
import { NONE, all, exam, sp, submitted } from './recorded-table.ts'

describe('what counts in results', () => {
  it('is only what was submitted: marks of an open encounter have no score yet', () => {
    const data = exam([all(4), { status: 'open', ratings: allRated(1) }])
    expect(resultOf(data).results.map(({ score }) => score)).toEqual([
      { value: 80, n: 12, reason: null },
      { value: null, n: 12, reason: 'not-submitted' },
    ])
    expect(resultOf(data)).toMatchObject({ outcome: 'incomplete', score: { value: 80, n: 1 } })
  })

  it('withholds the score of an absent candidate, with that reason', () => {
    const [result] = resultOf(exam([{ status: 'absent', absenceReason: 'Unwell' }])).results
    expect(result?.score).toEqual({ value: null, n: 0, reason: 'absent' })
    expect(result?.passed).toBeNull()
  })

  it('takes a mark that is missing for no mark: it lowers nothing and raises nothing', () => {
    const gap = [undefined, ...allRated(4).slice(1)]
    const data = exam([submitted(gap, { missing: [{ item: 0, reason: 'View blocked' }] })])
    expect(resultOf(data).results[0]?.score).toEqual({ value: 80, n: 11, reason: null })
  })

  it("keeps the patient's form apart: no answer of it changes the mark or the outcome", () => {
    const answers = fc.array(fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }), { maxLength: 7 })
    const { score, outcome, results } = resultOf(exam([all(3)]))
    fc.assert(
      fc.property(answers, (given) => {
        const other = resultOf(exam([all(3, { sp: given })]))
        expect([other.score, other.outcome]).toEqual([score, outcome])
        expect(other.results[0]?.domains).toEqual(results[0]?.domains)
      }),
      { numRuns: 30 },
    )
  })

  it("counts the patient's form once it was submitted with four answers", () => {
    const found = resultOf(exam([all(3, { sp: sp(4) }), all(3, { sp: [5, 5, 5] }), all(3)]))
    expect(found.results.map((result) => result.sp)).toEqual([
      { value: 80, n: 7, reason: null },
      { value: null, n: 3, reason: 'too-few-answers' },
      { value: null, n: 0, reason: 'not-submitted' },
    ])
    expect(found.sp).toEqual({ value: 80, n: 1, reason: null })
  })
})

describe('a domain over the stations', () => {
  it('is the mean of the stations in which it was rated', () => {
    // The first domain's three behaviours: 5, 5, 5 at one station; 2, 2, 2 at the next; no opportunity at the third.
    const first = (value: RatingValue) => [value, value, value, ...allRated(3).slice(3)]
    const { domains } = resultOf(exam([submitted(first(5)), submitted(first(2)), submitted(first(NONE))]))
    // (100 + 40) / 2
    expect(domains[0]?.score).toEqual({ value: 70, n: 2, reason: null })
    expect(domains[1]?.score).toEqual({ value: 60, n: 3, reason: null })
  })

  it('counts exactly: a mean of 60 made of thirds is 60', () => {
    // The first domain's three behaviours: (2 + 3 + 3) / 3, the same again, (3 + 4 + 4) / 3; of five: 60 in the mean.
    const first = (...values: RatingValue[]) => submitted([...values, ...allRated(3).slice(3)])
    const data = exam([first(2, 3, 3), first(2, 3, 3), first(3, 4, 4)])
    expect(resultOf(data).domains[0]?.score).toEqual({ value: 60, n: 3, reason: null })
    expect(cohortResult(data).domains[0]?.distribution.bins).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0, 0])
  })

  it('is withheld where it never was', () => {
    const { domains } = resultOf(exam([submitted([NONE, NONE, NONE, ...allRated(3).slice(3)])]))
    expect(domains[0]?.score).toEqual({ value: null, n: 0, reason: 'too-few-rated' })
  })
})

describe("the cohort's middle half", () => {
  const year = (...rows: Recorded[]) => exam(...rows.map((row) => [row]))
  const rows = (n: number) => Array.from({ length: n }, (_, index) => all((index % 5) + 1))

  it('is kept from candidates below ten peers', () => {
    for (const { q1, median, q3, n } of cohortProfile(year(...rows(9))).values()) {
      expect([n, q1, median, q3]).toEqual([9, null, null, null])
    }
    // 20, 20, 40, 40, 60, 60, 80, 80, 100, 100
    for (const quartiles of cohortProfile(year(...rows(10))).values()) {
      expect(quartiles).toEqual({ n: 10, q1: 40, median: 60, q3: 80 })
    }
  })

  it('counts those who have a score, not those who are enrolled', () => {
    const absent: Recorded = { status: 'absent', absenceReason: 'Unwell' }
    for (const { n, median } of cohortProfile(year(...rows(9), absent, absent)).values()) {
      expect([n, median]).toEqual([9, null])
    }
  })
})

describe('completeness', () => {
  const data = exam(
    [all(4, { sp: sp(4) }), submitted([...allRated(3).slice(1), NONE])],
    [submitted(allRated(5).slice(2), { missing: [{ item: 10, reason: 'View blocked' }] }), { status: 'scheduled' }],
    [
      { status: 'absent', absenceReason: 'Unwell' },
      { status: 'open', ratings: [4, 4], sp: sp(3) },
    ],
  )
  const { completeness, cells } = cohortResult(data)

  it('counts encounters by where they stand', () => {
    expect(completeness).toMatchObject({ planned: 6, submitted: 3, open: 1, scheduled: 1, absent: 1, spForms: 2 })
  })

  it('counts what a submitted encounter is without, declared or not, but not "no opportunity" and not what is to come', () => {
    // Twelve behaviours and the global rating each: 0, 0, 2 (one of them declared), 13, none asked, 10 and the global.
    expect(cells.map(({ openItems }) => openItems)).toEqual([0, 0, 2, 13, 0, 11])
    expect(completeness).toMatchObject({ itemsMissing: 2, itemsPlanned: 3 * 13 })
  })

  it('counts a scored station at which a late candidate has no place', () => {
    const late = cohortResult(exam([all(4), all(4)], [undefined, undefined], [all(3), undefined]))
    expect(late.completeness).toMatchObject({ planned: 3, unplanned: 3, submitted: 3 })
    expect(late.candidates.map(({ outcome, score }) => [outcome, score.reason])).toEqual([
      ['pass', null],
      ['incomplete', 'not-in-rotation'],
      ['incomplete', null],
    ])
  })

  it('counts the global rating as a mark of its own', () => {
    const { globalRating, ...without } = all(4)
    expect(globalRating).toBe('pass')
    expect(cohortResult(exam([without])).completeness).toMatchObject({ itemsMissing: 1, itemsPlanned: 13 })
  })
})

describe('examiner and patient side by side', () => {
  it('compares their means over the encounters that have both, and no others', () => {
    const [station] = cohortResult(exam([all(4, { sp: sp(3) })], [all(2, { sp: sp(3) })], [all(5)])).perStation
    // 80 and 40 against 60 and 60; the 100 without a form counts for the station, not for the pairs.
    expect(station).toMatchObject({ pairs: 2, pairedMeans: { examiner: 60, sp: 60 } })
    expect(station?.score.mean).toBeCloseTo(220 / 3, 10)
    expect(cohortResult(exam([all(4)])).perStation[0]).toMatchObject({ pairs: 0, pairedMeans: null })
  })
})
