import { EventEmitter } from 'node:events'
import { expect, it, vi } from 'vitest'
import { encounterIdSchema, examIdSchema } from '#shared/domain/ids.ts'
import { keepAwake } from '#electron/main/keep-awake.ts'
import { createEventHub } from '#electron/base/event-hub.ts'

const changed = {
  examId: examIdSchema.parse('0d9f3a52-8f5e-4a7b-9a3e-0d6b6f2f6a11'),
  encounterId: encounterIdSchema.parse('1d9f3a52-8f5e-4a7b-9a3e-0d6b6f2f6a11'),
}

function host({ running }: { running: boolean }) {
  const state = { running }
  const events = createEventHub(() => null)
  const powerSaveBlocker = { start: vi.fn(() => 41), stop: vi.fn() }
  const powerMonitor = new EventEmitter()
  const wake = vi.fn()
  keepAwake({ services: { events, clockRuns: () => state.running, wake }, powerSaveBlocker, powerMonitor })
  const clockChanges = (runs: boolean) => {
    state.running = runs
    events.publish('encounter.changed', changed)
  }
  return { powerSaveBlocker, powerMonitor, wake, clockChanges }
}

it('the screen stays on from the first clock that runs to the last', () => {
  const { powerSaveBlocker, clockChanges } = host({ running: false })
  expect(powerSaveBlocker.start).not.toHaveBeenCalled()
  clockChanges(true)
  clockChanges(true)
  expect(powerSaveBlocker.start).toHaveBeenCalledExactlyOnceWith('prevent-display-sleep')
  clockChanges(false)
  clockChanges(false)
  expect(powerSaveBlocker.stop).toHaveBeenCalledExactlyOnceWith(41)
})

it('a clock that came back after a restart keeps the screen on at once', () => {
  expect(host({ running: true }).powerSaveBlocker.start).toHaveBeenCalledOnce()
})

it('the clocks are looked at as soon as the machine wakes up', () => {
  const { powerMonitor, wake } = host({ running: true })
  expect(wake).not.toHaveBeenCalled()
  powerMonitor.emit('resume')
  expect(wake).toHaveBeenCalledOnce()
})
