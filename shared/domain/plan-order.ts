import type { EncounterSlot, EncounterStatus } from './exam.ts'

/** An encounter as the plan places it. */
export type Planned = { slot: Pick<EncounterSlot, 'startsAtSecond' | 'round'>; stationNumber: number }

/** The order of the plan: by time; at one time by station, then by round. For sorting. */
export const byPlan = (a: Planned, b: Planned): number =>
  a.slot.startsAtSecond - b.slot.startsAtSecond || a.stationNumber - b.stationNumber || a.slot.round - b.slot.round

/** Who comes next: the first, in the order of the plan, to whom nobody has come yet; null where there is none left. */
export const nextInPlan = <T extends Planned & { status: EncounterStatus }>(rows: readonly T[]): T | null =>
  rows.filter(({ status }) => status === 'scheduled').toSorted(byPlan)[0] ?? null
