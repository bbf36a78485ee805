import { phaseSchema, phaseSeconds, type Phase, type TimingPlan } from '../domain/timing.ts'

/** What one station clock runs through, in milliseconds. */
export type ClockPlan = {
  /** In the order in which they run; never empty, no phase twice. */
  phases: { phase: Phase; durationMs: number }[]
  /** In the order in which they fall due. */
  warnings: { phase: Phase; remainingMs: number }[]
}

/**
 * The plan of one encounter's clock. Phases of 0 seconds are left out.
 * `extraTimePercent` (a candidate's accommodation) lengthens the encounter phase only, rounded up to a whole second so
 * that nobody gets less than was granted. Warnings count from the end of their phase, so extra time moves them along.
 */
export function clockPlan(timing: TimingPlan, extraTimePercent: number): ClockPlan {
  const lengthMs = (phase: Phase): number => {
    const seconds = phaseSeconds(timing, phase)
    const extraSeconds = phase === 'encounter' ? Math.ceil((seconds * extraTimePercent) / 100) : 0
    return (seconds + extraSeconds) * 1000
  }
  const phases = phaseSchema.options
    .map((phase) => ({ phase, durationMs: lengthMs(phase) }))
    .filter(({ durationMs }) => durationMs > 0)
  return {
    phases,
    warnings: phases.flatMap(({ phase, durationMs }) =>
      [...new Set(timing.warnings.filter((w) => w.phase === phase).map((w) => w.remainingSeconds * 1000))]
        .filter((remainingMs) => remainingMs < durationMs)
        .sort((a, b) => b - a)
        .map((remainingMs) => ({ phase, remainingMs })),
    ),
  }
}
