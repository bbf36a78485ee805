import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RatingValue } from '#shared/domain/encounter.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { scoreSchema } from '#shared/domain/scores.ts'
import { spStatements, type SpAnswerValue } from '#shared/domain/sp-form.ts'
import { domainScore, domainScores, encounterScore, spScore } from '#shared/scoring/encounter-score.ts'
import { ratingsOf, weighedRubric, type Weights } from './weighed-rubric.ts'

const NONE = 'no-opportunity'

/** Domains of weight 1 and 3; in the first, behaviours of weight 1 and 3; in the second, two of weight 1. */
const rubric = weighedRubric([
  { domain: 1, items: [1, 3] },
  { domain: 3, items: [1, 1] },
])
const score = (...values: (RatingValue | undefined)[]) => encounterScore(rubric, ratingsOf(rubric, values))
const inDomains = (...values: (RatingValue | undefined)[]) =>
  domainScores(rubric, ratingsOf(rubric, values)).map(({ score: { value } }) => value)

describe('the score of a domain', () => {
  it('is the weighted mean of its behaviours as a share of the highest point', () => {
    // (1 × 2 + 3 × 4) / 4 = 3.5 of 5; (5 + 2) / 2 = 3.5 of 5
    expect(inDomains(2, 4, 5, 2)).toEqual([70, 70])
    // (1 × 4 + 3 × 2) / 4 = 2.5 of 5
    expect(inDomains(4, 2, 5, 2)).toEqual([50, 70])
  })

  it('leaves "no opportunity" out: it counts neither for nor against', () => {
    expect(inDomains(2, NONE, 5, NONE)).toEqual([40, 100])
    expect(inDomains(2, NONE, 5, NONE)).toEqual(inDomains(2, undefined, 5, undefined))
  })

  it('is withheld where nothing was rated, and never 0', () => {
    const [first] = domainScores(rubric, ratingsOf(rubric, [NONE, undefined, 3, 3]))
    expect(first?.score).toEqual({ value: null, n: 0, reason: 'too-few-rated' })
  })

  it('says how many behaviours it was made of', () => {
    expect(domainScores(rubric, ratingsOf(rubric, [2, NONE, 5, 5])).map(({ score: { n } }) => n)).toEqual([1, 2])
  })

  it('is a share of whatever scale the rubric has', () => {
    const [domain] = rubric.domains
    if (!domain) throw new Error('no domain')
    // (1 × 7 + 3 × 7) / 4 = 7 of 7; (1 × 1 + 3 × 5) / 4 = 4, of 8
    expect(domainScore(domain, 7, ratingsOf(rubric, [7, 7])).value).toBe(100)
    expect(domainScore(domain, 8, ratingsOf(rubric, [1, 5])).value).toBe(50)
  })
})

describe('the score of an encounter', () => {
  it('is the weighted mean of its domains, however many behaviours each has', () => {
    // (1 × 100 + 3 × 20) / 4
    expect(score(5, 5, 1, 1)).toEqual({ value: 40, n: 4, reason: null })
    // (1 × 20 + 3 × 100) / 4
    expect(score(1, 1, 5, 5)).toEqual({ value: 80, n: 4, reason: null })
  })

  it('leaves a domain without a rating out, with its weight', () => {
    expect(score(NONE, NONE, 4, 2)).toEqual({ value: 60, n: 2, reason: null })
    expect(score(3, 4, undefined, NONE)).toEqual({ value: 75, n: 2, reason: null })
  })

  it('is withheld below half of the behaviours, and counts only points for that', () => {
    expect(score(5, undefined, NONE, undefined)).toEqual({ value: null, n: 1, reason: 'too-few-rated' })
    expect(score(5, undefined, 5, undefined).value).toBe(100)
    expect(score()).toEqual({ value: null, n: 0, reason: 'too-few-rated' })
    expect(score(NONE, NONE, NONE, NONE)).toEqual({ value: null, n: 0, reason: 'too-few-rated' })
  })
})

const weight = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.double({ min: 0.01, max: 100, noNaN: true }))
const weights: fc.Arbitrary<Weights> = fc.array(
  fc.record({ domain: weight, items: fc.array(weight, { minLength: 1, maxLength: 3 }) }),
  { minLength: 1, maxLength: 4 },
)
const point = fc.integer({ min: 1, max: 5 })
const mark = fc.option(fc.oneof(point, fc.constant<RatingValue>(NONE)), { nil: undefined })
const marks = fc.array(mark, { minLength: 12, maxLength: 12 })
const anyEncounter = fc.record({ rubric: weights.map(weighedRubric), marks })

