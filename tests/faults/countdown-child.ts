import type { ClockSignal } from '#shared/clock/state.ts'
import { readyClock } from '#shared/clock/state.ts'
import { snapshot } from '#shared/clock/snapshot.ts'
import { encounterIdSchema } from '#shared/domain/ids.ts'
import { createClockDriver } from '#electron/services/encounter/clock-driver.ts'
import { createMonotonicClock } from '#electron/services/encounter/monotonic-clock.ts'

/** Run as a process of its own: one station clock as the host drives it, which tells what it gives and what is left. */
const id = encounterIdSchema.parse('encounter')
const clock = createMonotonicClock()
const signals: ClockSignal[] = []
const driver = createClockDriver<ReturnType<typeof setTimeout>>({
  now: clock.now,
  setTimer: (look, ms) => setTimeout(look, ms),
  clearTimer: clearTimeout,
  onChange: () => undefined,
  onSignal: (_id, signal) => {
    signals.push(signal)
  },
  onError: (_id, error) => {
    throw error
  },
})
driver.add(
  id,
  readyClock({
    phases: [
      { phase: 'reading', durationMs: 2000 },
      { phase: 'encounter', durationMs: 60_000 },
    ],
    warnings: [{ phase: 'encounter', remainingMs: 57_000 }],
  }),
)
driver.command(id, { kind: 'start' }, () => undefined)
process.on('message', () => {
  const state = driver.get(id)
  if (!state) return
  const { phase, remainingMs } = snapshot(state, clock.now())
  process.send?.({ phase, remainingMs, signals })
})
process.send?.('started')
