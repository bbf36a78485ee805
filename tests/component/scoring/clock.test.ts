import { expect, test, vi } from 'vitest'
import { refused } from '#tests/support/fake-bridge.ts'
import { encounterView, freshEncounterId } from '#tests/support/screen-encounter.ts'
import { openSheet } from './support.ts'

const clockOf = (over: Partial<ReturnType<typeof encounterView>['clock']> = {}) => ({
  ...encounterView(freshEncounterId()).clock,
  ...over,
})
const clock = () => document.querySelector('[role="timer"]')

test('the clock shows what is left and of what, and goes on without asking', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
  const { screen, bridge } = await openSheet()
  expect(clock()?.textContent).toMatch(/Encounter\s*6:00/)
  vi.advanceTimersByTime(2100)
  await screen.settle()
  expect(clock()?.textContent).toContain('5:58')
  expect(bridge.inputsOf('clock.get')).toEqual([])
})

test('the last minute of the encounter is told apart', async () => {
  await openSheet((id) => ({
    ...encounterView(id),
    clock: clockOf({ remainingMs: 59_000, elapsedInEncounterMs: 421_000 }),
  }))
  expect(clock()?.classList).toContain('last-minute')
})

test('the clock is started, paused and goes on with one touch each', async () => {
  const { screen, bridge } = await openSheet(
    (id) => ({
      ...encounterView(id),
      clock: clockOf({ status: 'ready', phase: 'reading', remainingMs: 60_000, elapsedInEncounterMs: 0 }),
    }),
    {
      'clock.command': ({ command }) => clockOf({ status: command.kind === 'pause' ? 'paused' : 'running' }),
    },
  )
  await screen.press('Start the clock')
  await screen.press('Pause the clock')
  expect(clock()?.textContent).toContain('paused')
  await screen.press('Go on')
  expect(bridge.inputsOf('clock.command')).toMatchObject([
    { command: { kind: 'start' } },
    { command: { kind: 'pause' } },
    { command: { kind: 'resume' } },
  ])
})

test('extra time is given to the phase on the screen; ending a phase is asked twice', async () => {
  const { screen, bridge } = await openSheet(undefined, { 'clock.command': clockOf({ extraMs: 60_000 }) })
  await screen.press('Extra time, end of phase')
  await screen.press('+1 min')
  expect(clock()?.textContent).toContain('1:00 added')
  await screen.press('End this phase: Encounter')
  expect(bridge.inputsOf('clock.command')).toHaveLength(1)
  await screen.press('End it now')
  expect(bridge.inputsOf('clock.command')).toMatchObject([
    { command: { kind: 'extend', phase: 'encounter', ms: 60_000 } },
    { command: { kind: 'next-phase', phase: 'encounter' } },
  ])
})

test('extra time whose answer got lost is asked for again as the same event, and the next minute is another', async () => {
  const { screen, bridge } = await openSheet(undefined, { 'clock.command': refused('host-unreachable') })
  await screen.press('Extra time, end of phase')
  await screen.press('+1 min')
  bridge.answer({ 'clock.command': clockOf({ extraMs: 60_000 }) })
  await screen.press('+1 min')
  await screen.press('+1 min')
  const ids = (bridge.inputsOf('clock.command') as { eventId: string }[]).map(({ eventId }) => eventId)
  expect(ids[1]).toBe(ids[0])
  expect(ids[2]).not.toBe(ids[0])
})

test('after a restart the time away can be given back, once', async () => {
  const away = { ms: 42_000, lost: { phase: 'encounter' as const, ms: 42_000 } }
  const { screen, bridge } = await openSheet((id) => ({ ...encounterView(id), away }), {
    'clock.command': clockOf(),
  })
  expect(screen.text()).toContain('The app was away 0:42; the clock ran on.')
  await screen.press('Give back 0:42')
  expect(bridge.inputsOf('clock.command')).toMatchObject([
    { command: { kind: 'give-back', phase: 'encounter', ms: 42_000 } },
  ])
  expect(screen.text()).not.toContain('The app was away')
})

test('lost time is left as it is once the host has taken that', async () => {
  const away = { ms: 42_000, lost: { phase: 'encounter' as const, ms: 42_000 } }
  const { screen, bridge, id } = await openSheet((id) => ({ ...encounterView(id), away }), {
    'clock.leaveLost': refused('storage-full'),
  })
  await screen.press('Leave it so')
  expect(screen.text()).toContain('The app was away')
  bridge.answer({ 'clock.leaveLost': {} })
  await screen.press('Leave it so')
  expect(screen.text()).not.toContain('The app was away')
  expect(bridge.inputsOf('clock.leaveLost')).toEqual([{ encounterId: id }, { encounterId: id }])
})

test('a decision of another window about lost time is shown here', async () => {
  const away = { ms: 42_000, lost: { phase: 'encounter' as const, ms: 42_000 } }
  const { screen, bridge, id } = await openSheet((id) => ({ ...encounterView(id), away }))
  const decided = encounterView(id)
  bridge.answer({ 'encounter.open': decided })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  bridge.emit('encounter.changed', { examId: decided.slot.examId, encounterId: id })
  await vi.advanceTimersByTimeAsync(2000)
  await screen.settle()
  expect(screen.text()).not.toContain('The app was away')
})

test('time that was lost in a phase that is over leads back to that phase, from a finished clock too', async () => {
  const away = { ms: 40_000, lost: { phase: 'encounter' as const, ms: 30_000 } }
  const clock = clockOf({ status: 'finished', phase: null, remainingMs: 0 })
  const { screen, bridge } = await openSheet((id) => ({ ...encounterView(id), clock, away }), {
    'clock.command': clockOf({ remainingMs: 30_000 }),
  })
  expect(screen.text()).toContain('The app was away 0:40; the clock ran on.')
  expect(screen.text()).toContain('Encounter lost 0:30 and is over meanwhile.')
  await screen.press('Back to Encounter with 0:30 left')
  expect(bridge.inputsOf('clock.command')).toMatchObject([
    { command: { kind: 'give-back', phase: 'encounter', ms: 30_000 } },
  ])
})

test('nothing leads back to reading once the encounter has begun', async () => {
  const away = { ms: 40_000, lost: { phase: 'reading' as const, ms: 30_000 } }
  const { screen } = await openSheet((id) => ({ ...encounterView(id), away }))
  expect(screen.text()).toContain('Reading lost 0:30 and is over meanwhile.')
  expect(screen.has(/Back to Reading/)).toBe(false)
  expect(screen.has('Leave it so')).toBe(true)
})

test('a refused command says why and leaves the clock as it is', async () => {
  const { screen } = await openSheet(undefined, { 'clock.command': refused('clock-refused') })
  await screen.press('Pause the clock')
  expect(screen.text()).toContain('The clock cannot do that now.')
  expect(screen.has('Pause the clock')).toBe(true)
})

test('a warning is seen as well as heard, with how late it comes after a sleep', async () => {
  const { screen, bridge, id } = await openSheet()
  bridge.emit('clock.signalled', {
    encounterId: id,
    kind: 'warning',
    phase: 'encounter',
    remainingMs: 60_000,
    lateByMs: 12_000,
  })
  await screen.settle()
  expect(screen.text()).toContain('1:00 left (0:12 ago)')
})

test('what another window tells the clock is shown here', async () => {
  const { screen, bridge, id } = await openSheet()
  bridge.emit('clock.changed', { encounterId: id, clock: clockOf({ remainingMs: 90_000 }) })
  await screen.settle()
  expect(clock()?.textContent).toContain('1:30')
})
