import { vary } from '../descriptive.ts'
import { difference } from '../rounding.ts'
import { smallSample } from '../small-sample.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Method, Reason, Warning } from '../terms.ts'
import { midRanks } from './mid-ranks.ts'

/**
 * Krippendorff's α (2011): agreement of any number of raters, some of whose values may be missing.
 *
 *   α = 1 − Do / De
 *
 * Do is the mean squared difference of values paired within a unit, every value weighing the same (a unit with m values
 * gives each of its pairs 1 / (m − 1)); De the mean over all pairs of values whatever their unit. The difference of c and k
 * is 0 or 1 (nominal), of their mid-ranks among the pairable values (ordinal: the same as Krippendorff's count of what
 * lies between), c − k (interval), or (c − k) / (c + k) (ratio). This equals the coincidence matrix without building it.
 * No unit. Units with fewer than two values pair nothing and are left out. `n` counts pairable values. No interval: it would
 * take a bootstrap. Undefined where all pairable values are the same (De = 0), with one unit (Do = De, whatever its values
 * are), and on a ratio scale for values below 0.
 */
export const measurementLevels = ['nominal', 'ordinal', 'interval', 'ratio'] as const
export type MeasurementLevel = (typeof measurementLevels)[number]

export type KrippendorffAlpha = Statistic & {
  /** Disagreement within units and by chance, in the squared unit of the level; null where α is withheld. */
  observed: number | null
  expected: number | null
  unitsUsed: number
  unitsLeftOut: number
}

const methodOf: Record<MeasurementLevel, Method> = {
  nominal: 'krippendorff-nominal',
  ordinal: 'krippendorff-ordinal',
  interval: 'krippendorff-interval',
  ratio: 'krippendorff-ratio',
}

/** Sum of the squared differences over all ordered pairs of some values. */
type SumOfPairs = (values: readonly number[]) => number

/** α of a table of ratings: a row for each unit, a column for each rater, null for a missing value. */
export function krippendorffAlpha(
  ratings: readonly (readonly (number | null)[])[],
  level: MeasurementLevel,
): KrippendorffAlpha {
  const units = ratings.map((unit) => unit.filter((value) => value !== null)).filter((unit) => unit.length >= 2)
  const values = units.flat()
  const counts = { unitsUsed: units.length, unitsLeftOut: ratings.length - units.length }
  const warnings: Warning[] = counts.unitsLeftOut > 0 ? ['unpaired-left-out'] : []
  const none = (reason: Reason): KrippendorffAlpha => ({
    ...withheld(methodOf[level], values.length, reason, warnings),
    observed: null,
    expected: null,
    ...counts,
  })
  if (values.length === 0)
    return none(ratings.some((unit) => unit.some((value) => value !== null)) ? 'too-few' : 'no-data')
  if (!vary(values)) return none('no-variance')
  if (units.length === 1) return none('one-unit')
  if (level === 'ratio' && values.some((value) => value < 0)) return none('below-zero')

  const sumOfPairs = sums[level]
  const [all, within] = level === 'ordinal' ? ranked(values, units) : [values, units]
  const n = values.length
  const observed = within.reduce((sum, unit) => sum + sumOfPairs(unit) / (unit.length - 1), 0) / n
  const expected = sumOfPairs(all) / (n * (n - 1))
  const alpha = difference(1, observed / expected)
  return {
    ...given(methodOf[level], n, alpha, {
      warnings: [
        ...warnings,
        ...(observed === 0 ? (['no-disagreement'] as const) : []),
        ...(alpha < 0 ? (['negative-estimate'] as const) : []),
        ...smallSample(units.length),
      ],
    }),
    observed,
    expected,
    ...counts,
  }
}

/** The same values as mid-ranks among all of them. */
function ranked(values: readonly number[], units: readonly (readonly number[])[]): [number[], number[][]] {
  const ranks = midRanks(values)
  let next = 0
  return [ranks, units.map((unit) => ranks.slice(next, (next += unit.length)))]
}

function countsOf(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

const unequalPairs: SumOfPairs = (values) => {
  let pairs = values.length ** 2
  for (const count of countsOf(values).values()) pairs -= count ** 2
  return pairs
}

const squaredDifferences: SumOfPairs = (values) => {
  const first = values[0] ?? 0
  const mean = first + values.reduce((sum, value) => sum + (value - first), 0) / values.length
  return 2 * values.length * values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
}

/** Over the distinct values, of which a scale has few; two zeros do not differ. */
const relativeDifferences: SumOfPairs = (values) => {
  const counts = [...countsOf(values)]
  let sum = 0
  counts.forEach(([a, countA], i) => {
    for (let j = 0; j < i; j++) {
      const [b, countB] = counts[j] ?? [a, 0]
      sum += 2 * countA * countB * ((a - b) / (a + b)) ** 2
    }
  })
  return sum
}

const sums: Record<MeasurementLevel, SumOfPairs> = {
  nominal: unequalPairs,
  ordinal: squaredDifferences,
  interval: squaredDifferences,
  ratio: relativeDifferences,
}
