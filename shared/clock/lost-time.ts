import type { Phase } from '../domain/timing.ts'
import type { ClockState } from './state.ts'
import { advance, stationTime } from './station-clock.ts'

/** Time in whole milliseconds that a phase lost. */
export type LostTime = { phase: Phase; ms: number }

/**
 * What a clock that ran on unseen from one instant to another has lost: of the encounter where it lost any of that, else
 * of the phase in which it stood. Null where it did not run.
 */
export function lostTime(state: ClockState, from: number, to: number): LostTime | null {
  const before = advance(state, from).state
  if (before.status !== 'running') return null
  const left = stationTime(before, from)
  const back = stationTime(before, to)
  let start = before.phaseStartedMs
  const lost = before.phases.slice(before.phaseIndex).map(({ phase, durationMs }) => {
    const end = start + durationMs
    const ms = Math.min(end, back) - Math.max(start, left)
    start = end
    return { phase, ms }
  })
  return lost.find(({ phase, ms }) => phase === 'encounter' && ms > 0) ?? lost[0] ?? null
}
