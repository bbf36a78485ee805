import type { Mark } from '#shared/domain/encounter.ts'
import { markSign, type MarkSign } from '#shared/domain/mark-entry.ts'
import type { Rubric } from '#shared/domain/rubric.ts'

export type TimelineSign = MarkSign & {
  id: Mark['id']
  /** null: before the encounter began. */
  atMs: number | null
  /** Distance of its middle from the left end, in pixels. */
  x: number
  /** Row of its label, from 0; null where no row has room. */
  lane: number | null
  /** Middle of its label, in pixels. */
  labelX: number
  mark: Mark
}

export const SIGN_RADIUS = 11
const LANES = 3
/** In front of the line, for what was marked before the encounter: its words need at least this, in pixels. */
const BEFORE_WIDTH = 104
/** Mean width of a character of the labels, in pixels. */
const CHARACTER = 6.2

/** Where the line of the encounter begins, in pixels: behind what was marked before it. */
export function lineStart(marks: readonly Mark[]): number {
  const early = marks.filter(({ kind, atMs }) => kind !== 'red-flag' && atMs === null).length
  return early === 0 ? 0 : Math.max(BEFORE_WIDTH, (early + 1) * (2 * SIGN_RADIUS + 2))
}

/**
 * Moments and look-alikes along a line of `width` pixels that stands for `lengthMs`. Signs do not cover each other, and
 * labels take the first of three rows that has room. What was marked before the encounter stands in front of the line. Red
 * flags are not part of what a candidate is told.
 */
export function layTimeline(
  marks: readonly Mark[],
  rubric: Rubric,
  { lengthMs, width }: { lengthMs: number; width: number },
): TimelineSign[] {
  const told = marks.filter(({ kind }) => kind !== 'red-flag').toSorted(byMoment)
  const left = SIGN_RADIUS
  const start = lineStart(marks) + SIGN_RADIUS
  const right = Math.max(left, width - SIGN_RADIUS)
  const places = keepApart(
    told.map(({ atMs }) =>
      atMs === null ? left : start + (Math.min(atMs, lengthMs) / Math.max(1, lengthMs)) * (right - start),
    ),
    { right, gap: Math.min(2 * SIGN_RADIUS + 2, (right - left) / Math.max(1, told.length - 1)) },
  )
  const rowEnds = Array.from({ length: LANES }, () => -Infinity)
  return told.map((mark, index) => {
    const sign = markSign(rubric, mark)
    const x = places[index] ?? left
    const half = (sign.label.length * CHARACTER) / 2
    const labelX = Math.min(Math.max(half, width - half), Math.max(half, x))
    const free = rowEnds.findIndex((end) => labelX - half > end + 6)
    if (free >= 0) rowEnds[free] = labelX + half
    return { id: mark.id, atMs: mark.atMs, x, labelX, ...sign, lane: free < 0 ? null : free, mark }
  })
}

/** Earlier marks first; what was marked before the encounter comes before all. */
export const byMoment = (a: Mark, b: Mark): number => (a.atMs ?? -1) - (b.atMs ?? -1)

/** Places in their order, moved as little as keeps a gap between neighbours and the last one at the right end. */
function keepApart(due: readonly number[], { right, gap }: { right: number; gap: number }): number[] {
  const pushed = due.reduce<number[]>((placed, x) => [...placed, Math.max(x, (placed.at(-1) ?? -Infinity) + gap)], [])
  return pushed.reduceRight<number[]>((placed, x) => [Math.min(x, (placed[0] ?? right + gap) - gap), ...placed], [])
}
