import { fAbove, tQuantile } from '../distributions.ts'
import { pairMoments, type Pair, type PairMoments } from '../raters/pairs.ts'
import { largestSize, withoutRounding } from '../rounding.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Warning } from '../terms.ts'

/**
 * Analysis of covariance of two groups: by how much the focal group's score at a station differs from the reference
 * group's, between candidates who did equally well elsewhere (Maxwell and Delaney 2004).
 *
 *   adjusted difference = (ȳf − ȳr) − b (x̄f − x̄r),   b = Σ Sxy / Σ Sxx over both groups
 *   SE = √(MSE (1/nf + 1/nr + (x̄f − x̄r)² / Σ Sxx)),   F = (difference / SE)², df 1 and n − 3
 *
 * In the unit of the scores; below 0 the focal group did worse. Assumes independent candidates, equal error variances and
 * one slope for both groups: an F test of separate slopes (df 1 and n − 4) warns below p = .05. A rest score is itself
 * measured with error, so part of a true difference in ability is left in. Undefined with an empty group, fewer than four
 * candidates, or rest scores that do not vary within the groups.
 */
export type GroupTest = { f: number; df1: number; df2: number; p: number }

export type Ancova = Statistic & {
  /** Test of no adjusted difference, and of equal slopes; null where no error is left to test against. */
  test: GroupTest | null
  slopes: GroupTest | null
}

/** The adjusted difference, focal less reference; each point is a rest score and a score. */
export function ancova(reference: readonly Pair[], focal: readonly Pair[]): Ancova {
  const n = reference.length + focal.length
  const none = (reason: 'no-data' | 'too-few' | 'no-variance'): Ancova => ({
    ...withheld('ancova', n, reason),
    test: null,
    slopes: null,
  })
  if (reference.length === 0 || focal.length === 0) return none('no-data')
  if (n < 4) return none('too-few')
  const r = pairMoments(reference)
  const f = pairMoments(focal)
  const sxx = r.sxx + f.sxx
  if (sxx === 0) return none('no-variance')
  const slope = (r.sxy + f.sxy) / sxx
  const apart = between(f, r, 0)
  const difference = between(f, r, 1) - slope * apart
  const largest = largestSize([...reference, ...focal].map(([, y]) => y))
  const error = withoutRounding(residual(reference, r, slope) + residual(focal, f, slope), n, largest)
  if (error === 0) return { ...given('ancova', n, difference), test: null, slopes: null }

  const df = n - 3
  const se = Math.sqrt((error / df) * (1 / r.n + 1 / f.n + apart ** 2 / sxx))
  const t = tQuantile(0.975, df)
  const slopes = slopesTest(reference, focal, r, f, error, largest)
  const warnings: Warning[] = slopes !== null && slopes.p < 0.05 ? ['slopes-differ'] : []
  return {
    ...given('ancova', n, difference, { se, ci95: [difference - t * se, difference + t * se], warnings }),
    test: fTest((difference / se) ** 2, df),
    slopes,
  }
}

const fTest = (f: number, df2: number): GroupTest => ({ f, df1: 1, df2, p: fAbove(f, 1, df2) })

/** The difference of two groups' means of x (0) or y (1). */
const between = (one: PairMoments, other: PairMoments, side: 0 | 1): number =>
  one.origin[side] - other.origin[side] + (one.away[side] - other.away[side])

/** Squared deviations of the scores from a line through the group's means. */
const residual = (points: readonly Pair[], { origin, away }: PairMoments, slope: number): number =>
  points.reduce((sum, [x, y]) => sum + (y - origin[1] - away[1] - slope * (x - origin[0] - away[0])) ** 2, 0)

function slopesTest(
  reference: readonly Pair[],
  focal: readonly Pair[],
  r: PairMoments,
  f: PairMoments,
  pooled: number,
  largest: number,
): GroupTest | null {
  const df = r.n + f.n - 4
  if (df < 1 || r.sxx === 0 || f.sxx === 0) return null
  const separate = residual(reference, r, r.sxy / r.sxx) + residual(focal, f, f.sxy / f.sxx)
  const left = withoutRounding(separate, r.n + f.n, largest)
  return left === 0 ? null : fTest(Math.max(pooled - left, 0) / (left / df), df)
}
