import { beforeEach, expect, test } from 'vitest'
import { eventually } from '#tests/support/eventually.ts'
import { refused, type Answers, type FakeBridge } from '#tests/support/fake-bridge.ts'
import { openScreen, type Screen } from '#tests/support/screen.ts'
import { encounterView, examHost } from '#tests/support/screen-encounter.ts'
import App from '#renderer/App.vue'
import { openSheet } from './support.ts'

beforeEach(() => {
  localStorage.clear()
})

const onRecord: Answers = { 'incident.record': ({ eventId }) => ({ eventId, atMs: null }) }
const fillIn = async (screen: Screen) => {
  await screen.press('More deeds')
  await screen.press('Report an incident')
  await screen.fill('What kind', 'lost-time')
  await screen.fill('What happened', 'The fire alarm rang.')
}
const ids = (bridge: FakeBridge) =>
  new Set((bridge.inputsOf('incident.record') as { eventId: string }[]).map(({ eventId }) => eventId))

test('an incident goes on record from the sheet, at its moment', async () => {
  const { screen, bridge, id } = await openSheet(undefined, onRecord)
  await fillIn(screen)
  await screen.press('Report it')
  const sent = { encounterId: id, kind: 'lost-time', text: 'The fire alarm rang.' }
  expect(bridge.inputsOf('incident.record')).toMatchObject([sent])
  expect(bridge.inputsOf('incident.record')[0]).toHaveProperty('madeAtMs')
  expect(screen.text()).toContain('The incident is on record.')
})

test('an incident that is not saved is told with its words, and becomes one event once the host is back', async () => {
  const { screen, bridge } = await openSheet(undefined, { 'incident.record': refused('host-unreachable') })
  await fillIn(screen)
  await screen.press('Report it')
  await eventually(() => expect(screen.text()).toMatch(/NOT SAVED.*Time was lost · The fire alarm rang\./))
  expect(screen.text()).not.toContain('The incident is on record.')
  bridge.answer(onRecord)
  bridge.connection(true)
  await eventually(() => expect(screen.text()).not.toContain('NOT SAVED'))
  expect(ids(bridge).size).toBe(1)
})

test('an incident that is not saved outlives a reload of the window', async () => {
  const { screen, bridge, id } = await openSheet(undefined, { 'incident.record': refused('storage-full') })
  await fillIn(screen)
  await screen.press('Report it')
  await eventually(() => expect(screen.text()).toContain('NOT SAVED'))
  const [event] = ids(bridge)

  screen.leave()
  const host = examHost({ ...onRecord, 'encounter.open': encounterView(id) })
  const after = await openScreen(App, { bridge: host, at: `/encounters/${id}` })
  await eventually(() => expect([...ids(host)]).toEqual([event]))
  expect(after.text()).not.toContain('NOT SAVED')
})

test('an incident that is turned away stays in its dialog with its words, and is forgotten with it', async () => {
  const { screen } = await openSheet(undefined, { 'incident.record': refused('exam-closed') })
  await fillIn(screen)
  await screen.press('Report it')
  expect(screen.text()).toContain('The exam is closed.')
  expect(screen.find('What happened')).toHaveProperty('value', 'The fire alarm rang.')
  await screen.press('Cancel')
  await screen.press('More deeds')
  await screen.press('Report an incident')
  expect(screen.text()).not.toContain('The exam is closed.')
  expect(screen.find('What happened')).toHaveProperty('value', '')
  expect(screen.text()).not.toContain('NOT SAVED')
})

test('what is typed about an incident and not sent yet outlives a reload of the window', async () => {
  const { screen, bridge, id } = await openSheet()
  await fillIn(screen)
  screen.leave()
  const after = await openScreen(App, { bridge, at: `/encounters/${id}` })
  await after.press('More deeds')
  await after.press('Report an incident')
  expect(after.find('What happened')).toHaveProperty('value', 'The fire alarm rang.')
  bridge.answer(onRecord)
  await after.press('Report it')
  expect(bridge.inputsOf('incident.record')).toMatchObject([{ kind: 'lost-time', text: 'The fire alarm rang.' }])
})
