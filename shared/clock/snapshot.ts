import { z } from 'zod'
import { phaseSchema } from '../domain/timing.ts'
import { clockPhasesSchema, clockWarningsSchema, type ClockState } from './state.ts'
import { advance, encounterOffset, remainingInPhase } from './station-clock.ts'

const span = z.int().min(0)

/** What a screen shows of a clock at one moment; free of instants, so it means the same in every process. */
export const clockSnapshotSchema = z.strictObject({
  status: z.enum(['ready', 'running', 'paused', 'finished']),
  /** The current phase; before the start the one that will be first; null once finished. */
  phase: phaseSchema.nullable(),
  /** In order, each with the time granted on top of its plan. */
  phases: clockPhasesSchema,
  /** What is left of the current phase; 0 once finished. */
  remainingMs: span,
  /** Offset of a mark made at this moment from the start of the encounter phase, pauses excluded; 0 before it. */
  elapsedInEncounterMs: span,
  /** Time lost in pauses so far, the present one included. */
  pausedMs: span,
  pauseReason: z.string().nullable(),
  /** Time granted while the clock ran, over all phases. */
  extraMs: span,
  warnings: clockWarningsSchema,
  /** How long ago the clock finished; 0 before. */
  overMs: span,
})
export type ClockSnapshot = z.infer<typeof clockSnapshotSchema>

/** The clock as it stands at `now`, however long nobody has looked at it. */
export function snapshot(state: ClockState, now: number): ClockSnapshot {
  const current = advance(state, now).state
  return {
    status: current.status,
    phase: current.phases[current.phaseIndex]?.phase ?? null,
    phases: current.phases,
    remainingMs: remainingInPhase(current, now),
    elapsedInEncounterMs: encounterOffset(current, now) ?? 0,
    pausedMs: current.pausedMs + (current.status === 'paused' ? now - current.pause.since : 0),
    pauseReason: current.status === 'paused' ? current.pause.reason : null,
    extraMs: current.extraMs,
    warnings: current.warnings,
    overMs: current.status === 'finished' ? now - current.finishedAt : 0,
  }
}
