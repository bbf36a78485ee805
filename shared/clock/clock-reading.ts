import type { ClockSnapshot } from './snapshot.ts'
import type { Phase } from '../domain/timing.ts'

/** What the clock shows between two answers of the host. Times in milliseconds. */
export type ClockReading = {
  status: ClockSnapshot['status']
  phase: Phase | null
  remainingMs: number
  elapsedInEncounterMs: number
  /** Time lost in pauses, the present one included. */
  pausedMs: number
}

/**
 * The clock `sinceMs` after its snapshot was taken. A running clock goes on from phase to phase by itself; it asks
 * nobody, so a host that is late or away does not stop what is on the screen.
 */
export function readClock(snapshot: ClockSnapshot, sinceMs: number): ClockReading {
  const { status, phases, phase, remainingMs, elapsedInEncounterMs, pausedMs } = snapshot
  const still = { status, phase, remainingMs, elapsedInEncounterMs, pausedMs }
  if (status === 'paused') return { ...still, pausedMs: pausedMs + sinceMs }
  if (status !== 'running') return still

  let index = phases.findIndex((entry) => entry.phase === phase)
  let left = remainingMs - sinceMs
  // The encounter began already, or it begins where the phases before it end.
  let elapsed = begun(snapshot) ? elapsedInEncounterMs + sinceMs : 0
  while (left <= 0) {
    index += 1
    const next = phases[index]
    if (next === undefined)
      return { ...still, status: 'finished', phase: null, remainingMs: 0, elapsedInEncounterMs: elapsed + left }
    if (next.phase === 'encounter') elapsed = -left
    left += next.durationMs
  }
  return { ...still, phase: phases[index]?.phase ?? null, remainingMs: left, elapsedInEncounterMs: elapsed }
}

/** Whether the encounter phase has begun. */
function begun({ phases, phase }: ClockSnapshot): boolean {
  const encounter = phases.findIndex((entry) => entry.phase === 'encounter')
  return phases.findIndex((entry) => entry.phase === phase) >= encounter
}

/** Where in the encounter a reading is, in whole milliseconds; null before the encounter began. */
export function placeInEncounter(reading: ClockReading, { phases }: Pick<ClockSnapshot, 'phases'>): number | null {
  const { status, phase, elapsedInEncounterMs } = reading
  const begunAt = phases.findIndex((entry) => entry.phase === 'encounter')
  const early = phase !== null && phases.findIndex((entry) => entry.phase === phase) < begunAt
  return status === 'ready' || early ? null : Math.max(0, Math.round(elapsedInEncounterMs))
}

/** How long until the shown second changes, in ms: when to look again. null while nothing moves. */
export function nextLook({ status, remainingMs, pausedMs }: ClockReading): number | null {
  if (status === 'running') return remainingMs % 1000 || 1000
  if (status === 'paused') return 1000 - (pausedMs % 1000)
  return null
}

/** Length of the encounter phase in ms, extra time included: the right end of its line. */
export const encounterLength = ({ phases }: ClockSnapshot): number =>
  phases.find(({ phase }) => phase === 'encounter')?.durationMs ?? 0
