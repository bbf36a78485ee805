import { describe, expect, it } from 'vitest'
import { readyClock } from '#shared/clock/state.ts'
import { restore } from '#shared/clock/restore.ts'
import { snapshot } from '#shared/clock/snapshot.ts'
import { applyCommand } from '#shared/clock/station-clock.ts'
import { elapsedBetween, timeReadingSchema, type TimeReading } from '#shared/clock/time-reading.ts'

const hour = 3_600_000
const before: TimeReading = { monoMs: 1000, wallMs: 1_800_000_000_000, uptimeMs: hour, bootId: 'a' }
const later = (change: Partial<TimeReading>): TimeReading => ({ ...before, ...change })

describe('time between two readings', () => {
  it('follows the time since boot within one boot, whatever the wall clock says', () => {
    for (const jump of [-hour, 0, 24 * hour]) {
      const after = later({ uptimeMs: hour + 5000, wallMs: before.wallMs + 5000 + jump })
      expect(elapsedBetween(before, after)).toEqual({ elapsedMs: 5000, source: 'boot-clock', wallSkewMs: jump })
    }
  })

  it('follows the wall clock across a reboot', () => {
    const after = later({ bootId: 'b', uptimeMs: 40_000, wallMs: before.wallMs + 90_000 })
    expect(elapsedBetween(before, after)).toEqual({ elapsedMs: 90_000, source: 'wall-clock', wallSkewMs: 0 })
  })

  it('follows the wall clock where the system names no boot', () => {
    const after = later({ bootId: null, uptimeMs: hour + 60_000, wallMs: before.wallMs + 90_000 })
    expect(elapsedBetween({ ...before, bootId: null }, after)).toMatchObject({
      elapsedMs: 90_000,
      source: 'wall-clock',
    })
  })

  it('never counts less than the machine has provably been up when the wall clock was set back', () => {
    const rebooted = later({ bootId: 'b', uptimeMs: 40_000, wallMs: before.wallMs - hour })
    expect(elapsedBetween(before, rebooted)).toEqual({
      elapsedMs: 40_000,
      source: 'wall-clock',
      wallSkewMs: -hour - 40_000,
    })
    const nameless = { ...before, bootId: null }
    const stillUp = { ...nameless, uptimeMs: hour + 7000, wallMs: before.wallMs - hour }
    expect(elapsedBetween(nameless, stillUp).elapsedMs).toBe(7000)
    const upAnew = { ...nameless, uptimeMs: 3000, wallMs: before.wallMs - hour }
    expect(elapsedBetween(nameless, upAnew).elapsedMs).toBe(3000)
  })

  it('is stored strictly', () => {
    expect(timeReadingSchema.parse(before)).toEqual(before)
    expect(timeReadingSchema.safeParse({ ...before, monoMs: 0.5 }).success).toBe(false)
  })
})

describe('a clock after a restart', () => {
  const plan = { phases: [{ phase: 'encounter' as const, durationMs: 480_000 }], warnings: [] }
  const started = applyCommand(readyClock(plan), { kind: 'start' }, before.monoMs)
  if (!started.ok) throw new Error(started.code)
  const paused = applyCommand(started.state, { kind: 'pause', reason: 'patient unwell' }, before.monoMs)
  if (!paused.ok) throw new Error(paused.code)
  const rebooted = later({ monoMs: 12, bootId: 'b', uptimeMs: 20_000, wallMs: before.wallMs + 60_000 })

  it('has run on while the machine rebooted', () => {
    const { state, elapsed } = restore({ state: started.state, at: before }, rebooted)
    expect(elapsed.source).toBe('wall-clock')
    expect(snapshot(state, rebooted.monoMs)).toMatchObject({ status: 'running', remainingMs: 420_000 })
  })

  it('is still paused, and credits the time it was away', () => {
    const { state } = restore({ state: paused.state, at: before }, rebooted)
    expect(snapshot(state, rebooted.monoMs + 500)).toMatchObject({
      status: 'paused',
      remainingMs: 480_000,
      pausedMs: 60_500,
      pauseReason: 'patient unwell',
    })
  })

  it('is unchanged when it had not been started', () => {
    expect(restore({ state: readyClock(plan), at: before }, rebooted).state).toEqual(readyClock(plan))
  })
})
