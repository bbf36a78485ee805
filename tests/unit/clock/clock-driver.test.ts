import { describe, expect, it } from 'vitest'
import { createClockDriver } from '#electron/services/encounter/clock-driver.ts'
import type { ClockPlan } from '#shared/clock/plan.ts'
import { readyClock, type ClockCommand, type ClockSignal, type ClockState } from '#shared/clock/state.ts'
import { encounterIdSchema, type EncounterId } from '#shared/domain/ids.ts'

const plan: ClockPlan = {
  phases: [
    { phase: 'reading', durationMs: 5000 },
    { phase: 'encounter', durationMs: 60_000 },
  ],
  warnings: [{ phase: 'encounter', remainingMs: 10_000 }],
}
const first = encounterIdSchema.parse('first')
const second = encounterIdSchema.parse('second')

/** Time moved by hand; timers fire only while it runs, as they do on a machine that may sleep. */
function bench() {
  let now = 0
  let nextHandle = 0
  const timers = new Map<number, { at: number; look: () => void }>()
  const waits: number[] = []
  const heard: { id: EncounterId; signal: ClockSignal }[] = []
  const stored: { id: EncounterId; state: ClockState }[] = []
  const errors: unknown[] = []
  const faults = { store: false, sound: false }
  const driver = createClockDriver<number>({
    now: () => now,
    setTimer: (look, ms) => {
      waits.push(ms)
      timers.set(++nextHandle, { at: now + ms, look })
      return nextHandle
    },
    clearTimer: (handle) => timers.delete(handle),
    onSignal: (id, signal) => {
      if (faults.sound) throw new Error('no sound')
      heard.push({ id, signal })
    },
    onChange: (id, state) => {
      if (faults.store) throw new Error('disk full')
      expect(driver.get(id)).toEqual(state)
      stored.push({ id, state })
    },
    onError: (_id, error) => errors.push(error),
  })
  const command = (id: EncounterId, order: ClockCommand) =>
    driver.command(id, order, (state) => {
      if (faults.store) throw new Error('disk full')
      stored.push({ id, state })
    })
  const fireUntil = (end: number): void => {
    for (;;) {
      const next = [...timers].sort((a, b) => a[1].at - b[1].at)[0]
      if (next === undefined || next[1].at > end) return
      timers.delete(next[0])
      now = Math.max(now, next[1].at)
      next[1].look()
    }
  }
  return {
    driver,
    command,
    faults,
    waits,
    heard,
    stored,
    errors,
    timers,
    run: (ms: number) => {
      const end = now + ms
      fireUntil(end)
      now = end
    },
    sleep: (ms: number) => {
      now += ms
    },
    kinds: (id: EncounterId) => heard.filter((h) => h.id === id).map((h) => h.signal.kind),
    lastStored: (id: EncounterId) => stored.findLast((s) => s.id === id)?.state ?? null,
  }
}

