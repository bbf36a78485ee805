import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClockPlan } from '#shared/clock/plan.ts'
import { restore } from '#shared/clock/restore.ts'
import { clockSnapshotSchema, snapshot } from '#shared/clock/snapshot.ts'
import {
  clockSignalSchema,
  clockStateSchema,
  readyClock,
  type ClockSignal,
  type ClockState,
} from '#shared/clock/state.ts'
import { advance, applyCommand, nextDue } from '#shared/clock/station-clock.ts'
import { anyCommands, anyLooks, countThrough, happening, passiveCommands, shortPlan, type Timed } from './tick-model.ts'

const end = 1000
const startThen = (commands: Timed[]): Timed[] => [{ at: 0, command: { kind: 'start' } }, ...commands]

/** Plays commands and looks in order of time and looks once more at `until`; `noticedAt` holds the instant of each signal. */
function play(plan: ClockPlan, commands: Timed[], looks: number[], until: number) {
  let state: ClockState = readyClock(plan)
  const signals: ClockSignal[] = []
  const noticedAt: number[] = []
  const notice = (given: ClockSignal[], now: number): void => {
    signals.push(...given)
    noticedAt.push(...given.map(() => now))
  }
  const moments = [...commands, ...[...looks.filter((at) => at <= until), until].map((at) => ({ at, command: null }))]
  for (const { at, command } of moments.sort((a, b) => a.at - b.at)) {
    if (command === null) {
      const step = advance(state, at)
      state = step.state
      notice(step.signals, at)
    } else {
      const outcome = applyCommand(state, command, at)
      if (outcome.ok) {
        state = outcome.state
        notice(outcome.signals, at)
      }
    }
  }
  return { state, signals, noticedAt }
}

describe('a station clock under any commands, stalls and sleeps', () => {
  it('gives every start, warning and end once a crossing, in order and at the instant a tick counter finds', () => {
    fc.assert(
      fc.property(shortPlan, anyCommands, anyLooks, (plan, commands, looks) => {
        const played = play(plan, startThen(commands), looks, end)
        expect(played.signals.map(happening)).toEqual(countThrough(plan, startThen(commands), end).happenings)
      }),
      { numRuns: 400 },
    )
  })

  it('says of each signal how late it was noticed, and lets no look pass before it does', () => {
    fc.assert(
      fc.property(shortPlan, anyCommands, anyLooks, (plan, commands, looks) => {
        const { signals, noticedAt } = play(plan, startThen(commands), looks, end)
        signals.forEach((signal, i) => {
          expect(signal.lateByMs).toBe((noticedAt[i] ?? Number.NaN) - signal.dueAt)
          expect(looks.some((at) => at >= signal.dueAt && at < signal.dueAt + signal.lateByMs)).toBe(false)
        })
      }),
    )
  })

  it('shows the time a tick counter shows, whether looked at once or many times', () => {
    fc.assert(
      fc.property(shortPlan, anyCommands, anyLooks, fc.integer({ min: 0, max: 600 }), (plan, commands, looks, at) => {
        const until = startThen(commands.filter((c) => c.at <= at))
        const once = snapshot(play(plan, until, [], at).state, at)
        const many = snapshot(play(plan, until, looks, at).state, at)
        const counted = countThrough(plan, until, at)
        expect(many).toEqual(once)
        expect(once).toMatchObject({
          status: counted.status,
          phase: counted.phase,
          remainingMs: counted.remainingMs,
          pausedMs: counted.pausedMs,
          elapsedInEncounterMs: counted.encounterMs,
        })
      }),
      { numRuns: 300 },
    )
  })

  it('runs for exactly its plan and the time granted, with every pause credited', () => {
    fc.assert(
      fc.property(shortPlan, passiveCommands, anyLooks, (plan, commands, looks) => {
        const resumeAtLast: Timed = { at: 201, command: { kind: 'resume' } }
        const { state } = play(plan, startThen([...commands, resumeAtLast]), looks, end)
        const plannedMs = plan.phases.reduce((sum, phase) => sum + phase.durationMs, 0)
        expect(state.status).toBe('finished')
        if (state.status === 'finished') {
          expect(state.finishedAt - state.startedAt).toBe(plannedMs + state.extraMs + state.pausedMs)
        }
      }),
    )
  })

  it('has nothing to say before the next due instant, and something at it', () => {
    fc.assert(
      fc.property(shortPlan, anyCommands, fc.integer({ min: 0, max: 300 }), (plan, commands, at) => {
        const { state } = play(plan, startThen(commands.filter((c) => c.at <= at)), [], at)
        const due = nextDue(state)
        expect(due === null).toBe(state.status !== 'running')
        if (due === null) return
        expect(due).toBeGreaterThan(at)
        expect(advance(state, due - 1).signals).toEqual([])
        expect(advance(state, due).signals.length).toBeGreaterThan(0)
      }),
    )
  })

  it('can always be stored and sent', () => {
    fc.assert(
      fc.property(shortPlan, anyCommands, fc.integer({ min: 0, max: 300 }), (plan, commands, at) => {
        const { state, signals } = play(plan, startThen(commands.filter((c) => c.at <= at)), [], at)
        expect(clockStateSchema.parse(JSON.parse(JSON.stringify(state)))).toEqual(state)
        expect(() => clockSnapshotSchema.parse(snapshot(state, at))).not.toThrow()
        signals.forEach((signal) => expect(clockSignalSchema.parse(signal)).toEqual(signal))
      }),
    )
  })

  it('comes back from a crash as if never interrupted, wherever the wall clock was set meanwhile', () => {
    fc.assert(
      fc.property(
        shortPlan,
        anyCommands,
        fc.record({ savedAt: fc.integer({ min: 0, max: 300 }), goneMs: fc.integer({ min: 0, max: 300 }) }),
        fc.record({ mono: fc.integer({ min: -1e9, max: 1e9 }), wall: fc.integer({ min: -1e11, max: 1e11 }) }),
        (plan, commands, { savedAt, goneMs }, jump) => {
          const before = startThen(commands.filter((c) => c.at <= savedAt))
          const { state } = play(plan, before, [], savedAt)
          const stored = clockStateSchema.parse(JSON.parse(JSON.stringify(state)))
          const back = savedAt + goneMs
          const shift = jump.mono - back
          const restored = restore(
            { state: stored, at: { monoMs: savedAt, wallMs: 1e12, uptimeMs: 7000, bootId: 'boot' } },
            { monoMs: jump.mono, wallMs: 1e12 + jump.wall, uptimeMs: 7000 + goneMs, bootId: 'boot' },
          )
          expect(restored.elapsed.wallSkewMs).toBe(jump.wall - goneMs)
          expect(snapshot(restored.state, jump.mono)).toEqual(snapshot(state, back))
          const shifted = (signal: ClockSignal) => ({ ...signal, dueAt: signal.dueAt + shift })
          expect(advance(restored.state, end + shift).signals).toEqual(advance(state, end).signals.map(shifted))
        },
      ),
    )
  })
})
