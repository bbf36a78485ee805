import type { ClockState } from './state.ts'
import { elapsedBetween, type Elapsed, type TimeReading } from './time-reading.ts'

/**
 * Moves a stored clock onto the monotonic axis of another process, as if it had never been interrupted: a running clock
 * ran on meanwhile, a paused one stayed paused. `saved.at` is the reading taken when the state was stored, `now` the
 * present one. `elapsed` tells which clock measured the gap and how far the wall clock disagreed.
 */
export function restore(
  saved: { state: ClockState; at: TimeReading },
  now: TimeReading,
): { state: ClockState; elapsed: Elapsed } {
  const elapsed = elapsedBetween(saved.at, now)
  const shiftMs = now.monoMs - elapsed.elapsedMs - saved.at.monoMs
  return { state: shifted(saved.state, shiftMs), elapsed }
}

function shifted(state: ClockState, ms: number): ClockState {
  switch (state.status) {
    case 'ready':
      return state
    case 'running':
      return { ...state, startedAt: state.startedAt + ms }
    case 'paused':
      return { ...state, startedAt: state.startedAt + ms, pause: { ...state.pause, since: state.pause.since + ms } }
    case 'finished':
      return { ...state, startedAt: state.startedAt + ms, finishedAt: state.finishedAt + ms }
  }
}
