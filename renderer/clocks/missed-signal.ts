import type { ClockSnapshot } from '#shared/clock/snapshot.ts'
import type { EventPayload } from '#shared/contract/events.ts'

/** What a clock announces, of whichever encounter. */
export type Announcement = Omit<EventPayload<'clock.signalled'>, 'encounterId'>

/**
 * The latest that a clock announced between two looks at it, with how late it is to say so now; what came before that is
 * overtaken by it. Null where nothing was missed.
 */
export function missedSignal(known: ClockSnapshot, now: ClockSnapshot): Announcement | null {
  const warning = now.warnings.findLast(
    ({ phase, given }, i) => given && phase === now.phase && known.warnings[i]?.given === false,
  )
  if (warning !== undefined) {
    const { phase, remainingMs } = warning
    return { kind: 'warning', phase, remainingMs, lateByMs: Math.max(0, remainingMs - now.remainingMs) }
  }
  const index = placeOf(now)
  if (index <= placeOf(known)) return null
  const current = now.phases[index]
  const lateByMs = current === undefined ? now.overMs : Math.max(0, current.durationMs - now.remainingMs)
  if (current?.phase === 'reading' || current?.phase === 'encounter')
    return { kind: 'phase-started', phase: current.phase, remainingMs: null, lateByMs }
  return { kind: 'phase-ended', phase: now.phases[index - 1]?.phase ?? null, remainingMs: null, lateByMs }
}

/** Which phase it is, from 0: before all of them -1, past the last one their number. */
function placeOf({ status, phase, phases }: ClockSnapshot): number {
  if (status === 'ready') return -1
  return phase === null ? phases.length : phases.findIndex((entry) => entry.phase === phase)
}
