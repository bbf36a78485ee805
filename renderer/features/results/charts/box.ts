import type { Distribution } from '#shared/domain/results.ts'

/** What a box shows of scores from 0 to 100; `box` is the middle half, null below four scores. */
export type Box = { min: number; max: number; mean: number; box: { q1: number; median: number; q3: number } | null }

/** null where there is no score at all. */
export function boxOf({ min, max, mean, quartiles: { q1, median, q3 } }: Distribution): Box | null {
  if (min === null || max === null || mean === null) return null
  return { min, max, mean, box: q1 === null || median === null || q3 === null ? null : { q1, median, q3 } }
}
