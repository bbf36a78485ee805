import { beforeEach, expect, test, vi } from 'vitest'
import App from '#renderer/App.vue'
import type { ScheduleRow } from '#shared/contract/parts/encounters.ts'
import { eventually } from '#tests/support/eventually.ts'
import { refused, type Answers } from '#tests/support/fake-bridge.ts'
import { openScreen, type Screen } from '#tests/support/screen.ts'
import { encounterView, examHost, freshEncounterId } from '#tests/support/screen-encounter.ts'

const row = (candidateNumber: string, startsAtSecond: number, over: Partial<ScheduleRow> = {}): ScheduleRow => ({
  slot: { ...encounterView(freshEncounterId()).slot, round: 1, startsAtSecond },
  stationNumber: 3,
  stationTitle: 'A bereavement visit',
  candidateNumber,
  candidateName: `Name of ${candidateNumber}`,
  status: 'scheduled',
  openItems: 0,
  spStatus: 'open',
  ...over,
})

const openDay = async (schedule: ScheduleRow[], answers: Answers = {}) => {
  const bridge = examHost({ 'encounter.schedule': schedule, ...answers })
  return { bridge, screen: await openScreen(App, { bridge, at: '/examine' }) }
}

beforeEach(() => {
  // The exam's day, 10:20:30 local time.
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 10, 14, 10, 20, 30) })
})
test('the candidate who comes next stands large, with the time until the door opens', async () => {
  const { screen } = await openDay([
    row('1018', 37_440),
    row('1016', 36_000, { status: 'submitted' }),
    row('1019', 38_000),
  ])
  expect(screen.text()).toMatch(/Next at the door ?1018 ?Name of 1018 ?Station 3: A bereavement visit/)
  expect(document.querySelector('[role="timer"]')?.textContent).toContain('3:30')
})

test('a start that has passed says by how much', async () => {
  const { screen } = await openDay([row('1018', 37_200)])
  expect(screen.text()).toContain('0:30 ago')
})

test('on another day than the exam’s there is a date and no countdown', async () => {
  vi.setSystemTime(new Date(2026, 10, 13, 10, 0))
  const { screen } = await openDay([row('1018', 37_440)])
  expect(document.querySelector('[role="timer"]')).toBeNull()
  expect(screen.text()).toMatch(/Planned for .*2026/)
})

test('what was left open comes first, with how much is missing and one way back in', async () => {
  const open = row('1016', 36_000, { status: 'open', openItems: 3 })
  const { clock } = encounterView(open.slot.id)
  const { bridge, screen } = await openDay([open, row('1018', 37_440)], {
    'encounter.open': ({ encounterId }) => encounterView(encounterId),
    'clock.get': { ...clock, status: 'running', phase: 'encounter', remainingMs: 204_000 },
  })
  expect(screen.text()).toMatch(
    /Begun and not finished ?Candidate 1016, station 3.*The clock runs: Encounter, 3:24 left ?3 things without a mark/,
  )
  bridge.emit('clock.changed', {
    encounterId: open.slot.id,
    clock: { ...clock, status: 'finished', phase: null, remainingMs: 0 },
  })
  await eventually(() => expect(screen.text()).toContain('The time is over'))
  await screen.press('Go back in')
  await eventually(() => {
    expect(screen.router.currentRoute.value.name).toBe('encounter')
  })
})

test('opening the sheet leads to the encounter of the next candidate', async () => {
  const next = row('1018', 37_440)
  const { screen } = await openDay([next], {
    'encounter.open': ({ encounterId }) => encounterView(encounterId, 'scheduled'),
  })
  await screen.press('Open the sheet')
  await eventually(() => {
    expect(screen.router.currentRoute.value).toMatchObject({ params: { encounterId: next.slot.id } })
  })
})

test('a candidate is declared absent with a reason, and that can be taken back at once', async () => {
  const next = row('1018', 37_440)
  const { screen, bridge } = await openDay([next], {
    'encounter.declareAbsent': ({ encounterId }) => encounterView(encounterId, 'absent').record,
    'encounter.withdrawAbsence': ({ encounterId }) => encounterView(encounterId, 'scheduled').record,
  })
  await screen.press('Declare absent')
  await screen.press('Did not appear')
  bridge.answer({ 'encounter.schedule': [{ ...next, status: 'absent' }] })
  const declare = [...document.querySelectorAll('button')].findLast((b) => b.textContent.trim() === 'Declare absent')
  declare?.click()
  await screen.settle()
  expect(bridge.inputsOf('encounter.declareAbsent')).toMatchObject([
    { encounterId: next.slot.id, reason: 'Did not appear' },
  ])
  expect(screen.text()).toContain('Nobody is waiting')
  await screen.press('Came after all')
  expect(bridge.inputsOf('encounter.withdrawAbsence')).toMatchObject([{ encounterId: next.slot.id }])
})

test('an incident goes on record with its kind and words', async () => {
  const next = row('1018', 37_440)
  const { screen, bridge } = await openDay([next], { 'incident.record': ({ eventId }) => ({ eventId, atMs: null }) })
  await screen.press('Report an incident')
  await screen.fill('What kind', 'lost-time')
  await screen.fill('What happened', 'The fire alarm rang for two minutes.')
  await screen.press('Report it')
  expect(bridge.inputsOf('incident.record')).toMatchObject([
    { encounterId: next.slot.id, kind: 'lost-time', text: 'The fire alarm rang for two minutes.' },
  ])
  expect(screen.text()).toContain('The incident is on record.')
})

