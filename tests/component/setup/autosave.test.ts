import { expect, test } from 'vitest'
import { refused } from '#tests/support/fake-bridge.ts'
import { draftExam, openSetup, rest, setupHost, valueOf } from './setup-host.ts'

const SAVED = 'All changes are on disk'

test('a change is told as saved only when the host has taken it', async () => {
  const host = setupHost()
  let take: () => void = () => undefined
  host.bridge.answer({
    'exam.update': ({ fields }) =>
      new Promise((resolve) => {
        take = () => resolve({ ...host.data.exam, title: fields.title ?? '' })
      }),
  })
  const screen = await openSetup(host)
  expect(screen.text()).toContain(SAVED)
  await screen.fill('Title', 'Winter OSCE')
  expect(screen.text()).toContain('Saving…')
  await rest(screen)
  expect(host.bridge.inputsOf('exam.update')).toEqual([{ examId: 'exam-1', fields: { title: 'Winter OSCE' } }])
  expect(screen.text()).not.toContain(SAVED)
  take()
  await screen.settle()
  expect(screen.text()).toContain(SAVED)
})

test('what is typed without a pause is written once, as it ended', async () => {
  const host = setupHost()
  const screen = await openSetup(host)
  for (const title of ['W', 'Wi', 'Winter']) await screen.fill('Title', title)
  await rest(screen)
  expect(host.bridge.inputsOf('exam.update')).toEqual([{ examId: 'exam-1', fields: { title: 'Winter' } }])
})

test('what is typed while the host still writes is written after it', async () => {
  const host = setupHost()
  const open: (() => void)[] = []
  host.bridge.answer({
    'exam.update': ({ fields }) =>
      new Promise((resolve) => {
        open.push(() => resolve({ ...host.data.exam, title: fields.title ?? '' }))
      }),
  })
  const screen = await openSetup(host)
  await screen.fill('Title', 'First')
  await rest(screen)
  await screen.fill('Title', 'Second')
  open[0]?.()
  await screen.settle()
  open[1]?.()
  await screen.settle()
  expect(host.bridge.inputsOf('exam.update').map((input) => (input as { fields: object }).fields)).toEqual([
    { title: 'First' },
    { title: 'Second' },
  ])
  expect(valueOf(screen, 'Title')).toBe('Second')
  expect(screen.text()).toContain(SAVED)
})

test('a refused change says why and shows what is stored', async () => {
  const host = setupHost(draftExam(), { 'exam.update': refused('exam-has-marks') })
  const screen = await openSetup(host)
  await screen.fill('Pass mark', '75')
  await rest(screen)
  expect(screen.text()).toContain('Encounters of this exam have begun, so this can no longer be changed.')
  expect(valueOf(screen, 'Pass mark')).toBe('60')
})

test('what the disk did not take stays on the screen, is told, and can be tried again', async () => {
  const host = setupHost(draftExam(), { 'exam.update': refused('storage-full') })
  const screen = await openSetup(host)
  await screen.fill('Title', 'Winter OSCE')
  await rest(screen)
  expect(screen.text()).toContain('Not saved')
  expect(valueOf(screen, 'Title')).toBe('Winter OSCE')
  host.bridge.answer({ 'exam.update': () => ({ ...host.data.exam, title: 'Winter OSCE' }) })
  await screen.press('Try again')
  expect(screen.text()).toContain(SAVED)
})

test('an entry that cannot be right is told beside its field and never written', async () => {
  const host = setupHost()
  const screen = await openSetup(host)
  await screen.fill('Title', '  ')
  await screen.fill('Encounter', '8 minutes')
  await screen.fill('Pass mark', '101')
  await rest(screen)
  expect(screen.text()).toContain('This cannot be empty.')
  expect(screen.text()).toContain('Enter minutes and seconds, such as 8:30.')
  expect(screen.text()).toContain('At most 100.')
  expect(screen.text()).toContain('An entry is not saved')
  expect(host.bridge.inputsOf('exam.update')).toEqual([])
})

test('a warning longer than its phase is told beside it, and the plan waits until it is gone', async () => {
  const host = setupHost()
  const screen = await openSetup(host)
  await screen.fill('Encounter', '1:00')
  await rest(screen)
  expect(screen.text()).toContain('This is longer than the phase itself.')
  expect(host.bridge.inputsOf('exam.update')).toEqual([])
  await screen.press(/Remove the warning 1:00/)
  await rest(screen)
  expect(host.data.exam.timing).toMatchObject({ encounterSeconds: 60, warnings: [] })
})

test('the picture of the day follows the plan', async () => {
  const screen = await openSetup(setupHost())
  expect(screen.text()).toContain('3 rounds in one circuit, from 9:00 AM to 9:30 AM, without a break.')
  await screen.fill('Encounter', '18:00')
  expect(screen.text()).toContain('from 9:00 AM to 10:00 AM')
})

test('undo brings back what was stored before, on disk and on the screen', async () => {
  const host = setupHost()
  const screen = await openSetup(host)
  await screen.fill('Title', 'Winter OSCE')
  await rest(screen)
  expect(host.data.exam.title).toBe('Winter OSCE')
  await screen.press('Undo')
  expect(host.data.exam.title).toBe('Small exam')
  expect(valueOf(screen, 'Title')).toBe('Small exam')
  expect(screen.text()).toContain('Undone: Change of the plan')
})

test('a change made in another window shows, except in the field that is being written in', async () => {
  const host = setupHost()
  const screen = await openSetup(host)
  await screen.fill('Title', 'Mine')
  host.data = { ...host.data, exam: { ...host.data.exam, title: 'Theirs', site: 'North wing' } }
  host.bridge.answer({ 'exam.update': refused('storage-full') })
  host.bridge.emit('exam.changed', { examId: host.data.exam.id })
  await rest(screen)
  await rest(screen)
  expect(valueOf(screen, 'Place')).toBe('North wing')
  expect(valueOf(screen, 'Title')).toBe('Mine')
})

test('leaving with something that is not saved is asked first', async () => {
  const host = setupHost()
  const screen = await openSetup(host)
  await screen.fill('Title', '')
  await rest(screen)
  await screen.press(/^Stations/)
  expect(screen.text()).toContain('Go on without saving?')
  expect(screen.router.currentRoute.value.params['section']).toBe('plan')
  await screen.press('Go on without it')
  expect(screen.router.currentRoute.value.params['section']).toBe('stations')
})

test('what waits to be saved is saved before the screen is left', async () => {
  const host = setupHost()
  const screen = await openSetup(host)
  await screen.fill('Title', 'Winter OSCE')
  await screen.press(/^Stations/)
  expect(host.data.exam.title).toBe('Winter OSCE')
  expect(screen.router.currentRoute.value.params['section']).toBe('stations')
})

test('once encounters have begun, timing and pass rule are locked and the reason is given', async () => {
  const screen = await openSetup(setupHost(draftExam({ hasMarks: true })))
  expect(screen.text()).toContain('Timing and pass rule stay as they are')
  for (const name of ['Encounter', 'Pass mark']) expect(screen.find(name)).toHaveProperty('disabled', true)
  expect(screen.find('Title')).toHaveProperty('disabled', false)
})

test('an exam that is not there says so and leads to the start', async () => {
  const screen = await openSetup(setupHost(draftExam(), { 'exam.get': refused('unknown-exam') }))
  expect(screen.text()).toContain('There is no such exam in this installation.')
  expect(screen.has('To the start screen')).toBe(true)
})
