import type { Statistic } from '#shared/measurement/statistic.ts'
import { formatFixed } from '../../../ui/format.ts'

/** On which side of the average an examiner is, as far as the interval tells. */
export type Side = 'harsh' | 'mild' | 'untold' | 'no-interval' | 'withheld'

export function sideOf({ value, ci95 }: Statistic): Side {
  if (value === null) return 'withheld'
  if (!ci95) return 'no-interval'
  if (ci95[0] > 0) return 'harsh'
  return ci95[1] < 0 ? 'mild' : 'untold'
}

/** "+3.2", "−1.0": points above or below the average examiner. */
export const signedPoints = (value: number): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : ''}${formatFixed(Math.abs(value), 1)}`

/** A probability is never 0. */
export const writtenP = (p: number): string => (p < 0.001 ? `< ${formatFixed(0.001, 3)}` : formatFixed(p, 3))
