import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockPlan } from '#shared/clock/plan.ts'
import type { TimingPlan } from '#shared/domain/timing.ts'

const timing: TimingPlan = {
  startsAt: '09:00',
  readingSeconds: 60,
  encounterSeconds: 480,
  feedbackSeconds: 120,
  changeoverSeconds: 30,
  warnings: [
    { phase: 'encounter', remainingSeconds: 60 },
    { phase: 'reading', remainingSeconds: 10 },
    { phase: 'encounter', remainingSeconds: 120 },
  ],
  breakEveryRounds: 0,
  breakSeconds: 0,
  circuitBreakSeconds: 0,
}

describe('the plan of a station clock', () => {
  it('runs reading, encounter, feedback and changeover, with the warnings in order of time', () => {
    expect(clockPlan(timing, 0)).toEqual({
      phases: [
        { phase: 'reading', durationMs: 60_000 },
        { phase: 'encounter', durationMs: 480_000 },
        { phase: 'feedback', durationMs: 120_000 },
        { phase: 'changeover', durationMs: 30_000 },
      ],
      warnings: [
        { phase: 'reading', remainingMs: 10_000 },
        { phase: 'encounter', remainingMs: 120_000 },
        { phase: 'encounter', remainingMs: 60_000 },
      ],
    })
  })

  it('leaves out phases of 0 seconds and the warnings that belonged to them', () => {
    const plan = clockPlan({ ...timing, readingSeconds: 0, feedbackSeconds: 0 }, 0)
    expect(plan.phases.map((p) => p.phase)).toEqual(['encounter', 'changeover'])
    expect(plan.warnings.map((w) => w.phase)).toEqual(['encounter', 'encounter'])
  })

  it('gives a warning once that is listed twice', () => {
    const twice = { phase: 'encounter' as const, remainingSeconds: 60 }
    expect(clockPlan({ ...timing, warnings: [twice, twice] }, 0).warnings).toHaveLength(1)
  })

  it('lengthens only the encounter for a candidate with extra time', () => {
    const plan = clockPlan(timing, 25)
    expect(plan.phases.map((p) => p.durationMs)).toEqual([60_000, 600_000, 120_000, 30_000])
    expect(plan.warnings).toEqual(clockPlan(timing, 0).warnings)
  })

  it('grants extra time in whole seconds, never less than the percentage and never a second more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 7200 }), fc.integer({ min: 0, max: 200 }), (encounterSeconds, percent) => {
        const plan = clockPlan({ ...timing, encounterSeconds, warnings: [] }, percent)
        const durationMs = plan.phases.find((p) => p.phase === 'encounter')?.durationMs ?? 0
        const extraSeconds = durationMs / 1000 - encounterSeconds
        expect(Number.isInteger(extraSeconds)).toBe(true)
        expect(extraSeconds * 100).toBeGreaterThanOrEqual(encounterSeconds * percent)
        expect((extraSeconds - 1) * 100).toBeLessThan(encounterSeconds * percent)
      }),
    )
  })
})
