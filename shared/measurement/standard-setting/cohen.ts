import { quantileSorted } from 'simple-statistics'
import { given, withheld, type Statistic } from '../statistic.ts'

const FEW = 20

/**
 * Cohen's method: cut = share · P95, the 95th percentile of the scores, in their unit; `share` is between 0 and 1 (0.6 in
 * the source). The percentile is of type 7 (linear between the ranks 1 + (n − 1)p); another type gives another cut. The best
 * candidates stand for what can be reached, so a weak cohort lowers the cut. Below 20 scores P95 is close to the best one.
 * Undefined without scores. Source: Cohen-Schotanus and van der Vleuten 2010, without the correction for guessing.
 */
export function cohenCut(scores: readonly number[], share: number): Statistic {
  const n = scores.length
  if (n === 0) return withheld('cohen-quantile-7', 0, 'no-data')
  const sorted = scores.toSorted((a, b) => a - b)
  return given('cohen-quantile-7', n, share * quantileSorted(sorted, 0.95), {
    warnings: n < FEW ? ['small-sample'] : [],
  })
}
