import { max, mean, min, quantileSorted, sampleStandardDeviation } from 'simple-statistics'
import { given, withheld, type Statistic } from './statistic.ts'
import type { Method, Warning } from './terms.ts'

/** Whether the values differ by more than the error of binary fractions (10⁻¹² of the largest). */
export function vary(values: readonly number[]): boolean {
  if (values.length < 2) return false
  const list = [...values]
  const low = min(list)
  const high = max(list)
  return high - low > 1e-12 * Math.max(Math.abs(low), Math.abs(high))
}

/** One figure of a list that is undefined for nothing at all. */
const ofSome = (
  method: Method,
  values: readonly number[],
  figure: (list: number[]) => number,
  warnings: readonly Warning[],
): Statistic =>
  values.length === 0
    ? withheld(method, 0, 'no-data', warnings)
    : given(method, values.length, figure([...values]), { warnings })

/** The arithmetic mean Σx/n, in the unit of the values. Undefined without values. */
export const meanOf = (values: readonly number[], warnings: readonly Warning[] = []): Statistic =>
  ofSome('mean', values, mean, warnings)

/** The middle value, or the mean of the two in the middle. Undefined without values. */
export const medianOf = (values: readonly number[], warnings: readonly Warning[] = []): Statistic =>
  ofSome('median', values, (list) => quantileSorted(ascending(list), 0.5), warnings)

/**
 * The standard deviation of a sample, √(Σ(x − x̄)²/(n − 1)), in the unit of the values. Undefined below two values; 0 where
 * all are the same.
 */
export function standardDeviationOf(values: readonly number[], warnings: readonly Warning[] = []): Statistic {
  const n = values.length
  if (n < 2) return withheld('standard-deviation', n, n === 0 ? 'no-data' : 'too-few', warnings)
  return given('standard-deviation', n, vary(values) ? sampleStandardDeviation([...values]) : 0, { warnings })
}

export type Description = Record<'mean' | 'sd' | 'median' | 'q1' | 'q3' | 'min' | 'max', Statistic> & { n: number }

/**
 * What scores look like, all in their unit. Quartiles are of type 7 of Hyndman and Fan (1996): linear between the ranks
 * 1 + (n − 1)p, as R and spreadsheets have it; other types differ in small samples.
 */
export function describeScores(values: readonly number[], warnings: readonly Warning[] = []): Description {
  const sorted = ascending(values)
  const quartile = (p: number) => ofSome('quantile-7', sorted, (list) => quantileSorted(list, p), warnings)
  return {
    n: values.length,
    mean: meanOf(values, warnings),
    sd: standardDeviationOf(values, warnings),
    median: medianOf(sorted, warnings),
    q1: quartile(0.25),
    q3: quartile(0.75),
    min: ofSome('minimum', values, min, warnings),
    max: ofSome('maximum', values, max, warnings),
  }
}

/** By way of a typed array, which sorts numbers several times as fast. */
const ascending = (values: readonly number[]): number[] => Array.from(Float64Array.from(values).sort())
