import type { Statistic } from '../statistic.ts'
import { blandAltman, type ProportionalBias } from './bland-altman.ts'
import { concordance } from './concordance.ts'
import { pearson, spearman, type Correlation } from './correlation.ts'
import { completePairs } from './pairs.ts'

/** How two sides agree on the same units, in the unit of both; each figure says in its own file what it rests on. */
export type Agreement = {
  /** Mean of x − y, and the limits within which 95 % of the differences lie. */
  bias: Statistic
  lower: Statistic
  upper: Statistic
  proportional: ProportionalBias
  pearson: Correlation
  spearman: Correlation
  ccc: Statistic
  /** Pairs left out because a value is missing. */
  leftOut: number
}

/** Agreement of x with y; null is a missing value. */
export function agreement(pairs: readonly (readonly [x: number | null, y: number | null])[]): Agreement {
  const complete = completePairs(pairs)
  const { bias, lower, upper, proportional } = blandAltman(complete)
  return {
    bias,
    lower,
    upper,
    proportional,
    pearson: pearson(complete),
    spearman: spearman(complete),
    ccc: concordance(complete),
    leftOut: pairs.length - complete.length,
  }
}
