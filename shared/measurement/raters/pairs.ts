import { withoutRounding } from '../rounding.ts'

/** Two values of the same unit (a candidate, an encounter): x of the one side, y of the other. */
export type Pair = readonly [x: number, y: number]

/** Means, and sums of squared deviations and of their products. A side that does not vary has a sum of exactly 0. */
export type PairMoments = {
  n: number
  meanX: number
  meanY: number
  /** The first pair, and how far the means lie from it: with all their digits, as the means themselves have not. */
  origin: Pair
  away: Pair
  /** The mean of x − y. */
  meanDifference: number
  sxx: number
  syy: number
  sxy: number
}

/** The pairs in which neither value is missing. */
export const completePairs = (pairs: readonly (readonly [number | null, number | null])[]): Pair[] =>
  pairs.flatMap(([x, y]) => (x === null || y === null ? [] : [[x, y] as const]))

/** Moments of at least one pair, as distances from the first: large numbers that differ little lose no digits. */
export function pairMoments(pairs: readonly Pair[]): PairMoments {
  const n = pairs.length
  const [originX, originY] = pairs[0] ?? [0, 0]
  let [awayX, awayY, largestX, largestY] = [0, 0, 0, 0]
  for (const pair of pairs) {
    awayX += (pair[0] - originX) / n
    awayY += (pair[1] - originY) / n
    largestX = Math.max(largestX, Math.abs(pair[0]))
    largestY = Math.max(largestY, Math.abs(pair[1]))
  }
  let [sxx, syy, sxy] = [0, 0, 0]
  for (const pair of pairs) {
    const x = pair[0] - originX - awayX
    const y = pair[1] - originY - awayY
    sxx += x * x
    syy += y * y
    sxy += x * y
  }
  return {
    n,
    meanX: originX + awayX,
    meanY: originY + awayY,
    origin: [originX, originY],
    away: [awayX, awayY],
    meanDifference: originX - originY + (awayX - awayY),
    sxx: withoutRounding(sxx, n, largestX),
    syy: withoutRounding(syy, n, largestY),
    sxy,
  }
}

/** The largest size on either side. */
export function largestOfPairs(pairs: readonly Pair[]): number {
  let largest = 0
  for (const pair of pairs) largest = Math.max(largest, Math.abs(pair[0]), Math.abs(pair[1]))
  return largest
}
