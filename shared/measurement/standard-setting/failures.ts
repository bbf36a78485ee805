import { settled } from '../../scoring/means.ts'
import { difference } from '../rounding.ts'
import { given, withheld, type Statistic } from '../statistic.ts'

/** Whether a score lies below a cut, both unrounded but for the error of binary fractions, in scores of any size. */
export const isBelow = (score: number, cut: number): boolean =>
  settled(score) < settled(cut) && difference(score, cut) < 0

/**
 * How many candidates scored below the cut. A missing score (null) is not a fail; `n` counts the scores. Undefined without a
 * cut, for the reason that the cut has, and without scores.
 */
export function failures(scores: readonly (number | null)[], cut: Statistic): Statistic {
  const known = scores.filter((score) => score !== null)
  const n = known.length
  const { value, reason = 'no-data' } = cut
  if (value === null) return withheld('count-below-cut', n, reason)
  if (n === 0) return withheld('count-below-cut', 0, 'no-data')
  const count = known.filter((score) => isBelow(score, value)).length
  return given('count-below-cut', n, count, { warnings: n < scores.length ? ['missing-not-failed'] : [] })
}
