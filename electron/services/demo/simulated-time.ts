import type { MonotonicClock } from '#electron/services/encounter/monotonic-clock.ts'

/** Time that stands still until it is moved; it never goes back. */
export type SimulatedTime = { clock: MonotonicClock; wallClock: () => number; moveTo(wallMs: number): void }

export function createSimulatedTime(startWallMs: number): SimulatedTime {
  let wallMs = startWallMs
  const now = () => wallMs - startWallMs
  return {
    clock: { now, reading: () => ({ monoMs: now(), wallMs, uptimeMs: now(), bootId: 'simulated' }) },
    wallClock: () => wallMs,
    moveTo: (next) => {
      wallMs = Math.max(wallMs, Math.round(next))
    },
  }
}
