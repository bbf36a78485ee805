import { describe, expect, it } from 'vitest'
import { lostTime } from '#shared/clock/lost-time.ts'
import type { ClockPlan } from '#shared/clock/plan.ts'
import { clockSnapshotSchema, snapshot } from '#shared/clock/snapshot.ts'
import { clockStateSchema, readyClock, type ClockCommand, type ClockState } from '#shared/clock/state.ts'
import { advance, applyCommand, encounterOffset, nextDue, type ClockStep } from '#shared/clock/station-clock.ts'

const minute = 60_000
const plan: ClockPlan = {
  phases: [
    { phase: 'reading', durationMs: minute },
    { phase: 'encounter', durationMs: 8 * minute },
    { phase: 'feedback', durationMs: 2 * minute },
  ],
  warnings: [
    { phase: 'reading', remainingMs: 10_000 },
    { phase: 'encounter', remainingMs: 2 * minute },
    { phase: 'encounter', remainingMs: minute },
  ],
}
/** The clock's instants need not begin at 0. */
const t0 = 5000

function accepted(state: ClockState, command: ClockCommand, now: number): ClockStep {
  const outcome = applyCommand(state, command, now)
  if (!outcome.ok) throw new Error(`refused: ${outcome.code}`)
  return outcome
}

const refused = (state: ClockState, command: ClockCommand, now: number): string => {
  const outcome = applyCommand(state, command, now)
  return outcome.ok ? 'accepted' : outcome.code
}

const started = (): ClockState => accepted(readyClock(plan), { kind: 'start' }, t0).state
const said = (step: ClockStep): string[] =>
  step.signals.map((s) => `${s.kind} ${s.phase}${s.kind === 'warning' ? ` ${s.remainingMs / 1000}` : ''}`)

describe('a station clock that is left alone', () => {
  it('shows the first phase in full until it is started', () => {
    const shown = snapshot(readyClock(plan), t0)
    expect(shown).toMatchObject({ status: 'ready', phase: 'reading', remainingMs: minute, elapsedInEncounterMs: 0 })
    expect(nextDue(readyClock(plan))).toBeNull()
  })

  it('announces the start of the first phase when it is started', () => {
    const step = accepted(readyClock(plan), { kind: 'start' }, t0)
    expect(step.signals).toEqual([{ kind: 'phase-started', phase: 'reading', dueAt: t0, lateByMs: 0 }])
  })

  it('names the next instant at which something happens', () => {
    expect(nextDue(started())).toBe(t0 + 50_000)
    expect(nextDue(advance(started(), t0 + 50_000).state)).toBe(t0 + minute)
    expect(nextDue(advance(started(), t0 + 11 * minute).state)).toBeNull()
  })

  it('gives a warning at its instant and not a millisecond before', () => {
    expect(advance(started(), t0 + 49_999).signals).toEqual([])
    expect(advance(started(), t0 + 50_000).signals).toEqual([
      { kind: 'warning', phase: 'reading', remainingMs: 10_000, dueAt: t0 + 50_000, lateByMs: 0 },
    ])
  })

  it('gives everything that a sleep swallowed, in order and with how late it is', () => {
    const step = advance(started(), t0 + 7 * minute + 500)
    expect(said(step)).toEqual([
      'warning reading 10',
      'phase-ended reading',
      'phase-started encounter',
      'warning encounter 120',
    ])
    expect(step.signals.map((s) => s.lateByMs)).toEqual([6 * minute + 10_500, 6 * minute + 500, 6 * minute + 500, 500])
  })

  it('does not let a stall over the end of a phase lengthen the next one', () => {
    const late = advance(started(), t0 + minute + 4000).state
    expect(snapshot(late, t0 + minute + 4000)).toMatchObject({ phase: 'encounter', remainingMs: 8 * minute - 4000 })
  })

  it('finishes when its last phase ends, at that instant however late one looks', () => {
    const step = advance(started(), t0 + 60 * minute)
    expect(said(step).slice(-2)).toEqual(['phase-ended feedback', 'finished feedback'])
    expect(step.state).toMatchObject({ status: 'finished', finishedAt: t0 + 11 * minute })
    expect(snapshot(step.state, t0 + 60 * minute)).toMatchObject({ phase: null, remainingMs: 0 })
  })

  it('shows what is true now even when nobody has looked for a long time', () => {
    expect(snapshot(started(), t0 + 7 * minute)).toMatchObject({
      phase: 'encounter',
      remainingMs: 2 * minute,
      elapsedInEncounterMs: 6 * minute,
      warnings: [{ given: true }, { given: true }, { given: false }],
    })
  })
})

