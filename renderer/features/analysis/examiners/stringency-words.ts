import { written } from '../written.ts'

/** "+3.2", "−1.0": points below or above what the average examiner gives. */
export const signedPoints = (value: number): string => `${value >= 0.05 ? '+' : ''}${written(value, 1)}`
