import { Z95 } from '../distributions.ts'
import { largestSize, withoutRounding } from '../rounding.ts'
import { given, withheld, type Statistic } from '../statistic.ts'

/**
 * Hedges' g (1981): the difference of two group means in pooled standard deviations, corrected for small samples.
 *
 *   g = J (ȳf − ȳr) / s,   J = 1 − 3 / (4 df − 1),   df = nf + nr − 2
 *   SE = J √((nf + nr) / (nf nr) + d² / (2 (nf + nr))) with d = g / J,   interval g ± 1.96 SE
 *
 * In standard deviations; below 0 the focal group scored lower. Assumes independent, normal scores of equal variance. It
 * compares the groups as they are and says nothing about why they differ. Undefined with an empty group, fewer than four
 * candidates, or scores that do not vary within the groups.
 */
export function hedgesG(reference: readonly number[], focal: readonly number[]): Statistic {
  const [nr, nf] = [reference.length, focal.length]
  const n = nr + nf
  if (nr === 0 || nf === 0) return withheld('hedges-g', n, 'no-data')
  if (n < 4) return withheld('hedges-g', n, 'too-few')
  // By way of one score, so that large scores that differ little lose no digits.
  const origin = reference[0] ?? 0
  const [fromR, fromF] = [distances(reference, origin), distances(focal, origin)]
  const [meanR, meanF] = [mean(fromR), mean(fromF)]
  const squares = withoutRounding(
    spread(fromR, meanR) + spread(fromF, meanF),
    n,
    Math.max(largestSize(reference), largestSize(focal)),
  )
  if (squares === 0) return withheld('hedges-g', n, 'no-variance')
  const df = n - 2
  const d = (meanF - meanR) / Math.sqrt(squares / df)
  const correction = 1 - 3 / (4 * df - 1)
  const g = correction * d
  const se = correction * Math.sqrt(n / (nr * nf) + d ** 2 / (2 * n))
  return given('hedges-g', n, g, { se, ci95: [g - Z95 * se, g + Z95 * se], warnings: ['raw-difference'] })
}

const distances = (scores: readonly number[], from: number): number[] => scores.map((score) => score - from)

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

const spread = (values: readonly number[], around: number): number =>
  values.reduce((sum, value) => sum + (value - around) ** 2, 0)