describe('any encounter', () => {
  it('has a score from 20 to 100 with its count, or none with a reason: never 0, never NaN', () => {
    fc.assert(
      fc.property(anyEncounter, ({ rubric: own, marks: values }) => {
        const found = encounterScore(own, ratingsOf(own, values))
        expect(scoreSchema.parse(found)).toEqual(found)
        expect(found.reason === null).toBe(found.value !== null)
        if (found.value !== null) expect(found.value).toBeGreaterThanOrEqual(20)
        expect(found.n).toBe(ratingsOf(own, values).filter(({ value }) => typeof value === 'number').length)
      }),
    )
  })

  it('of the same point everywhere has exactly the score of that point, whatever the weights', () => {
    fc.assert(
      fc.property(weights, point, (shares, value) => {
        const own = weighedRubric(shares)
        const all = ratingsOf(
          own,
          Array.from({ length: 12 }, () => value),
        )
        expect(encounterScore(own, all).value).toBe(value * 20)
        for (const { score: found } of domainScores(own, all)) expect(found.value).toBe(value * 20)
      }),
    )
  })

  it('has the same score in whatever order it was rated', () => {
    const shuffled = anyEncounter.chain(({ rubric: own, marks: values }) => {
      const ratings = ratingsOf(own, values)
      return fc.record({
        own: fc.constant(own),
        ratings: fc.constant(ratings),
        order: fc.shuffledSubarray(ratings, { minLength: ratings.length }),
      })
    })
    fc.assert(
      fc.property(shuffled, ({ own, ratings, order }) => {
        expect(encounterScore(own, order)).toEqual(encounterScore(own, ratings))
        expect(domainScores(own, order)).toEqual(domainScores(own, ratings))
      }),
    )
  })

  it('never loses by a better rating, and gains by it unless the score is withheld', () => {
    fc.assert(
      fc.property(anyEncounter, fc.nat(11), point, ({ rubric: own, marks: values }, at, better) => {
        const before = values[at]
        fc.pre(at < rubricItems(own).length && typeof before === 'number' && before < better)
        const low = encounterScore(own, ratingsOf(own, values)).value
        const high = encounterScore(own, ratingsOf(own, values.with(at, better))).value
        if (low === null || high === null) expect(high).toBe(low)
        else expect(high).toBeGreaterThan(low)
      }),
    )
  })

  it('never loses by a first rating with the highest point', () => {
    fc.assert(
      fc.property(anyEncounter, fc.nat(11), ({ rubric: own, marks: values }, at) => {
        fc.pre(at < rubricItems(own).length && typeof values[at] !== 'number')
        const before = encounterScore(own, ratingsOf(own, values)).value
        const after = encounterScore(own, ratingsOf(own, values.with(at, 5))).value
        if (before !== null) expect(after).toBeGreaterThanOrEqual(before)
      }),
    )
  })

  it('scores the same with "no opportunity" as without a mark', () => {
    fc.assert(
      fc.property(anyEncounter, ({ rubric: own, marks: values }) => {
        const unmarked = values.map((value) => (value === NONE ? undefined : value))
        expect(encounterScore(own, ratingsOf(own, values))).toEqual(encounterScore(own, ratingsOf(own, unmarked)))
      }),
    )
  })

  it('weighs only in proportion: twice every weight is the same score', () => {
    fc.assert(
      fc.property(weights, marks, (shares, values) => {
        const twice = shares.map(({ domain, items }) => ({ domain: domain * 2, items: items.map((item) => item * 2) }))
        const [once, doubled] = [weighedRubric(shares), weighedRubric(twice)]
        expect(encounterScore(doubled, ratingsOf(doubled, values))).toEqual(
          encounterScore(once, ratingsOf(once, values)),
        )
      }),
    )
  })
})

const answered = (...values: (SpAnswerValue | undefined)[]) =>
  spScore(
    spStatements.flatMap((statement, index) => {
      const value = values[index]
      return value === undefined ? [] : [{ statement, value }]
    }),
  )

describe("the score of an SP's form", () => {
  it('is the mean of its answers × 20', () => {
    // (5 + 4 + 4 + 3 + 5 + 4 + 3) / 7 = 4
    expect(answered(5, 4, 4, 3, 5, 4, 3)).toEqual({ value: 80, n: 7, reason: null })
    expect(answered(1, 1, 1, 1, 1, 1, 1).value).toBe(20)
    expect(answered(5, 5, 5, 5, 5, 5, 5).value).toBe(100)
  })

  it('takes four answers and is withheld below; "not applicable" is no answer', () => {
    expect(answered(5, 5, 5, 5)).toEqual({ value: 100, n: 4, reason: null })
    expect(answered(5, 5, 5)).toEqual({ value: null, n: 3, reason: 'too-few-answers' })
    const apart = 'not-applicable'
    expect(answered(3, 3, 3, apart, apart, apart, apart)).toEqual({ value: null, n: 3, reason: 'too-few-answers' })
    // (5 + 5 + 2 + 2) / 4 = 3.5
    expect(answered(5, apart, 5, apart, 2, apart, 2)).toEqual({ value: 70, n: 4, reason: null })
  })

  it('is within 20 to 100, or withheld with the number of answers', () => {
    const answer = fc.option(fc.oneof(point, fc.constant<SpAnswerValue>('not-applicable')), { nil: undefined })
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 7 }), (values) => {
        const given = values.filter((value) => typeof value === 'number').length
        const found = answered(...values)
        expect(found.n).toBe(given)
        expect(found.value !== null).toBe(given >= 4)
        if (found.value !== null) expect(scoreSchema.parse(found).value).toBeGreaterThanOrEqual(20)
      }),
    )
  })
})