describe('pause and resume', () => {
  const at = t0 + 3 * minute
  const paused = accepted(started(), { kind: 'pause', reason: 'fire alarm' }, at).state

  it('holds the remaining time and gives nothing while paused', () => {
    expect(nextDue(paused)).toBeNull()
    expect(advance(paused, at + 60 * minute)).toEqual({ state: paused, signals: [] })
    expect(snapshot(paused, at + 5 * minute)).toMatchObject({
      status: 'paused',
      remainingMs: 6 * minute,
      pausedMs: 5 * minute,
      pauseReason: 'fire alarm',
    })
  })

  it('credits the lost time to the millisecond', () => {
    const resumed = accepted(paused, { kind: 'resume' }, at + 12_345).state
    expect(snapshot(resumed, at + 12_345)).toMatchObject({
      remainingMs: 6 * minute,
      pausedMs: 12_345,
      pauseReason: null,
    })
    expect(nextDue(resumed)).toBe(t0 + 7 * minute + 12_345)
  })

  it('gives what fell due before the pause although nobody had looked', () => {
    const step = accepted(started(), { kind: 'pause' }, t0 + 55_000)
    expect(step.signals).toEqual([
      { kind: 'warning', phase: 'reading', remainingMs: 10_000, dueAt: t0 + 50_000, lateByMs: 5000 },
    ])
  })
})

describe('extra time while the clock runs', () => {
  it('moves the end of the current phase and no other phase', () => {
    const longer = accepted(started(), { kind: 'extend', phase: 'reading', ms: 30_000 }, t0 + 1000).state
    expect(snapshot(longer, t0 + 1000)).toMatchObject({ remainingMs: 89_000, extraMs: 30_000 })
    expect(snapshot(longer, t0 + 2 * minute)).toMatchObject({ phase: 'encounter', remainingMs: 7.5 * minute })
  })

  it('gives a warning again whose moment lies ahead again', () => {
    const warned = advance(started(), t0 + 55_000).state
    const longer = accepted(warned, { kind: 'extend', phase: 'reading', ms: minute }, t0 + 55_000).state
    expect(longer.warnings[0]).toMatchObject({ given: false })
    expect(said(advance(longer, t0 + 110_000))).toEqual(['warning reading 10'])
  })

  it('does not repeat a warning whose moment stays behind', () => {
    const warned = advance(started(), t0 + 55_000).state
    const longer = accepted(warned, { kind: 'extend', phase: 'reading', ms: 5000 }, t0 + 55_000).state
    expect(nextDue(longer)).toBe(t0 + 65_000)
  })

  it('can be granted while paused', () => {
    const paused = accepted(started(), { kind: 'pause' }, t0 + 1000).state
    const longer = accepted(paused, { kind: 'extend', phase: 'reading', ms: 2000 }, t0 + 9000).state
    expect(snapshot(longer, t0 + 9000)).toMatchObject({ status: 'paused', remainingMs: 61_000 })
  })
})

describe('time that was lost while nobody could see the clock', () => {
  const lost = (from: number, to: number) => lostTime(started(), t0 + from * minute, t0 + to * minute)

  it('is the encounter’s where it lost any, else that of the phase in which the clock stood', () => {
    expect(lost(2, 4)).toEqual({ phase: 'encounter', ms: 2 * minute })
    expect(lost(0.5, 2)).toEqual({ phase: 'encounter', ms: minute })
    expect(lost(8.5, 9.5)).toEqual({ phase: 'encounter', ms: minute / 2 })
    expect(lost(8.5, 500)).toEqual({ phase: 'encounter', ms: minute / 2 })
    expect(lost(0.5, 0.75)).toEqual({ phase: 'reading', ms: minute / 4 })
    expect(lost(9.5, 500)).toEqual({ phase: 'feedback', ms: 1.5 * minute })
    expect(lostTime(readyClock(plan), t0, t0 + minute)).toBeNull()
  })

  it('given back to a phase that is on, is added to it', () => {
    const order = { kind: 'give-back', phase: 'encounter', ms: 2 * minute } as const
    expect(accepted(started(), order, t0 + 4 * minute).state).toEqual(
      accepted(started(), { ...order, kind: 'extend' }, t0 + 4 * minute).state,
    )
  })

  it.each([
    ['is followed by another', 9.5],
    ['was the last to run', 600],
  ])('leads back to a phase that is over and %s, with its warnings and the phases after it', (_where, minutes) => {
    const now = t0 + minutes * minute
    const { state } = accepted(started(), { kind: 'give-back', phase: 'encounter', ms: 1.5 * minute }, now)
    expect(snapshot(state, now)).toMatchObject({ status: 'running', phase: 'encounter', remainingMs: 1.5 * minute })
    expect(said(advance(state, now + 3.5 * minute))).toEqual([
      'warning encounter 60',
      'phase-ended encounter',
      'phase-started feedback',
      'phase-ended feedback',
      'finished feedback',
    ])
  })

  it('given back moves no mark: the encounter goes on from its own start', () => {
    const now = t0 + 9.5 * minute
    const before = encounterOffset(started(), now)
    const { state } = accepted(started(), { kind: 'give-back', phase: 'encounter', ms: minute / 2 }, now)
    expect(encounterOffset(state, now)).toBe(before)
    expect(snapshot(state, now).phases).toContainEqual({ phase: 'encounter', durationMs: 9 * minute })
  })

  it('is not given to a phase that is still to come, nor to a clock that was never started', () => {
    const order = { kind: 'give-back', phase: 'feedback', ms: minute } as const
    expect(refused(started(), order, t0 + minute)).toBe('clock-phase-over')
    expect(refused(readyClock(plan), order, t0)).toBe('clock-not-started')
  })

  it('never leads back before an encounter that has begun, whose marks stand in its own time', () => {
    const order = { kind: 'give-back', phase: 'reading', ms: minute / 2 } as const
    const { state } = accepted(started(), { kind: 'next-phase', phase: 'reading' }, t0 + 20_000)
    expect(refused(state, order, t0 + minute)).toBe('clock-phase-over')
  })
})

