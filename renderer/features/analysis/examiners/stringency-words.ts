import type { Statistic } from '#shared/measurement/statistic.ts'
import { written } from '../written.ts'

/** On which side of the average an examiner is, as far as the interval tells. */
export type Side = 'harsh' | 'mild' | 'untold' | 'no-interval' | 'withheld'

export function sideOf({ value, ci95 }: Statistic): Side {
  if (value === null) return 'withheld'
  if (!ci95) return 'no-interval'
  if (ci95[0] > 0) return 'harsh'
  return ci95[1] < 0 ? 'mild' : 'untold'
}

/** "+3.2", "−1.0": points below or above what the average examiner gives. */
export const signedPoints = (value: number): string => `${value >= 0.05 ? '+' : ''}${written(value, 1)}`
