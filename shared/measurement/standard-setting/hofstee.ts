import { given, withheld, type Statistic } from '../statistic.ts'
import type { Reason, Warning } from '../terms.ts'

/**
 * What a committee finds acceptable: the lowest and the highest cut, in the unit of the scores, and the lowest and the highest
 * share of fails, from 0 to 1.
 */
export type HofsteeRectangle = { lowestCut: number; highestCut: number; fewestFails: number; mostFails: number }

export type Hofstee = {
  cut: Statistic
  /** The share of the scores below the cut, 0 to 1. */
  failRate: Statistic
}

const FEW = 50
/** What binary fractions may be off when two shares are compared. */
const ROUNDING = 1e-12

/**
 * Hofstee's compromise: the cut lies where the cumulative curve of fails, F(x) = share of scores below x, meets the diagonal
 * from (lowest cut, most fails) to (highest cut, fewest fails). F is taken as it is, a step at each score, not smoothed; where
 * a step crosses the diagonal, the cut is the score of the step, and those who have it pass.
 *
 * Undefined without scores, where the rectangle is the wrong way round, and where the curve misses the diagonal: the committee
 * must then think again. Source: Hofstee 1983.
 */
export function hofsteeCut(scores: readonly number[], rectangle: HofsteeRectangle): Hofstee {
  const n = scores.length
  const { lowestCut, highestCut, fewestFails, mostFails } = rectangle
  const warnings: Warning[] = n < FEW ? ['small-sample'] : []
  const none = (reason: Reason): Hofstee => ({
    cut: withheld('hofstee', n, reason),
    failRate: withheld('share-below-cut', n, reason),
  })
  if (n === 0) return none('no-data')
  if (!(lowestCut < highestCut && fewestFails <= mostFails)) return none('rectangle-reversed')

  const sorted = scores.toSorted((a, b) => a - b)
  const slope = (fewestFails - mostFails) / (highestCut - lowestCut)
  const reaches = (share: number, cut: number) => share >= mostFails + slope * (cut - lowestCut) - ROUNDING
  const below = sorted.findIndex((score) => score >= lowestCut)
  let failing = below === -1 ? n : below
  if (failing / n > mostFails + ROUNDING) return none('no-crossing')

  // From one step to the next: the curve is level up to the next score, and rises there.
  let from = lowestCut
  for (;;) {
    const level = failing / n
    const step = Math.min(sorted[failing] ?? Infinity, highestCut)
    if (reaches(level, step)) {
      const meets = slope === 0 ? from : lowestCut + (level - mostFails) / slope
      const cut = Math.min(Math.max(meets, from), step)
      return {
        cut: given('hofstee', n, cut, { warnings }),
        failRate: given('share-below-cut', n, level, { warnings }),
      }
    }
    if (sorted[failing] === undefined || step < (sorted[failing] ?? Infinity)) return none('no-crossing')
    const score = step
    while (sorted[failing] === score) failing += 1
    if (reaches(failing / n, score)) {
      return {
        cut: given('hofstee', n, score, { warnings }),
        failRate: given('share-below-cut', n, level, { warnings }),
      }
    }
    from = score
  }
}
