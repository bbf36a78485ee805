import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RatingValue } from '#shared/domain/encounter.ts'
import { candidateResultSchema, cohortResultSchema } from '#shared/domain/results.ts'
import type { SpAnswerValue } from '#shared/domain/sp-form.ts'
import { cohortResult } from '#shared/scoring/cohort-result.ts'
import { resultOf, type Recorded } from '#tests/support/recorded-exam.ts'
import { NONE, exam } from './recorded-table.ts'

const rating = fc.option(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant<RatingValue>(NONE)), { nil: undefined })
const answer = fc.option(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant<SpAnswerValue>('not-applicable')), {
  nil: undefined,
})
const anyEncounter = fc.record(
  {
    status: fc.constantFrom<Recorded['status']>('scheduled', 'open', 'submitted', 'submitted', 'submitted', 'absent'),
    ratings: fc.array(rating, { maxLength: 12 }),
    globalRating: fc.constantFrom('borderline', 'good'),
    sp: fc.array(answer, { maxLength: 7 }),
  },
  { requiredKeys: ['status', 'ratings'] },
)
const anyExam = fc
  .record({ candidates: fc.integer({ min: 1, max: 12 }), stations: fc.integer({ min: 1, max: 3 }) })
  .chain(({ candidates, stations }) => {
    const row = fc.array(anyEncounter, { minLength: stations, maxLength: stations })
    return fc.array(row, { minLength: candidates, maxLength: candidates })
  })
  .map((table) => exam(...table))

describe('any exam', () => {
  it('has results that the contract takes: scores within their range, or withheld with a reason', () => {
    fc.assert(
      fc.property(anyExam, (data) => {
        const cohort = cohortResult(data)
        expect(cohortResultSchema.parse(cohort)).toEqual(cohort)
        const candidate = resultOf(data)
        expect(candidateResultSchema.parse(candidate)).toEqual(candidate)
        for (const { score } of [...cohort.candidates, ...cohort.cells]) {
          expect(score.value === null).toBe(score.reason !== null)
          expect(score.value).not.toBe(0)
        }
        const { pass, fail, incomplete, review } = cohort.outcomes
        expect(pass + fail + incomplete + review).toBe(data.candidates.length)
      }),
      { numRuns: 40 },
    )
  })

  it('has the same results in whatever order its encounters were recorded', () => {
    const shuffled = anyExam.chain((data) =>
      fc.record({
        data: fc.constant(data),
        encounters: fc.shuffledSubarray(data.encounters, { minLength: data.encounters.length }),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({ data, encounters }) => {
        const one = cohortResult(data)
        const other = cohortResult({ ...data, encounters })
        expect(other.candidates).toEqual(one.candidates)
        expect(other.completeness).toEqual(one.completeness)
        expect(other.outcomes).toEqual(one.outcomes)
        expect(other.scores).toEqual(one.scores)
        expect(other.attention).toEqual(one.attention)
      }),
      { numRuns: 40 },
    )
  })

  it('tells each candidate the same as it tells the director', () => {
    fc.assert(
      fc.property(anyExam, (data) => {
        cohortResult(data).candidates.forEach(({ candidate, outcome, score, stationsPassed, sp: patients }, index) => {
          expect(resultOf(data, index)).toMatchObject({ candidate, outcome, score, stationsPassed, sp: patients })
        })
      }),
      { numRuns: 15 },
    )
  })
})
