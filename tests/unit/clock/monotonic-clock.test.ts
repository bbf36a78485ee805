import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMonotonicClock, readBootId, suspendedBetween } from '#electron/services/encounter/monotonic-clock.ts'

const handMoved = () => {
  const at = { steadyMs: 100.4, uptimeMs: 50_000, wallMs: 1_800_000_000_000 }
  const clock = createMonotonicClock({
    steadyMs: () => at.steadyMs,
    uptimeMs: () => at.uptimeMs,
    wallMs: () => at.wallMs,
    bootId: () => 'boot',
  })
  return { at, clock }
}

describe('suspension between two looks', () => {
  it('is what the uptime counted and the steady clock did not', () => {
    expect(suspendedBetween({ steadyMs: 0, uptimeMs: 0 }, { steadyMs: 200, uptimeMs: 90_200 })).toBe(90_000)
  })

  it('is none within the coarseness of the uptime, or when the uptime runs behind', () => {
    expect(suspendedBetween({ steadyMs: 0, uptimeMs: 0 }, { steadyMs: 1, uptimeMs: 1000 })).toBe(0)
    expect(suspendedBetween({ steadyMs: 0, uptimeMs: 9000 }, { steadyMs: 1, uptimeMs: 0 })).toBe(0)
  })
})

describe('the monotonic clock', () => {
  it('credits the time the machine was asleep, once', () => {
    const { at, clock } = handMoved()
    const before = clock.now()
    at.steadyMs += 250
    at.uptimeMs += 600_250
    expect(clock.now() - before).toBe(600_250)
    expect(clock.now() - before).toBe(600_250)
    at.steadyMs += 1000
    at.uptimeMs += 1000
    expect(clock.now() - before).toBe(601_250)
  })

  it('takes a process that was stopped between reading two clocks for no suspension', () => {
    const at = { steadyMs: 100, uptimeMs: 50_000 }
    let stopsBefore: 'steadyMs' | 'uptimeMs' | null = null
    const read = (which: 'steadyMs' | 'uptimeMs') => () => {
      if (stopsBefore === which) {
        stopsBefore = null
        at.steadyMs += 6000
        at.uptimeMs += 6000
      }
      return at[which]
    }
    const clock = createMonotonicClock({
      steadyMs: read('steadyMs'),
      uptimeMs: read('uptimeMs'),
      wallMs: () => 1_800_000_000_000 + at.uptimeMs,
      bootId: () => null,
    })
    for (const which of ['steadyMs', 'uptimeMs'] as const) {
      const before = clock.now()
      at.steadyMs += 1000
      at.uptimeMs += 1000
      stopsBefore = which
      expect(clock.now() - before).toBe(7000)
      expect(clock.reading().monoMs - before).toBe(7000)
    }
  })

  it('opens no file for a mark right after another, and still sees at once that the machine slept', () => {
    const at = { steadyMs: 100, uptimeMs: 50_000, wallMs: 1_800_000_000_000 }
    let uptimeReads = 0
    const clock = createMonotonicClock({
      steadyMs: () => at.steadyMs,
      uptimeMs: () => {
        uptimeReads += 1
        return at.uptimeMs
      },
      wallMs: () => at.wallMs,
      bootId: () => null,
    })
    const pass = (steadyMs: number, asleepMs: number) => {
      at.steadyMs += steadyMs
      at.uptimeMs += steadyMs + asleepMs
      at.wallMs += steadyMs + asleepMs
      return clock.now()
    }
    const readsBefore = uptimeReads
    const before = pass(20, 0)
    expect(pass(20, 0) - before).toBe(20)
    expect(uptimeReads).toBe(readsBefore)
    expect(pass(5, 30_000) - before).toBe(30_025)
  })

  it('takes two clocks that drift apart slowly for no suspension', () => {
    const { at, clock } = handMoved()
    const before = clock.now()
    for (let second = 0; second < 36_000; second++) {
      at.steadyMs += 1000
      at.uptimeMs += 1000.1
      clock.now()
    }
    expect(clock.now() - before).toBe(36_000_000)
  })

  it('is not moved by the wall clock', () => {
    const { at, clock } = handMoved()
    const before = clock.now()
    at.wallMs -= 86_400_000
    expect(clock.now()).toBe(before)
    expect(clock.reading()).toEqual({ monoMs: before, wallMs: at.wallMs, uptimeMs: 50_000, bootId: 'boot' })
  })

  it('never goes backwards and reads whole milliseconds, whatever its sources do', () => {
    const step = fc.record({
      steady: fc.double({ min: -50, max: 5000, noNaN: true }),
      up: fc.integer({ min: -5000, max: 99_000 }),
    })
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { at, clock } = handMoved()
        let last = clock.now()
        for (const { steady, up } of steps) {
          at.steadyMs += steady
          at.uptimeMs += up
          const now = clock.now()
          expect(Number.isInteger(now)).toBe(true)
          expect(now).toBeGreaterThanOrEqual(last)
          last = now
        }
      }),
    )
  })

  it('reads the clocks of this machine', () => {
    const clock = createMonotonicClock()
    const reading = clock.reading()
    expect(reading.wallMs).toBeGreaterThan(1_700_000_000_000)
    expect(reading.uptimeMs).toBeGreaterThan(0)
    expect(clock.now()).toBeGreaterThanOrEqual(reading.monoMs)
  })

  it('names no boot where the system has none', () => {
    expect(readBootId('/no/such/file')).toBeNull()
  })
})
