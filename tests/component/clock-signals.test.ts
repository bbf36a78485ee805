import { beforeEach, expect, test } from 'vitest'
import App from '#renderer/App.vue'
import type { ClockSnapshot } from '#shared/clock/snapshot.ts'
import { useSignals } from '#renderer/ui/use-signals.ts'
import { openScreen, type Screen } from '#tests/support/screen.ts'
import { encounterView, examHost, freshEncounterId, spSession } from '#tests/support/screen-encounter.ts'
import type { Answers, FakeBridge } from '#tests/support/fake-bridge.ts'

const id = freshEncounterId()
const running = encounterView(id).clock
const warned: ClockSnapshot = {
  ...running,
  remainingMs: 48_000,
  warnings: running.warnings.map((warning) => ({ ...warning, given: true })),
}

beforeEach(() => {
  localStorage.clear()
  useSignals().flash.value = null
})

async function open(at: string, answers: Answers = {}): Promise<{ screen: Screen; bridge: FakeBridge }> {
  const bridge = examHost({ 'clock.get': running, ...answers })
  return { bridge, screen: await openScreen(App, { bridge, at }) }
}

/** The encounter begins, and the window hears of it. */
async function begin({ screen, bridge }: Awaited<ReturnType<typeof open>>): Promise<void> {
  bridge.emit('clock.changed', { encounterId: id, clock: running })
  bridge.emit('clock.signalled', {
    encounterId: id,
    kind: 'phase-started',
    phase: 'encounter',
    remainingMs: null,
    lateByMs: 0,
  })
  await screen.settle()
}

test.each([
  ['with the list of the day', '/examiner', {}],
  ['with the SP’s form on a device that is lent', '/', { 'session.get': spSession(id) }],
] satisfies [string, string, Answers][])('a signal of the own station is heard %s', async (_where, at, answers) => {
  const window = await open(at, answers)
  await begin(window)
  expect(window.screen.text()).toContain('Encounter begins')
})

test('what fell due while events did not reach the window is made up for when they flow again, once', async () => {
  const window = await open('/examiner')
  await begin(window)
  window.bridge.connection(false)
  window.bridge.answer({ 'clock.get': warned })
  window.bridge.connection(true)
  await window.screen.settle()
  expect(window.screen.text()).toContain('1:00 left (0:12 ago)')
  window.bridge.answer({ 'clock.get': { ...warned, remainingMs: 40_000 } })
  window.bridge.connection(true)
  await window.screen.settle()
  expect(window.screen.text()).not.toContain('(0:20 ago)')
})

test('what fell due while the app was down is made up for by the page that is opened then', async () => {
  const window = await open('/examiner')
  await begin(window)
  const over: ClockSnapshot = { ...running, status: 'finished', phase: null, remainingMs: 0, overMs: 25_000 }
  const { screen } = await open('/examiner', { 'clock.get': over })
  expect(screen.text()).toContain('Encounter is over (0:25 ago)')
  expect(localStorage.getItem('attune.clocks/examiner-1') ?? '[]').not.toContain(id)
})

test('nobody is told in the morning of a clock that finished the evening before', async () => {
  await begin(await open('/examiner'))
  const over: ClockSnapshot = { ...running, status: 'finished', phase: null, remainingMs: 0, overMs: 36_000_000 }
  const { screen } = await open('/examiner', { 'clock.get': over })
  expect(screen.text()).not.toContain('is over')
})
