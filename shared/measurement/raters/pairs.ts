import { largestSize, withoutRounding } from '../rounding.ts'

/** Two values of the same unit (a candidate, an encounter): x of the one side, y of the other. */
export type Pair = readonly [x: number, y: number]

/** Means, and sums of squared deviations and of their products. A side that does not vary has a sum of exactly 0. */
export type PairMoments = { n: number; meanX: number; meanY: number; sxx: number; syy: number; sxy: number }

/** The pairs in which neither value is missing. */
export const completePairs = (pairs: readonly (readonly [number | null, number | null])[]): Pair[] =>
  pairs.flatMap(([x, y]) => (x === null || y === null ? [] : [[x, y] as const]))

/** Moments of at least one pair. */
export function pairMoments(pairs: readonly Pair[]): PairMoments {
  const n = pairs.length
  let [meanX, meanY] = [0, 0]
  for (const [x, y] of pairs) {
    meanX += x / n
    meanY += y / n
  }
  let [sxx, syy, sxy] = [0, 0, 0]
  for (const [x, y] of pairs) {
    sxx += (x - meanX) ** 2
    syy += (y - meanY) ** 2
    sxy += (x - meanX) * (y - meanY)
  }
  const largest = (side: 0 | 1) => largestSize(pairs.map((pair) => pair[side]))
  return { n, meanX, meanY, sxx: withoutRounding(sxx, n, largest(0)), syy: withoutRounding(syy, n, largest(1)), sxy }
}
