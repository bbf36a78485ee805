import fc from 'fast-check'
import type { ClockPlan } from '#shared/clock/plan.ts'
import type { ClockCommand, ClockSignal, ClockState } from '#shared/clock/state.ts'
import { phaseSchema, type Phase } from '#shared/domain/timing.ts'

/** A command and the instant at which it is given. */
export type Timed = { at: number; command: ClockCommand }

/** What happened and when it was due; how late it was noticed depends on who looks. */
export type Happening = Pick<ClockSignal, 'kind' | 'phase' | 'dueAt'> & { remainingMs?: number }

export const happening = (signal: ClockSignal): Happening => ({
  kind: signal.kind,
  phase: signal.phase,
  dueAt: signal.dueAt,
  ...(signal.kind === 'warning' ? { remainingMs: signal.remainingMs } : {}),
})

/** Plans of any shape, short enough to be counted through millisecond by millisecond. */
export const shortPlan: fc.Arbitrary<ClockPlan> = fc
  .uniqueArray(fc.constantFrom(...phaseSchema.options), { minLength: 1 })
  .chain((chosen) =>
    fc.tuple(
      ...phaseSchema.options
        .filter((phase) => chosen.includes(phase))
        .map((phase) =>
          fc.integer({ min: 1, max: 40 }).chain((durationMs) =>
            fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 4 }).map((remaining) => ({
              phase,
              durationMs,
              remaining: remaining.filter((ms) => ms < durationMs).sort((a, b) => b - a),
            })),
          ),
        ),
    ),
  )
  .map((phases) => ({
    phases: phases.map(({ phase, durationMs }) => ({ phase, durationMs })),
    warnings: phases.flatMap(({ phase, remaining }) => remaining.map((remainingMs) => ({ phase, remainingMs }))),
  }))

const anyPhase = fc.constantFrom(...phaseSchema.options)

const passiveCommand: fc.Arbitrary<ClockCommand> = fc.oneof(
  fc.constantFrom<ClockCommand>({ kind: 'pause' }, { kind: 'resume' }, { kind: 'pause', reason: 'fire alarm' }),
  fc.record({ kind: fc.constant('extend' as const), phase: anyPhase, ms: fc.integer({ min: 1, max: 30 }) }),
)

const anyCommand: fc.Arbitrary<ClockCommand> = fc.oneof(
  { weight: 6, arbitrary: passiveCommand },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('next-phase' as const), phase: anyPhase }) },
  { weight: 1, arbitrary: fc.constantFrom<ClockCommand>({ kind: 'start' }, { kind: 'finish' }) },
)

const timed = (command: fc.Arbitrary<ClockCommand>): fc.Arbitrary<Timed[]> =>
  fc
    .array(fc.record({ at: fc.integer({ min: 0, max: 200 }), command }), { maxLength: 14 })
    .map((commands) => [...commands].sort((a, b) => a.at - b.at))

/** Commands in order of time, many of which the clock will have to refuse. */
export const anyCommands = timed(anyCommand)

/** Commands that never cut a phase short. */
export const passiveCommands = timed(passiveCommand)

/** Instants at which somebody looks; far apart they are stalls and sleeps. */
export const anyLooks = fc
  .array(fc.integer({ min: 0, max: 900 }), { maxLength: 40 })
  .map((instants) => instants.sort((a, b) => a - b))

/**
 * The same clock in the crudest way: it is looked at every millisecond and counts down. Shares no idea with the real
 * one, so the two agree only where both are right.
 */
export function countThrough(plan: ClockPlan, commands: Timed[], until: number) {
  let status = 'ready' as ClockState['status']
  let index = 0
  let remainingMs = plan.phases[0]?.durationMs ?? 0
  let pausedMs = 0
  let encounterMs = 0
  const happenings: Happening[] = []
  const phase = (): Phase | undefined => plan.phases[index]?.phase

  const enter = (nextIndex: number, dueAt: number): void => {
    const last = phase()
    const next = plan.phases[nextIndex]
    index = nextIndex
    remainingMs = next?.durationMs ?? 0
    status = next === undefined ? 'finished' : 'running'
    if (next !== undefined) happenings.push({ kind: 'phase-started', phase: next.phase, dueAt })
    else if (last !== undefined) happenings.push({ kind: 'finished', phase: last, dueAt })
  }
  const leave = (nextIndex: number, dueAt: number): void => {
    const ended = phase()
    if (ended !== undefined) happenings.push({ kind: 'phase-ended', phase: ended, dueAt })
    enter(nextIndex, dueAt)
  }

  for (let now = 0; now <= until; now++) {
    if (now > 0 && status === 'paused') pausedMs++
    if (now > 0 && status === 'running') {
      remainingMs--
      if (happenings.some((h) => h.kind === 'phase-started' && h.phase === 'encounter')) encounterMs++
      for (const warning of plan.warnings) {
        if (warning.phase === phase() && warning.remainingMs === remainingMs) {
          happenings.push({ kind: 'warning', phase: warning.phase, remainingMs, dueAt: now })
        }
      }
      if (remainingMs === 0) leave(index + 1, now)
    }
    for (const { command } of commands.filter(({ at }) => at === now)) {
      if (command.kind === 'start' && status === 'ready') enter(0, now)
      else if (command.kind === 'pause' && status === 'running') status = 'paused'
      else if (command.kind === 'resume' && status === 'paused') status = 'running'
      else if (command.kind === 'finish' && (status === 'running' || status === 'paused'))
        leave(plan.phases.length, now)
      else if (command.kind === 'next-phase' && status === 'running' && command.phase === phase()) leave(index + 1, now)
      else if (command.kind === 'extend' && (status === 'running' || status === 'paused') && command.phase === phase())
        remainingMs += command.ms
    }
  }
  return { status, phase: phase() ?? null, remainingMs, pausedMs, encounterMs, happenings }
}
