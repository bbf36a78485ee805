import { expect, test } from 'vitest'
import { refused } from '#tests/support/fake-bridge.ts'
import { openSheet } from './support.ts'

test('an incident reported from the sheet, whose answer got lost, is reported again as the same event', async () => {
  const { screen, bridge, id } = await openSheet(undefined, { 'incident.record': refused('host-unreachable') })
  await screen.press('More deeds')
  await screen.press('Report an incident')
  await screen.fill('What kind', 'lost-time')
  await screen.fill('What happened', 'The fire alarm rang.')
  await screen.press('Report it')
  bridge.answer({ 'incident.record': (event) => ({ eventId: event.eventId, atMs: null }) })
  await screen.press('Report it')
  const [first, again] = bridge.inputsOf('incident.record') as { encounterId: string; eventId: string }[]
  expect(first).toMatchObject({ encounterId: id })
  expect(again).toEqual(first)
  expect(screen.text()).toContain('The incident is on record.')
})

test('a refused incident is forgotten with its dialog', async () => {
  const { screen } = await openSheet(undefined, { 'incident.record': refused('storage-full') })
  const open = async () => {
    await screen.press('More deeds')
    await screen.press('Report an incident')
  }
  await open()
  await screen.fill('What kind', 'lost-time')
  await screen.fill('What happened', 'The fire alarm rang.')
  await screen.press('Report it')
  expect(screen.text()).toContain('The disk is full.')
  await screen.press('Cancel')
  await open()
  expect(screen.text()).not.toContain('The disk is full.')
})