describe('the driver of the station clocks', () => {
  it('gives every signal of several clocks on time', () => {
    const b = bench()
    b.driver.add(first, readyClock(plan))
    b.driver.add(second, readyClock(plan))
    b.command(first, { kind: 'start' })
    b.run(1300)
    b.command(second, { kind: 'start' })
    b.run(70_000)
    const all = ['phase-started', 'phase-ended', 'phase-started', 'warning', 'phase-ended', 'finished']
    expect(b.kinds(first)).toEqual(all)
    expect(b.kinds(second)).toEqual(all)
    expect(b.heard.every(({ signal }) => signal.lateByMs === 0)).toBe(true)
  })

  it('holds one timer, never set for longer than a second, and none while no clock runs', () => {
    const b = bench()
    b.driver.add(first, readyClock(plan))
    b.driver.add(second, readyClock(plan))
    expect(b.timers.size).toBe(0)
    b.command(first, { kind: 'start' })
    b.command(second, { kind: 'start' })
    expect(b.timers.size).toBe(1)
    b.run(20_000)
    expect(b.timers.size).toBe(1)
    expect(Math.max(...b.waits)).toBe(1000)
    b.command(first, { kind: 'pause' })
    b.command(second, { kind: 'finish' })
    expect(b.timers.size).toBe(0)
  })

  it('gives what a sleep swallowed within a second of waking, or at once when told of the waking', () => {
    const b = bench()
    b.driver.add(first, readyClock(plan))
    b.command(first, { kind: 'start' })
    b.sleep(56_000)
    b.driver.advance()
    expect(b.heard.map(({ signal }) => `${signal.kind} ${signal.lateByMs}`)).toEqual([
      'phase-started 0',
      'phase-ended 51000',
      'phase-started 51000',
      'warning 1000',
    ])
    b.sleep(3_600_000)
    b.run(1000)
    expect(b.kinds(first).slice(-2)).toEqual(['phase-ended', 'finished'])
  })

  it('hands over the state to be stored after every command, warning and phase', () => {
    const b = bench()
    b.driver.add(first, readyClock(plan))
    expect(b.stored).toEqual([])
    b.command(first, { kind: 'start' })
    expect(b.lastStored(first)).toMatchObject({ status: 'running', phaseIndex: 0 })
    b.run(5000)
    expect(b.lastStored(first)).toMatchObject({ status: 'running', phaseIndex: 1 })
    b.command(first, { kind: 'pause', reason: 'fire alarm' })
    expect(b.lastStored(first)).toMatchObject({ status: 'paused', pause: { reason: 'fire alarm' } })
    b.command(first, { kind: 'resume' })
    b.run(50_000)
    expect(b.lastStored(first)?.warnings).toEqual([{ phase: 'encounter', remainingMs: 10_000, given: true }])
    b.run(10_000)
    expect(b.lastStored(first)).toMatchObject({ status: 'finished' })
  })

  it('hands over nothing for a refused command, and answers with the reason', () => {
    const b = bench()
    b.driver.add(first, readyClock(plan))
    expect(b.command(first, { kind: 'pause' })).toEqual({ ok: false, code: 'clock-not-started' })
    expect(b.stored).toEqual([])
  })

  it('does not carry out a command that could not be stored', () => {
    const b = bench()
    b.driver.add(first, readyClock(plan))
    b.command(first, { kind: 'start' })
    b.faults.store = true
    expect(() => b.command(first, { kind: 'pause' })).toThrow('disk full')
    expect(b.driver.get(first)).toMatchObject({ status: 'running' })
    b.faults.store = false
    b.run(65_000)
    expect(b.kinds(first).at(-1)).toBe('finished')
  })

  it('runs on, and says so, when storing or sounding fails as time passes', () => {
    const b = bench()
    b.driver.add(first, readyClock(plan))
    b.command(first, { kind: 'start' })
    b.faults.store = true
    b.faults.sound = true
    b.run(5000)
    expect(b.errors).toEqual([new Error('disk full'), new Error('no sound'), new Error('no sound')])
    expect(b.driver.get(first)).toMatchObject({ phaseIndex: 1, encounterStartedMs: 5000 })
    b.faults.store = false
    b.faults.sound = false
    b.run(60_000)
    expect(b.kinds(first).slice(-3)).toEqual(['warning', 'phase-ended', 'finished'])
  })

  it('takes in a clock that was restored, with what fell due meanwhile', () => {
    const before = bench()
    before.driver.add(first, readyClock(plan))
    before.command(first, { kind: 'start' })
    const state = before.driver.get(first)
    if (state === null) throw new Error('the clock is gone')
    const after = bench()
    after.sleep(7000)
    after.driver.add(first, state)
    expect(after.kinds(first)).toEqual(['phase-ended', 'phase-started'])
    expect(after.driver.get(first)).toMatchObject({ phaseIndex: 1, encounterStartedMs: 5000 })
  })

  it('refuses a second clock for an encounter, so that a stale one never replaces one that runs', () => {
    const b = bench()
    b.driver.add(first, readyClock(plan))
    expect(() => b.driver.add(first, readyClock(plan))).toThrow('first')
  })

  it('lets go of a clock that has finished, by itself, by an order or after one that it refuses; and of all', () => {
    const b = bench()
    b.driver.add(first, readyClock(plan))
    b.driver.add(second, readyClock(plan))
    b.command(first, { kind: 'start' })
    b.command(second, { kind: 'start' })
    expect([b.driver.any('running'), b.driver.any('paused')]).toEqual([true, false])
    b.command(first, { kind: 'finish' })
    expect([b.driver.get(first), b.command(first, { kind: 'pause' })]).toEqual([null, null])
    b.driver.add(first, b.lastStored(first) ?? readyClock(plan))
    expect(b.command(first, { kind: 'pause' })).toEqual({ ok: false, code: 'clock-finished' })
    expect(b.driver.get(first)).toBeNull()
    b.run(65_000)
    expect(b.kinds(second).at(-1)).toBe('finished')
    expect(b.driver.get(second)).toBeNull()
    expect(b.timers.size).toBe(0)

    b.driver.add(first, readyClock(plan))
    b.driver.dispose()
    expect(b.driver.get(first)).toBeNull()
  })
})
