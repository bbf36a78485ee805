import { expect, test, vi } from 'vitest'
import App from '#renderer/App.vue'
import { refused } from '#tests/support/fake-bridge.ts'
import { encounterView, freshEncounterId } from '#tests/support/screen-encounter.ts'
import { openScreen } from '#tests/support/screen.ts'
import { held } from '#tests/support/held.ts'
import { allRated, finish, items, openSheet, scores } from './support.ts'

test('finishing lists what has no mark, and lets it be answered or left with a reason', async () => {
  const { screen, bridge } = await openSheet((id) => encounterView(id, 'open', { ratings: allRated.slice(0, 10) }), {
    'encounter.submit': scores,
  })
  await screen.key('Enter', { ctrlKey: true })
  const dialog = document.querySelector('[role="dialog"]')
  expect(dialog?.textContent).toContain('2 behaviours without a mark')
  const [eleventh, twelfth] = items.slice(10)
  expect(dialog?.textContent).toContain(eleventh?.title)
  expect(dialog?.textContent).toContain(twelfth?.title)
  expect(finish().disabled).toBe(true)

  dialog?.querySelectorAll<HTMLElement>('[role="radiogroup"] button')[2]?.click()
  await screen.settle()
  await screen.press(/^4 ?Good/)
  expect(screen.text()).toContain('One thing still needs a mark or a reason')
  await screen.press('Leave it open…')
  await screen.press('The encounter was interrupted')
  expect(finish().disabled).toBe(false)
  finish().click()
  await screen.settle()
  expect(bridge.inputsOf('encounter.submit')).toMatchObject([
    { missing: [{ item: twelfth?.id, reason: 'The encounter was interrupted' }] },
  ])
})

test('a submission whose answer got lost is the same event again, and with other reasons another', async () => {
  const [, ...rated] = allRated
  const { screen, bridge } = await openSheet(
    (id) => encounterView(id, 'open', { ratings: rated, globalRating: 'pass' }),
    { 'encounter.submit': refused('host-unreachable') },
  )
  await screen.key('Enter', { ctrlKey: true })
  await screen.press('Leave it open…')
  await screen.press('Did not see or hear it')
  for (let time = 0; time < 2; time += 1) {
    finish().click()
    await screen.settle()
  }
  await screen.press('The encounter was interrupted')
  finish().click()
  await screen.settle()
  const [first, again, other] = bridge.inputsOf('encounter.submit') as { eventId: string }[]
  expect(again).toEqual(first)
  expect(other?.eventId).not.toBe(first?.eventId)
})

test.each(['storage-failed', 'internal'] as const)(
  'a submission that may be in the ledger or not (%s) is the same event again, and its reasons outlive a reload',
  async (code) => {
    const [, ...rated] = allRated
    const { screen, bridge, id } = await openSheet(
      (id) => encounterView(id, 'open', { ratings: rated, globalRating: 'pass' }),
      { 'encounter.submit': refused(code) },
    )
    await screen.key('Enter', { ctrlKey: true })
    await screen.press('Leave it open…')
    await screen.press('The encounter was interrupted')
    for (let time = 0; time < 2; time += 1) {
      finish().click()
      await screen.settle()
    }
    const [first, again] = bridge.inputsOf('encounter.submit')
    expect(again).toEqual(first)

    screen.leave()
    const after = await openScreen(App, { bridge, at: `/encounters/${id}` })
    await after.key('Enter', { ctrlKey: true })
    finish().click()
    await after.settle()
    expect(bridge.inputsOf('encounter.submit')[2]).toMatchObject({
      missing: [{ item: items[0]?.id, reason: 'The encounter was interrupted' }],
    })
  },
)

test('a submission that the host never answers is said to be unanswered, and can be sent again', async () => {
  const { screen, bridge } = await openSheet(
    (id) => encounterView(id, 'open', { ratings: allRated, globalRating: 'pass' }),
    { 'encounter.submit': () => new Promise(() => undefined) },
  )
  await screen.key('Enter', { ctrlKey: true })
  vi.useFakeTimers()
  finish().click()
  await vi.advanceTimersByTimeAsync(4100)
  vi.useRealTimers()
  bridge.answer({ 'encounter.submit': scores })
  await screen.settle()
  finish().click()
  await screen.settle()
  const [first, again] = bridge.inputsOf('encounter.submit')
  expect(again).toEqual(first)
  expect(screen.text()).toContain('75.0')
})

test('no total is seen before the global rating is given and the encounter finished', async () => {
  const { screen, bridge } = await openSheet((id) => encounterView(id, 'open', { ratings: allRated }), {
    'encounter.submit': scores,
  })
  await screen.key('Enter', { ctrlKey: true })
  expect(screen.text()).toContain('One thing still needs a mark or a reason')
  expect(screen.text()).not.toContain('75.0')
  expect(bridge.inputsOf('encounter.scores')).toEqual([])

  await screen.press(/^3 ?Pass/)
  finish().click()
  await screen.settle()
  expect(bridge.inputsOf('globalRating.record')).toMatchObject([{ value: 'pass' }])
  expect(bridge.inputsOf('encounter.submit')).toMatchObject([{ missing: [] }])
  expect(screen.text()).toContain('75.0')
  expect(screen.text()).toContain('Global rating: Pass')
})

test('a submission that is answered late finishes its own encounter, not the one that is open by then', async () => {
  const answer = held<typeof scores>()
  const { screen, bridge } = await openSheet(
    (id) => encounterView(id, 'open', { ratings: allRated, globalRating: 'pass' }),
    { 'encounter.submit': () => answer.promise },
  )
  await screen.key('Enter', { ctrlKey: true })
  finish().click()
  await screen.settle()
  const next = freshEncounterId()
  bridge.answer({ 'encounter.open': encounterView(next) })
  await screen.router.push({ name: 'encounter', params: { encounterId: next } })
  await screen.settle()
  answer.give(scores)
  await screen.settle()
  expect(screen.text()).not.toContain('75.0')
  expect(document.querySelector('[data-item]')).not.toBeNull()
})

test('an encounter cannot be finished while a mark is not on disk', async () => {
  const { screen } = await openSheet((id) => encounterView(id, 'open', { ratings: allRated, globalRating: 'pass' }), {
    'rating.record': refused('storage-full'),
  })
  await screen.key('2')
  await screen.key('Enter', { ctrlKey: true })
  expect(screen.text()).toContain('One mark is not on disk yet')
  expect(finish().disabled).toBe(true)
})

test('a submitted encounter shows its clock and gives it no orders', async () => {
  const { screen } = await openSheet((id) => encounterView(id, 'submitted'), { 'encounter.scores': scores })
  expect(document.querySelector('[role="timer"]')).not.toBeNull()
  expect(screen.has('Pause the clock')).toBe(false)
  expect(screen.has('Extra time, end of phase')).toBe(false)
})
