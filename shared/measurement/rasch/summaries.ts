import { mean, sampleVariance } from 'simple-statistics'
import { chiSquareAbove } from '../distributions.ts'
import { difference } from '../rounding.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Reason, Warning } from '../terms.ts'
import type { Facet } from './marks.ts'

/**
 * What the measures of a facet say together, after Wright and Masters 1982, with `n` elements, S² the sample variance of
 * their measures and E² the mean of their squared standard errors:
 * - `reliability` (S² − E²)/S², 0 where S² < E²;
 * - `separation` G = √((S² − E²)/E²), how many standard errors the measures spread over;
 * - `strata` (4G + 1)/3, how many levels three standard errors apart can be told from each other;
 * - `fixed` tests that all elements are equal: χ² = Σwd² − (Σwd)²/Σw, w = 1/se², with n − 1 degrees of freedom.
 */
export type Spread = {
  separation: Statistic
  strata: Statistic
  reliability: Statistic
  fixed: FixedTest
}

export type FixedTest = { chiSquare: Statistic; df: number | null; p: Statistic }

export function spreadOf(elements: readonly { measure: number; se: number }[]): Spread {
  const n = elements.length
  const measures = elements.map(({ measure }) => measure)
  const variance = sampleVariance(measures)
  if (variance === 0) return noSpread(n, 'no-variance')
  const error = mean(elements.map(({ se }) => se * se))
  const real = Math.max(0, variance - error)
  const separation = Math.sqrt(real / error)
  const warnings: Warning[] = real === 0 ? ['spread-within-error'] : []
  const [weights, weighted, squares] = elements.reduce(
    ([w, wd, wdd], { measure, se }) => [
      w + 1 / (se * se),
      wd + measure / (se * se),
      wdd + (measure * measure) / (se * se),
    ],
    [0, 0, 0],
  )
  const chiSquare = difference(squares, (weighted * weighted) / weights)
  return {
    separation: given('rasch-separation', n, separation, { warnings }),
    strata: given('rasch-strata', n, (4 * separation + 1) / 3, { warnings }),
    reliability: given('rasch-reliability', n, real / variance, { warnings }),
    fixed: {
      chiSquare: given('rasch-fixed-chi-square', n, chiSquare),
      df: n - 1,
      p: given('rasch-fixed-chi-square', n, chiSquareAbove(chiSquare, n - 1)),
    },
  }
}

/** A facet of which nothing can be said together. */
export const noSpread = (n: number, reason: Reason): Spread => ({
  separation: withheld('rasch-separation', n, reason),
  strata: withheld('rasch-strata', n, reason),
  reliability: withheld('rasch-reliability', n, reason),
  fixed: {
    chiSquare: withheld('rasch-fixed-chi-square', n, reason),
    df: null,
    p: withheld('rasch-fixed-chi-square', n, reason),
  },
})

/** Why a facet with so few elements has no spread; undefined where it has. */
export function tooFewOf(facet: Facet, n: number): Reason | undefined {
  if (n === 0) return 'no-data'
  if (n > 1) return undefined
  return ({ candidates: 'one-candidate', stations: 'one-station', examiners: 'one-examiner' } as const)[facet]
}
