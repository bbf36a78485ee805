import gammainc from '@stdlib/math-base-special-gammainc'
import fCdf from '@stdlib/stats-base-dists-f-cdf'
import fQuantileOf from '@stdlib/stats-base-dists-f-quantile'
import normalCdfOf from '@stdlib/stats-base-dists-normal-cdf'
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile'
import tCdf from '@stdlib/stats-base-dists-t-cdf'
import tQuantileOf from '@stdlib/stats-base-dists-t-quantile'

/** The point below which a standard normal variable lies with probability `p`, 0 to 1. */
export const normalQuantile = (p: number): number => normalQuantileOf(p, 0, 1)

/** The probability that a standard normal variable lies below `z`. */
export const normalBelow = (z: number): number => normalCdfOf(z, 0, 1)

/** The 97.5 % point of the standard normal distribution: half the width of a 95 % interval in standard errors. */
export const Z95 = normalQuantile(0.975)

/** Two-sided p value of a standard normal deviate. */
export const normalTwoSided = (z: number): number => 2 * normalBelow(-Math.abs(z))

/** The point below which Student's t with `df` degrees of freedom lies with probability `p`. */
export const tQuantile = (p: number, df: number): number => tQuantileOf(p, df)

/** Two-sided p value of Student's t with `df` degrees of freedom. */
export const tTwoSided = (t: number, df: number): number => 2 * tCdf(-Math.abs(t), df)

/** The point below which Snedecor's F with `df1` and `df2` degrees of freedom lies with probability `p`. */
export const fQuantile = (p: number, df1: number, df2: number): number => fQuantileOf(p, df1, df2)

/** The probability that F with `df1` and `df2` degrees of freedom exceeds `f`: by the reciprocal, exact in the tail. */
export const fAbove = (f: number, df1: number, df2: number): number => (f <= 0 ? 1 : fCdf(1 / f, df2, df1))

/** The probability that chi-square with `df` degrees of freedom exceeds `x`: the upper tail itself, exact where it is small. */
export const chiSquareAbove = (x: number, df: number): number => gammainc(x / 2, df / 2, true, true)
