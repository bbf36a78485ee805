import { tQuantile, tTwoSided, Z95 } from '../distributions.ts'
import { withoutRounding } from '../rounding.ts'
import { smallSample } from '../small-sample.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Warning } from '../terms.ts'
import { largestOfPairs, pairMoments, type Pair } from './pairs.ts'

/**
 * Mean difference and limits of agreement (Bland and Altman 1986): by how much two sides differ, and within what range
 * 95 % of single differences lie.
 *
 *   bias = mean of x − y,   lower and upper = bias ± 1.96 · SD (n − 1)
 *
 * In the unit of x and y, which must be the same. Standard errors: SD / √n of the bias, SD · √(1/n + 1.96² / (2 (n − 1)))
 * of a limit; intervals by Student's t with n − 1 degrees of freedom. Assumes independent, normally distributed differences
 * of the same size at every level; the slope of the difference on the mean of both tests the last (p needs n ≥ 3). Undefined
 * below two pairs; the slope also where the means do not vary.
 */
export type BlandAltman = {
  bias: Statistic
  lower: Statistic
  upper: Statistic
  /** Standard deviation of the differences; null below two pairs. */
  sdDifference: number | null
  /** Test of bias = 0; null where the differences do not vary. */
  test: { t: number; df: number; p: number } | null
  proportional: ProportionalBias
}

/** The slope of x − y on (x + y) / 2; intercept and p are null where they are unknown. */
export type ProportionalBias = Statistic & { intercept: number | null; p: number | null }

export function blandAltman(pairs: readonly Pair[]): BlandAltman {
  const n = pairs.length
  const proportional = proportionalBias(pairs)
  if (n < 2) {
    const reason = n === 0 ? 'no-data' : 'too-few'
    const limit = withheld('bland-altman-limit', n, reason)
    const bias = withheld('bland-altman-bias', n, reason)
    return { bias, lower: limit, upper: limit, sdDifference: null, test: null, proportional }
  }
  const { meanDifference: bias } = pairMoments(pairs)
  const squares = pairs.reduce((sum, [x, y]) => sum + (x - y - bias) ** 2, 0)
  // Differences are rounded as finely as x and y are, not as they are themselves.
  const sd = Math.sqrt(withoutRounding(squares, n, largestOfPairs(pairs)) / (n - 1))
  const varies = sd > 0
  const warnings: Warning[] = [
    ...(proportional.p !== null && proportional.p < 0.05 ? (['difference-varies-with-level'] as const) : []),
    ...(varies ? [] : (['differences-alike'] as const)),
    ...smallSample(n),
  ]
  const t = tQuantile(0.975, n - 1)
  const figure = (method: 'bland-altman-bias' | 'bland-altman-limit', value: number, se: number): Statistic =>
    given(method, n, value, { ...(varies ? { se, ci95: [value - t * se, value + t * se] } : {}), warnings })
  const seBias = sd / Math.sqrt(n)
  const seLimit = sd * Math.sqrt(1 / n + Z95 ** 2 / (2 * (n - 1)))
  return {
    bias: figure('bland-altman-bias', bias, seBias),
    lower: figure('bland-altman-limit', bias - Z95 * sd, seLimit),
    upper: figure('bland-altman-limit', bias + Z95 * sd, seLimit),
    sdDifference: sd,
    test: varies ? { t: bias / seBias, df: n - 1, p: tTwoSided(bias / seBias, n - 1) } : null,
    proportional,
  }
}

function proportionalBias(pairs: readonly Pair[]): ProportionalBias {
  const n = pairs.length
  const none = (reason: 'no-data' | 'too-few' | 'no-variance'): ProportionalBias => ({
    ...withheld('proportional-bias', n, reason),
    intercept: null,
    p: null,
  })
  if (n < 2) return none(n === 0 ? 'no-data' : 'too-few')
  const points = pairs.map(([x, y]): Pair => [(x + y) / 2, x - y])
  const { meanX: level, meanY: difference, sxx, sxy } = pairMoments(points)
  if (sxx === 0) return none('no-variance')
  const slope = sxy / sxx
  const intercept = difference - slope * level
  const residual = points.reduce((sum, [x, y]) => sum + (y - difference - slope * (x - level)) ** 2, 0)
  const left = withoutRounding(residual, n, largestOfPairs(pairs))
  const known = n >= 3 && left > 0
  const se = Math.sqrt(left / (n - 2) / sxx)
  const t = known ? tQuantile(0.975, n - 2) : 0
  return {
    ...given('proportional-bias', n, slope, {
      ...(known ? { se, ci95: [slope - t * se, slope + t * se] } : {}),
      warnings: smallSample(n),
    }),
    intercept,
    p: known ? tTwoSided(slope / se, n - 2) : null,
  }
}
