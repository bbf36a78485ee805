import type { ScheduleRow } from '#shared/contract/parts/encounters.ts'
import { byPlan, nextInPlan } from '#shared/domain/plan-order.ts'

/** An examiner's day: who comes next, what was left open, and everybody in order. */
export type Day = {
  next: ScheduleRow | null
  open: readonly ScheduleRow[]
  rows: readonly ScheduleRow[]
}

export function dayOf(schedule: readonly ScheduleRow[]): Day {
  const rows = schedule.toSorted(byPlan)
  return {
    rows,
    next: nextInPlan(rows),
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
