import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextLook, placeInEncounter, readClock } from '#shared/clock/clock-reading.ts'
import type { ClockPlan } from '#shared/clock/plan.ts'
import { snapshot } from '#shared/clock/snapshot.ts'
import { readyClock } from '#shared/clock/state.ts'
import { applyCommand } from '#shared/clock/station-clock.ts'
import type { ClockCommand, ClockState } from '#shared/clock/state.ts'

const plan: ClockPlan = {
  phases: [
    { phase: 'reading', durationMs: 60_000 },
    { phase: 'encounter', durationMs: 480_000 },
    { phase: 'changeover', durationMs: 60_000 },
  ],
  warnings: [{ phase: 'encounter', remainingMs: 60_000 }],
}

function told(state: ClockState, command: ClockCommand, now: number): ClockState {
  const outcome = applyCommand(state, command, now)
  if (!outcome.ok) throw new Error(outcome.code)
  return outcome.state
}

const shown = (state: ClockState, takenAt: number, lookedAt: number) => {
  const { status, phase, remainingMs, elapsedInEncounterMs, pausedMs } = readClock(
    snapshot(state, takenAt),
    lookedAt - takenAt,
  )
  return { status, phase, remainingMs, elapsedInEncounterMs, pausedMs }
}
const asTheHostSays = (state: ClockState, at: number) => {
  const { status, phase, remainingMs, elapsedInEncounterMs, pausedMs } = snapshot(state, at)
  return { status, phase, remainingMs, elapsedInEncounterMs, pausedMs }
}

test('between two answers the screen shows what the host would say, through every phase to the end', () => {
  const running = told(readyClock(plan), { kind: 'start' }, 0)
  fc.assert(
    fc.property(fc.nat(600_500), fc.nat(600_500), (takenAt, later) => {
      const lookedAt = takenAt + later
      // Exactly at a deadline the host has not moved on yet; the next millisecond settles it.
      fc.pre(![60_000, 540_000, 600_000].includes(takenAt) && ![60_000, 540_000, 600_000].includes(lookedAt))
      expect(shown(running, takenAt, lookedAt)).toEqual(asTheHostSays(running, lookedAt))
    }),
  )
})

test.each([
  ['before the clock is started', null, 0, null],
  ['while the candidate reads', 0, 59_000, null],
  ['the moment the door opens', 0, 60_000, 0],
  ['in the encounter', 0, 90_000, 30_000],
  ['in the changeover', 0, 550_000, 490_000],
  ['after the clock has finished', 0, 700_000, 540_000],
])('%s the place of a mark is told', (_when, startedAt, now, place) => {
  const state = startedAt === null ? readyClock(plan) : told(readyClock(plan), { kind: 'start' }, startedAt)
  const taken = snapshot(state, 0)
  expect(placeInEncounter(readClock(taken, now), taken)).toBe(place)
})

test('a paused clock stands still while its pause grows', () => {
  const paused = told(told(readyClock(plan), { kind: 'start' }, 0), { kind: 'pause' }, 90_000)
  expect(shown(paused, 100_000, 130_000)).toEqual({
    status: 'paused',
    phase: 'encounter',
    remainingMs: 450_000,
    elapsedInEncounterMs: 30_000,
    pausedMs: 40_000,
  })
})

test('a clock that was not started shows its first phase whole', () => {
  expect(shown(readyClock(plan), 0, 5000)).toMatchObject({ status: 'ready', phase: 'reading', remainingMs: 60_000 })
})

test('the screen looks again when the second changes, and not at all while nothing moves', () => {
  const running = told(readyClock(plan), { kind: 'start' }, 0)
  expect(nextLook(readClock(snapshot(running, 0), 300))).toBe(700)
  expect(nextLook(readClock(snapshot(running, 0), 1000))).toBe(1000)
  expect(nextLook(readClock(snapshot(readyClock(plan), 0), 300))).toBeNull()
})