describe('ending early', () => {
  it('goes into the next phase at once, which gets its full time, and drops the warnings of the one that ended', () => {
    const step = accepted(started(), { kind: 'next-phase', phase: 'reading' }, t0 + 20_000)
    expect(said(step)).toEqual(['phase-ended reading', 'phase-started encounter'])
    expect(snapshot(step.state, t0 + 20_000)).toMatchObject({ phase: 'encounter', remainingMs: 8 * minute })
    expect(said(advance(step.state, t0 + 6.5 * minute))).toEqual(['warning encounter 120'])
    expect(step.state.warnings[0]).toMatchObject({ given: false })
  })

  it('does not skip a phase when the touch arrives just after the phase ended by itself', () => {
    expect(refused(started(), { kind: 'next-phase', phase: 'reading' }, t0 + minute + 1)).toBe('clock-phase-over')
    expect(refused(started(), { kind: 'extend', phase: 'reading', ms: 1000 }, t0 + minute)).toBe('clock-phase-over')
  })

  it('finishes after the last phase and when it is told to, from a pause as well', () => {
    const inFeedback = advance(started(), t0 + 10 * minute).state
    expect(said(accepted(inFeedback, { kind: 'next-phase', phase: 'feedback' }, t0 + 10 * minute))).toEqual([
      'phase-ended feedback',
      'finished feedback',
    ])
    const paused = accepted(started(), { kind: 'pause' }, t0 + 2 * minute).state
    const step = accepted(paused, { kind: 'finish' }, t0 + 5 * minute)
    expect(said(step)).toEqual(['phase-ended encounter', 'finished encounter'])
    expect(snapshot(step.state, t0 + 9 * minute)).toMatchObject({
      status: 'finished',
      remainingMs: 0,
      pausedMs: 3 * minute,
      elapsedInEncounterMs: minute,
    })
  })
})

describe('commands that do not fit', () => {
  const paused = accepted(started(), { kind: 'pause' }, t0).state
  const finished = accepted(started(), { kind: 'finish' }, t0).state
  const all: ClockCommand[] = [
    { kind: 'start' },
    { kind: 'pause' },
    { kind: 'resume' },
    { kind: 'extend', phase: 'reading', ms: 1000 },
    { kind: 'next-phase', phase: 'reading' },
    { kind: 'finish' },
  ]

  it.each([
    ['ready', readyClock(plan), ['accepted', ...Array<string>(5).fill('clock-not-started')]],
    [
      'running',
      started(),
      ['clock-already-started', 'accepted', 'clock-not-paused', 'accepted', 'accepted', 'accepted'],
    ],
    ['paused', paused, ['clock-already-started', 'clock-paused', 'accepted', 'accepted', 'clock-paused', 'accepted']],
    ['finished', finished, Array<string>(6).fill('clock-finished')],
  ])('are refused by a %s clock with the reason', (_status, state, expected) => {
    expect(all.map((command) => refused(state, command, t0 + 1))).toEqual(expected)
  })
})

describe('the offset of a mark in the encounter', () => {
  it('does not exist before the encounter, leaves pauses out, and runs on into the feedback', () => {
    expect(encounterOffset(started(), t0 + 30_000)).toBeNull()
    const paused = accepted(started(), { kind: 'pause' }, t0 + 3 * minute).state
    expect(encounterOffset(paused, t0 + 4 * minute)).toBe(2 * minute)
    const resumed = accepted(paused, { kind: 'resume' }, t0 + 5 * minute).state
    expect(encounterOffset(resumed, t0 + 6 * minute)).toBe(3 * minute)
    expect(encounterOffset(resumed, t0 + 12 * minute)).toBe(9 * minute)
  })

  it('counts from the true start of the encounter when the look came late', () => {
    expect(encounterOffset(started(), t0 + minute + 700)).toBe(700)
  })
})

describe('what is stored and what is sent', () => {
  it('refuses a stored state that points past its phases while it runs, or carries unknown keys', () => {
    expect(clockStateSchema.safeParse({ ...started(), phaseIndex: 3 }).success).toBe(false)
    expect(clockStateSchema.safeParse({ ...started(), ticks: 1 }).success).toBe(false)
    expect(clockStateSchema.safeParse(started()).success).toBe(true)
  })

  it('sends a snapshot without instants of this process', () => {
    const shown = snapshot(started(), t0)
    expect(clockSnapshotSchema.parse(shown)).toEqual(shown)
    expect(Object.keys(shown).filter((key) => key.endsWith('At'))).toEqual([])
  })
})
