import { z } from 'zod'
import { phaseSchema } from '../domain/timing.ts'
import type { ClockPlan } from './plan.ts'

/**
 * Two axes of time, both in whole milliseconds:
 * - an *instant* (`…At`) is a reading of the monotonic clock;
 * - *station time* (`…Ms`) is 0 at the start, runs while the clock runs and stands still while it is paused.
 * Phases lie on station time, so a pause moves every deadline by exactly its length, and a restart on another
 * monotonic axis moves nothing but the instants.
 */
const instant = z.int()
const span = z.int().min(0)

export const clockPhasesSchema = z
  .array(z.strictObject({ phase: phaseSchema, durationMs: z.int().min(1) }))
  .min(1)
  .max(4)

export const clockWarningsSchema = z.array(
  z.strictObject({ phase: phaseSchema, remainingMs: z.int().min(1), given: z.boolean() }),
)

/** Longest reason for a pause, in characters. */
const reasonSchema = z.string().trim().min(1).max(200)

const common = {
  /** In order, each with the time granted on top of its plan. */
  phases: clockPhasesSchema,
  /** In order of time. */
  warnings: clockWarningsSchema,
  /** Position in `phases`; past the last one once the clock has finished. */
  phaseIndex: span,
  /** Station time at which the current phase began. */
  phaseStartedMs: span,
  /** Station time at which the encounter began; null before. */
  encounterStartedMs: span.nullable(),
  /** Time lost in pauses that are over; all of it is credited. */
  pausedMs: span,
  /** Time granted while the clock ran (`extend`), over all phases. */
  extraMs: span,
}

/** State of one station clock; stored as JSON, so that an encounter comes back after a crash (see `restore`). */
export const clockStateSchema = z
  .discriminatedUnion('status', [
    z.strictObject({ ...common, status: z.literal('ready') }),
    z.strictObject({ ...common, status: z.literal('running'), startedAt: instant }),
    z.strictObject({
      ...common,
      status: z.literal('paused'),
      startedAt: instant,
      pause: z.strictObject({ since: instant, reason: reasonSchema.nullable() }),
    }),
    z.strictObject({ ...common, status: z.literal('finished'), startedAt: instant, finishedAt: instant }),
  ])
  .refine((state) => state.phaseIndex < state.phases.length === (state.status !== 'finished'), {
    path: ['phaseIndex'],
    message: 'the clock points at no phase of its plan',
  })

export type ClockState = z.infer<typeof clockStateSchema>
export type ClockIn<Status extends ClockState['status']> = Extract<ClockState, { status: Status }>

/**
 * What a person may tell the clock. `extend` and `next-phase` name the phase that was on the screen, so that a touch
 * that arrives just after the phase ended by itself does not act on the one that follows. `give-back` adds time to a
 * phase that is on, and goes back to one that is over, with that time left of it.
 */
export const clockCommandSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('start') }),
  z.strictObject({ kind: z.literal('pause'), reason: reasonSchema.optional() }),
  z.strictObject({ kind: z.literal('resume') }),
  z.strictObject({ kind: z.literal('extend'), phase: phaseSchema, ms: z.int().min(1000).max(3_600_000) }),
  z.strictObject({ kind: z.literal('give-back'), phase: phaseSchema, ms: z.int().min(1000).max(3_600_000) }),
  z.strictObject({ kind: z.literal('next-phase'), phase: phaseSchema }),
  z.strictObject({ kind: z.literal('finish') }),
])
export type ClockCommand = z.infer<typeof clockCommandSchema>

/** Why a command was refused; nothing changed. */
export const clockRefusalSchema = z.enum([
  'clock-not-started',
  'clock-already-started',
  'clock-paused',
  'clock-not-paused',
  'clock-phase-over',
  'clock-finished',
])
export type ClockRefusal = z.infer<typeof clockRefusalSchema>

/** `dueAt` is the instant at which it should have been given, `lateByMs` how much later it was. */
const given = { phase: phaseSchema, dueAt: instant, lateByMs: span }

/** What the clock announces; `finished` names the phase that was the last. */
export const clockSignalSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...given, kind: z.literal('phase-started') }),
  z.strictObject({ ...given, kind: z.literal('warning'), remainingMs: z.int().min(1) }),
  z.strictObject({ ...given, kind: z.literal('phase-ended') }),
  z.strictObject({ ...given, kind: z.literal('finished') }),
])
export type ClockSignal = z.infer<typeof clockSignalSchema>

/** A clock that waits for its start. */
export function readyClock(plan: ClockPlan): ClockIn<'ready'> {
  return {
    status: 'ready',
    phases: plan.phases,
    warnings: plan.warnings.map((warning) => ({ ...warning, given: false })),
    phaseIndex: 0,
    phaseStartedMs: 0,
    encounterStartedMs: null,
    pausedMs: 0,
    extraMs: 0,
  }
}
