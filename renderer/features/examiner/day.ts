import type { ScheduleRow } from '#shared/contract/parts/encounters.ts'

/** An examiner's day: who comes next, what was left open, and everybody in order. */
export type Day = {
  next: ScheduleRow | null
  open: readonly ScheduleRow[]
  rows: readonly ScheduleRow[]
}

/** The next encounter is the first that nobody has come to yet, in the order of the plan. */
export function dayOf(schedule: readonly ScheduleRow[]): Day {
  const rows = schedule.toSorted(
    (a, b) =>
      a.slot.startsAtSecond - b.slot.startsAtSecond || a.stationNumber - b.stationNumber || a.slot.round - b.slot.round,
  )
  return {
    rows,
    next: rows.find(({ status }) => status === 'scheduled') ?? null,
    open: rows.filter(({ status }) => status === 'open'),
  }
}

/** The moment of a planned start, in ms since 1970, on an exam's day (ISO) in local time. */
export function plannedAt(day: string, secondOfDay: number): number {
  const midnight = new Date(`${day}T00:00:00`)
  midnight.setSeconds(secondOfDay)
  return midnight.getTime()
}

/** Whether an instant lies on the same local day as another. */
export const sameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString()
