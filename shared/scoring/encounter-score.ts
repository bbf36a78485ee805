import type { Rating } from '../domain/encounter.ts'
import { rubricItems, type Rubric, type RubricDomain } from '../domain/rubric.ts'
import type { DomainScore, Score } from '../domain/scores.ts'
import { SP_MIN_ANSWERS, type SpAnswer } from '../domain/sp-form.ts'
import { settled, weightedMean } from './means.ts'

/**
 * Score of one domain, 0 to 100: the weighted mean of its rated behaviours over the top of the scale, × 100 (so a
 * mean of 3 on five points is 60). "No opportunity" and unrated behaviours carry no weight; withheld where none is
 * rated. `n` counts rated behaviours.
 */
export function domainScore(domain: RubricDomain, points: number, ratings: readonly Rating[]): Score {
  const { mean, n } = domainMean(domain, points, ratings)
  return mean === null ? { value: null, n: 0, reason: 'too-few-rated' } : { value: settled(mean), n, reason: null }
}

function domainMean(domain: RubricDomain, points: number, ratings: readonly Rating[]) {
  const rated = domain.items.flatMap((item) => {
    const value = ratings.find((rating) => rating.itemId === item.id)?.value
    return typeof value === 'number' ? [{ value: (value / points) * 100, weight: item.weight }] : []
  })
  return { mean: weightedMean(rated), n: rated.length }
}

export const domainScores = (rubric: Rubric, ratings: readonly Rating[]): DomainScore[] =>
  rubric.domains.map((domain) => ({ domainId: domain.id, score: domainScore(domain, rubric.points.length, ratings) }))

/**
 * Score of one encounter, 0 to 100: the weighted mean of its domain scores. Withheld unless at least half of the
 * rubric's behaviours were rated. `n` counts rated behaviours.
 */
export function encounterScore(rubric: Rubric, ratings: readonly Rating[]): Score {
  const domains = rubric.domains.map((domain) => ({
    weight: domain.weight,
    ...domainMean(domain, rubric.points.length, ratings),
  }))
  const n = domains.reduce((sum, domain) => sum + domain.n, 0)
  if (n * 2 < rubricItems(rubric).length) return { value: null, n, reason: 'too-few-rated' }
  const value = weightedMean(domains.flatMap(({ weight, mean }) => (mean === null ? [] : [{ value: mean, weight }])))
  return value === null ? { value, n, reason: 'too-few-rated' } : { value: settled(value), n, reason: null }
}

/**
 * Score of an SP's form, 20 to 100: mean of the answers 1 to 5, × 20. Withheld below four answers; "not applicable"
 * is no answer. `n` counts answers.
 */
export function spScore(answers: readonly SpAnswer[]): Score {
  const given = answers.flatMap(({ value }) => (typeof value === 'number' ? [value] : []))
  if (given.length < SP_MIN_ANSWERS) return { value: null, n: given.length, reason: 'too-few-answers' }
  const mean = given.reduce((sum, value) => sum + value, 0) / given.length
  return { value: settled(mean * 20), n: given.length, reason: null }
}
