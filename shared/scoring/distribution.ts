import { max, mean, min, quantileSorted, sampleCorrelation, sampleStandardDeviation } from 'simple-statistics'
import type { Distribution, Quartiles } from '../domain/results.ts'

const BINS = 10
const MIN_FOR_QUARTILES = 4
const MIN_FOR_CORRELATION = 3

/** Quartiles of scores; withheld below `atLeast` (four), where a "middle half" would mean nothing. */
export function quartiles(values: readonly number[], atLeast = MIN_FOR_QUARTILES): Quartiles {
  if (values.length < atLeast) return { n: values.length, q1: null, median: null, q3: null }
  const sorted = values.toSorted((a, b) => a - b)
  return {
    n: values.length,
    q1: quantileSorted(sorted, 0.25),
    median: quantileSorted(sorted, 0.5),
    q3: quantileSorted(sorted, 0.75),
  }
}

/** Describes scores from 0 to 100. `sd` is the sample's (n − 1) and null below two values. */
export function distribution(values: readonly number[]): Distribution {
  const list = [...values]
  const some = list.length > 0
  const bins = Array.from({ length: BINS }, () => 0)
  for (const value of list) {
    const bin = Math.min(BINS - 1, Math.floor(value / BINS))
    bins[bin] = (bins[bin] ?? 0) + 1
  }
  return {
    n: list.length,
    mean: some ? mean(list) : null,
    sd: list.length > 1 ? sampleStandardDeviation(list) : null,
    min: some ? min(list) : null,
    max: some ? max(list) : null,
    quartiles: quartiles(list),
    bins,
  }
}

export type Pair = { a: number; b: number }

/** Pearson's r; null below three pairs or where one side does not vary. */
export function correlation(pairs: readonly Pair[]): number | null {
  if (pairs.length < MIN_FOR_CORRELATION) return null
  const a = pairs.map((pair) => pair.a)
  const b = pairs.map((pair) => pair.b)
  if (min(a) === max(a) || min(b) === max(b)) return null
  return sampleCorrelation(a, b)
}

/** Mean of a − b; null below three pairs. */
export function meanDifference(pairs: readonly Pair[]): number | null {
  return pairs.length < MIN_FOR_CORRELATION ? null : mean(pairs.map(({ a, b }) => a - b))
}

/** The mean of each side over the same pairs; null without any. */
export const pairedMeans = (pairs: readonly Pair[]): { examiner: number; sp: number } | null =>
  pairs.length === 0 ? null : { examiner: mean(pairs.map(({ a }) => a)), sp: mean(pairs.map(({ b }) => b)) }

export const meanOf = (values: readonly number[]): number | null => (values.length === 0 ? null : mean([...values]))
