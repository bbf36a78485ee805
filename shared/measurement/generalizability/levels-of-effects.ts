import { combine } from '../data/levels.ts'
import { add, at } from '../data/vector.ts'
import type { Scores } from './design.ts'
import { PERSON, RATER, STATION } from './effects.ts'

/** The levels of an effect in the data: how many scores each has, what they add up to, and the level of each score. */
export type EffectLevels = { of: Int32Array; counts: Float64Array; totals: Float64Array }

/** The levels of the facets given as bits: each combination of their levels that has a score. No facet: one level. */
export function levelsOfFacets({ values, persons, stations, raters }: Scores, facets: number): EffectLevels {
  // Persons last: there are few stations and raters, so that the tables in between stay small.
  const parts = [
    ...(facets & STATION ? [stations] : []),
    ...(facets & RATER ? [raters] : []),
    ...(facets & PERSON ? [persons] : []),
  ]
  const [first = { of: new Int32Array(values.length), size: 1 }, ...others] = parts
  const { of, size } = others.reduce((levels, part) => combine(levels.of, levels.size, part.of, part.size), first)
  const levels = { of, counts: new Float64Array(size), totals: new Float64Array(size) }
  for (let i = 0; i < values.length; i++) {
    add(levels.counts, at(of, i), 1)
    add(levels.totals, at(of, i), at(values, i))
  }
  return levels
}

/** The T term of an effect: over its levels, the squared total over the count. */
export function tTerm({ counts, totals }: EffectLevels): number {
  let t = 0
  for (let level = 0; level < counts.length; level++) t += at(totals, level) ** 2 / at(counts, level)
  return t
}
