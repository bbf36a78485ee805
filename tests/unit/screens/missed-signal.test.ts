import { expect, test } from 'vitest'
import { snapshot } from '#shared/clock/snapshot.ts'
import { readyClock, type ClockState } from '#shared/clock/state.ts'
import { advance, applyCommand } from '#shared/clock/station-clock.ts'
import { missedSignal } from '#renderer/clocks/missed-signal.ts'

const minute = 60_000
const ready = readyClock({
  phases: [
    { phase: 'reading', durationMs: minute },
    { phase: 'encounter', durationMs: 8 * minute },
    { phase: 'changeover', durationMs: minute },
  ],
  warnings: [{ phase: 'encounter', remainingMs: minute }],
})

/** The clock that was started at 0, looked at after so many minutes. */
function at(minutes: number) {
  const outcome = applyCommand(ready, { kind: 'start' }, 0)
  const state: ClockState = outcome.ok ? advance(outcome.state, minutes * minute).state : ready
  return snapshot(state, minutes * minute)
}

test('of a clock that only ran on nothing was missed', () => {
  expect(missedSignal(at(2), at(7.5))).toBeNull()
  expect(missedSignal(snapshot(ready, 0), snapshot(ready, minute))).toBeNull()
})

test('what was missed is the latest that was announced, with how late it is now', () => {
  const late = 0.25 * minute
  expect(missedSignal(snapshot(ready, 0), at(0.25))).toMatchObject({ kind: 'phase-started', phase: 'reading' })
  expect(missedSignal(at(0.5), at(1.25))).toMatchObject({ kind: 'phase-started', phase: 'encounter', lateByMs: late })
  expect(missedSignal(at(2), at(8.25))).toMatchObject({ kind: 'warning', remainingMs: minute, lateByMs: late })
  expect(missedSignal(at(2), at(9.25))).toMatchObject({ kind: 'phase-ended', phase: 'encounter', lateByMs: late })
  expect(missedSignal(at(2), at(10.25))).toMatchObject({ kind: 'phase-ended', phase: 'changeover', lateByMs: late })
})

test('a clock that was set back to an earlier phase announces that by itself', () => {
  expect(missedSignal(at(9.5), at(8.5))).toBeNull()
})
