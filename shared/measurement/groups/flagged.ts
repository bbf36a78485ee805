import type { StationComparison } from './differential-functioning.ts'

const SURE = 0.05

/** Whether a p value that was corrected for the number of stations tells a difference. */
export const isSure = (p: number | null): boolean => p !== null && p < SURE

/** Whether a station differs for a group by more than chance, in scores or in passes. */
export const isFlagged = ({ holm }: Pick<StationComparison, 'holm'>): boolean =>
  isSure(holm.ancova) || isSure(holm.mantelHaenszel)
