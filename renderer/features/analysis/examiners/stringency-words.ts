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

/** With a minus sign, and none before what is written as 0. */
export function written(value: number, digits: number): string {
  const size = formatFixed(Math.abs(value), digits)
  return value < 0 && size !== formatFixed(0, digits) ? `−${size}` : size
}

/** "+3.2", "−1.0": points below or above what the average examiner gives. */
export const signedPoints = (value: number): string => `${value >= 0.05 ? '+' : ''}${written(value, 1)}`

/** A probability is never 0. */
export const writtenP = (p: number): string => (p < 0.001 ? `< ${formatFixed(0.001, 3)}` : formatFixed(p, 3))
