import { rubricItems, type Rubric } from '#shared/domain/rubric.ts'
import { ratingSchema, type Rating, type RatingValue } from '#shared/domain/encounter.ts'
import { empathyRubric } from '#tests/support/small-exam.ts'

const rubric = empathyRubric()

/** Weight of a domain, and the weights of its behaviours. */
export type Weights = readonly { domain: number; items: readonly number[] }[]

/** The empathy rubric cut down to so many domains and behaviours, with these weights. */
export function weighedRubric(weights: Weights): Rubric {
  return {
    ...rubric,
    domains: rubric.domains.slice(0, weights.length).map((domain, d) => ({
      ...domain,
      weight: weights[d]?.domain ?? 1,
      items: domain.items.slice(0, weights[d]?.items.length).map((item, i) => ({
        ...item,
        weight: weights[d]?.items[i] ?? 1,
      })),
    })),
  }
}

/** Ratings of a rubric's behaviours in its order; undefined: without a mark. */
export const ratingsOf = (own: Rubric, values: readonly (RatingValue | undefined)[]): Rating[] =>
  rubricItems(own).flatMap(({ id }, index) => {
    const value = values[index]
    return value === undefined ? [] : [ratingSchema.parse({ itemId: id, value, eventId: `event-${index}`, atMs: null })]
  })
