import { meanOf, medianOf, standardDeviationOf } from '../descriptive.ts'
import { tQuantile } from '../distributions.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Warning } from '../terms.ts'
import type { GradedScore } from './borderline-regression.ts'

export type BorderlineGroup = { mean: Statistic; median: Statistic }

const FEW = 10

/**
 * The borderline group method: the cut is the mean, or the median, of the scores of those whose global rating is exactly the
 * borderline grade, in the unit of the scores. The mean has SE = SD/√n and an interval of Student's t with n − 1. Undefined
 * where nobody has that grade. It rests on these few alone, so below ten it is warned of. Source: Livingston and Zieky 1982.
 */
export function borderlineGroup(
  pairs: readonly GradedScore[],
  borderline: number,
  also: readonly Warning[] = [],
): BorderlineGroup {
  const scores = pairs.filter(({ grade }) => grade === borderline).map(({ score }) => score)
  const warnings: Warning[] = scores.length < FEW ? [...also, 'small-sample'] : [...also]
  if (scores.length === 0) {
    const reason = pairs.length === 0 ? 'no-data' : 'nobody-borderline'
    return {
      mean: withheld('borderline-group-mean', 0, reason, also),
      median: withheld('borderline-group-median', 0, reason, also),
    }
  }
  return {
    mean: groupMean(scores, warnings),
    median: { ...medianOf(scores, warnings), method: 'borderline-group-median' },
  }
}

function groupMean(scores: readonly number[], warnings: readonly Warning[]): Statistic {
  const n = scores.length
  const mean = meanOf(scores).value ?? NaN
  const sd = standardDeviationOf(scores).value
  if (sd === null) return given('borderline-group-mean', n, mean, { warnings })
  const se = sd / Math.sqrt(n)
  const half = tQuantile(0.975, n - 1) * se
  return given('borderline-group-mean', n, mean, { se, ci95: [mean - half, mean + half], warnings })
}
