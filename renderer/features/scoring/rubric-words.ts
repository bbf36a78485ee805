import type { RatingValue } from '#shared/domain/encounter.ts'
import type { ItemId } from '#shared/domain/ids.ts'
import type { Rubric, RubricDomain } from '#shared/domain/rubric.ts'

/** The domain a behaviour belongs to. */
export const domainOf = (rubric: Rubric, itemId: ItemId): RubricDomain | undefined =>
  rubric.domains.find(({ items }) => items.some(({ id }) => id === itemId))

/** What a point is called: "4, Responsive", or the words for "no opportunity arose". */
export const pointName = (rubric: Rubric, value: RatingValue): string =>
  value === 'no-opportunity' ? rubric.noOpportunity.label : `${value}, ${rubric.points[value - 1] ?? ''}`

/** The values that a behaviour can be given, in the order they stand on the screen. */
export const valuesOf = (rubric: Rubric): RatingValue[] => [...rubric.points.map((_, i) => i + 1), 'no-opportunity']
