import { expect, test, vi } from 'vitest'
import { eventually } from '#tests/support/eventually.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { encounterView } from '#tests/support/screen-encounter.ts'
import { openSheet } from './support.ts'

test('nothing can be marked before somebody has compared the number with the badge', async () => {
  const { screen, bridge, id } = await openSheet((id) => encounterView(id, 'scheduled'), {
    'encounter.confirmIdentity': (event) => encounterView(event.encounterId).record,
  })
  expect(screen.text()).toContain('1017')
  expect(screen.has(/named it/)).toBe(false)
  await screen.key('4')
  expect(bridge.inputsOf('rating.record')).toEqual([])

  await screen.press('This is 1017')
  expect(bridge.inputsOf('encounter.confirmIdentity')).toMatchObject([{ encounterId: id }])
  await screen.key('4')
  expect(bridge.inputsOf('rating.record')).toMatchObject([{ value: 4 }])
})

test('what the director changes while the sheet is open stands on it: extra time, and the clock with it', async () => {
  const { screen, bridge, id } = await openSheet((id) => encounterView(id, 'scheduled'))
  const before = encounterView(id, 'scheduled')
  bridge.answer({
    'encounter.open': {
      ...before,
      candidate: { ...before.candidate, extraTimePercent: 25 },
      clock: { ...before.clock, remainingMs: 600_000 },
    },
    'encounter.confirmIdentity': (event) => encounterView(event.encounterId).record,
  })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  bridge.emit('exam.changed', { examId: before.slot.examId })
  await vi.advanceTimersByTimeAsync(2000)
  await screen.settle()
  expect(screen.text()).toContain('25% extra time')
  await screen.press('This is 1017')
  expect(document.querySelector('[role="timer"]')?.textContent).toContain('10:00')
})

test('a refused absence is forgotten with its dialog', async () => {
  const { screen } = await openSheet((id) => encounterView(id, 'scheduled'), {
    'encounter.declareAbsent': refused('storage-full'),
  })
  await screen.press('Nobody came')
  await screen.press('Unwell')
  await screen.press('Declare absent')
  expect(screen.text()).toContain('The disk is full.')
  await screen.press('Cancel')
  await screen.press('Nobody came')
  expect(screen.text()).not.toContain('The disk is full.')
})

test('a candidate who did not come is declared absent with a reason', async () => {
  const { screen, bridge } = await openSheet((id) => encounterView(id, 'scheduled'), {
    'encounter.declareAbsent': (event) => encounterView(event.encounterId, 'absent').record,
  })
  await screen.press('Nobody came')
  expect(screen.find('Declare absent')).toHaveProperty('disabled', true)
  await screen.press('Unwell')
  await screen.press('Declare absent')
  expect(bridge.inputsOf('encounter.declareAbsent')).toMatchObject([{ reason: 'Unwell' }])
  expect(screen.text()).toContain('Candidate 1017 is declared absent')
})

test('the sheet of the wrong candidate leads back to the door from its menu', async () => {
  const { screen, bridge, id } = await openSheet(undefined, {
    'encounter.withdrawIdentity': ({ encounterId }) => encounterView(encounterId, 'scheduled').record,
  })
  await screen.press('More deeds')
  await screen.press('This was not 1017')
  bridge.answer({ 'encounter.open': encounterView(id, 'scheduled') })
  await screen.press('Take the confirmation back')
  expect(bridge.inputsOf('encounter.withdrawIdentity')).toMatchObject([{ encounterId: id }])
  await eventually(() => expect(screen.text()).toContain('Is this the number on the badge?'))
  expect(screen.has('Nobody came')).toBe(true)
})

test('while marks stand the confirmation stays, and the sheet says what to do first', async () => {
  const { screen, bridge } = await openSheet(undefined, {
    'encounter.withdrawIdentity': refused('encounter-has-marks'),
  })
  await screen.press('More deeds')
  await screen.press('This was not 1017')
  await screen.press('Take the confirmation back')
  expect(screen.text()).toContain('Marks stand on this sheet')
  expect(bridge.inputsOf('encounter.withdrawIdentity')).toHaveLength(1)
})

test('nor is it taken back while a mark is not on disk: it would come to stand at the right candidate', async () => {
  const { screen, bridge } = await openSheet(undefined, { 'rating.record': refused('storage-full') })
  await screen.key('4')
  await screen.press('More deeds')
  await screen.press('This was not 1017')
  await screen.press('Take the confirmation back')
  expect(screen.text()).toContain('Marks stand on this sheet')
  expect(bridge.inputsOf('encounter.withdrawIdentity')).toEqual([])
})