const idsOf = (inputs: unknown[]): string[] => (inputs as { eventId: string }[]).map(({ eventId }) => eventId)

test('an incident that is not saved stands over the day with its words until it is one event on record', async () => {
  const { screen, bridge } = await openDay([row('1018', 37_440)], { 'incident.record': refused('storage-full') })
  await screen.press('Report an incident')
  await screen.fill('What kind', 'other')
  await screen.fill('What happened', 'A lamp fell.')
  await screen.press('Report it')
  await eventually(() => {
    expect(screen.text()).toMatch(/NOT SAVED: one incident\. ?The disk is full\..*Something else · A lamp fell\./)
  })
  bridge.answer({ 'incident.record': ({ eventId }) => ({ eventId, atMs: null }) })
  await screen.press('Try now')
  await eventually(() => expect(screen.text()).not.toContain('NOT SAVED'))
  expect(new Set(idsOf(bridge.inputsOf('incident.record'))).size).toBe(1)
})

test('an absence whose answer got lost is declared again as the same event, and after its withdrawal as another', async () => {
  const next = row('1018', 37_440)
  const { screen, bridge } = await openDay([next], {
    'encounter.declareAbsent': refused('host-unreachable'),
    'encounter.withdrawAbsence': ({ encounterId }) => encounterView(encounterId, 'scheduled').record,
  })
  const declare = async () => {
    ;[...document.querySelectorAll('button')].findLast((b) => b.textContent.trim() === 'Declare absent')?.click()
    await screen.settle()
  }
  await screen.press('Declare absent')
  await screen.press('Did not appear')
  await declare()
  bridge.answer({ 'encounter.declareAbsent': ({ encounterId }) => encounterView(encounterId, 'absent').record })
  await declare()
  await screen.press('Came after all')
  await screen.press('Declare absent')
  await screen.press('Did not appear')
  await declare()
  const [first, again, anew] = idsOf(bridge.inputsOf('encounter.declareAbsent'))
  expect(again).toBe(first)
  expect(anew).not.toBe(first)
})

test('an absence declared again with another reason is another event', async () => {
  const { screen, bridge } = await openDay([row('1018', 37_440)], {
    'encounter.declareAbsent': refused('host-unreachable'),
  })
  await screen.press('Declare absent')
  for (const reason of ['Did not appear', 'Unwell']) {
    await screen.press(reason)
    ;[...document.querySelectorAll('button')].findLast((b) => b.textContent.trim() === 'Declare absent')?.click()
    await screen.settle()
  }
  const [first, other] = idsOf(bridge.inputsOf('encounter.declareAbsent'))
  expect(other).not.toBe(first)
})

test('an incident that is turned away says why and keeps the words', async () => {
  const { screen } = await openDay([row('1018', 37_440)], { 'incident.record': refused('exam-closed') })
  await screen.press('Report an incident')
  await screen.fill('What kind', 'other')
  await screen.fill('What happened', 'A lamp fell.')
  await screen.press('Report it')
  expect(screen.text()).toContain('The exam is closed.')
  expect(screen.find('What happened')).toHaveProperty('value', 'A lamp fell.')
})

test('an absence on a full disk keeps its reason over a reload, and is the same event when it is sent again', async () => {
  const next = row('1018', 37_440)
  const declare = async (screen: Screen) => {
    ;[...document.querySelectorAll('button')].findLast((b) => b.textContent.trim() === 'Declare absent')?.click()
    await screen.settle()
  }
  const { screen, bridge } = await openDay([next], { 'encounter.declareAbsent': refused('storage-failed') })
  await screen.press('Declare absent')
  await screen.press('Another reason')
  const own = () => document.querySelector<HTMLInputElement>('[role="dialog"] input[aria-label="Another reason"]')
  const field = own()
  if (field !== null) field.value = 'Sent home with a fever'
  field?.dispatchEvent(new Event('input'))
  await screen.settle()
  await declare(screen)
  expect(screen.text()).toContain('The disk reported an error.')
  await declare(screen)
  const [first, again] = idsOf(bridge.inputsOf('encounter.declareAbsent'))
  expect(again).toBe(first)

  screen.leave()
  const after = await openScreen(App, { bridge, at: '/examine' })
  await after.press('Declare absent')
  expect(own()?.value).toBe('Sent home with a fever')
})

test('a day without an encounter says who can change that', async () => {
  const { screen } = await openDay([])
  expect(screen.text()).toContain('No encounter is planned for you')
})

test('the list follows what happens in other windows', async () => {
  const next = row('1018', 37_440)
  const { screen, bridge } = await openDay([next])
  bridge.answer({ 'encounter.schedule': [{ ...next, status: 'submitted' }] })
  bridge.emit('encounter.changed', { examId: next.slot.examId, encounterId: next.slot.id })
  await eventually(() => {
    expect(screen.text()).toContain('Nobody is waiting')
  })
})

test('the list follows what the director changes in the exam: a late candidate stands on it', async () => {
  const { screen, bridge } = await openDay([row('1018', 37_440)])
  const late = row('1099', 39_000)
  bridge.answer({ 'encounter.schedule': [row('1018', 37_440), late] })
  bridge.emit('exam.changed', { examId: late.slot.examId })
  await eventually(() => {
    expect(screen.text()).toContain('Name of 1099')
  })
})
