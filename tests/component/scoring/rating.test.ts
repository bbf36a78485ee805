import { expect, onTestFinished, test, vi } from 'vitest'
import { eventIdSchema } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { encounterView, screenRubric } from '#tests/support/screen-encounter.ts'
import { held } from '#tests/support/held.ts'
import { openSheet, row, touch } from './support.ts'

const [first, second] = rubricItems(screenRubric)
const firstTitle = first?.title ?? ''
const secondTitle = second?.title ?? ''

test('all twelve behaviours stand on one sheet, each with its five points and "no opportunity"', async () => {
  await openSheet()
  const rows = [...document.querySelectorAll('[data-item]')]
  expect(rows).toHaveLength(12)
  for (const entry of rows) expect(entry.querySelectorAll('[role="radio"]')).toHaveLength(6)
})

test('one key rates the behaviour in hand, and the arrows move it', async () => {
  const { screen, bridge } = await openSheet()
  await screen.key('4')
  await screen.key('ArrowDown')
  await screen.key('2')
  expect(bridge.inputsOf('rating.record')).toMatchObject([
    { itemId: first?.id, value: 4 },
    { itemId: second?.id, value: 2 },
  ])
  expect(row(firstTitle).chosen).toBe('4')
  expect(row(secondTitle).chosen).toBe('2')
})

test('one touch rates any behaviour', async () => {
  const { screen, bridge } = await openSheet()
  touch('Validates', 5)
  await screen.settle()
  expect(bridge.inputsOf('rating.record')).toMatchObject([{ itemId: 'validates', value: 5 }])
})

test('0 says that no opportunity arose, and Backspace clears the mark', async () => {
  const { screen, bridge } = await openSheet()
  await screen.key('0')
  expect(row(firstTitle).chosen).toBe('–')
  await screen.key('Backspace')
  expect(row(firstTitle).chosen).toBeNull()
  expect(bridge.inputsOf('rating.record')).toMatchObject([{ value: 'no-opportunity' }, { value: null }])
})

test('a number beyond the scale and the point that stands already send nothing', async () => {
  const { screen, bridge } = await openSheet((id) =>
    encounterView(id, 'open', {
      ratings: [{ itemId: screenRubricItem(), value: 3, eventId: eventId(), atMs: 1000 }],
    }),
  )
  await screen.key('6')
  await screen.key('3')
  expect(bridge.inputsOf('rating.record')).toEqual([])
})

test('the points of a behaviour are shown where the mouse comes to rest, not where the sheet comes up under it', async () => {
  await openSheet()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const shown = () => document.querySelector('aside h3')?.textContent
  const over = document.querySelector(`[data-item="${second?.id ?? ''}"]`)
  over?.dispatchEvent(new PointerEvent('pointerenter', { pointerType: 'mouse' }))
  await vi.advanceTimersByTimeAsync(1000)
  expect(shown()).toBe(firstTitle)
  over?.dispatchEvent(new PointerEvent('pointermove', { pointerType: 'mouse' }))
  await vi.advanceTimersByTimeAsync(1000)
  expect(shown()).toBe(secondTitle)
  over?.dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'mouse' }))
  await vi.advanceTimersByTimeAsync(1)
  expect(shown()).toBe(firstTitle)
})

test('the described points of the behaviour in hand are shown, the chosen one marked', async () => {
  const { screen } = await openSheet()
  await screen.key('4')
  const anchors = [...document.querySelectorAll('aside ol button')]
  expect(anchors.map((entry) => entry.textContent.trim().slice(1).trim())).toEqual(first?.anchors)
  expect(anchors.map((entry) => entry.getAttribute('aria-pressed'))).toEqual([
    'false',
    'false',
    'false',
    'true',
    'false',
  ])
})

test('a mark is shown at once and counts as saved only when the host has answered', async () => {
  const answer = held<{ eventId: ReturnType<typeof eventId>; atMs: number }>()
  const { screen } = await openSheet(undefined, { 'rating.record': () => answer.promise })
  await screen.key('4')
  expect(row(firstTitle)).toMatchObject({ chosen: '4', state: 'saving' })
  expect(screen.text()).toContain('nothing marked yet')

  answer.give({ eventId: eventId(), atMs: 1000 })
  await screen.settle()
  expect(row(firstTitle)).toMatchObject({ chosen: '4', state: 'saved' })
  expect(screen.text()).toContain('one mark on disk')
})

test('a mark that cannot be saved says so loudly, stays, and is sent again as the same event', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { screen, bridge } = await openSheet(undefined, { 'rating.record': refused('storage-full') })
  await screen.key('4')
  expect(row(firstTitle)).toMatchObject({ chosen: '4', state: 'failed' })
  expect(row(firstTitle).element.textContent).toContain('Not saved')
  expect(document.querySelector('[role="alert"]:not(:empty)')?.textContent).toMatch(
    /NOT SAVED.*The disk is full\..*paper/s,
  )

  bridge.answer({ 'rating.record': ({ eventId }) => ({ eventId, atMs: 1000 }) })
  vi.advanceTimersByTime(600)
  vi.useRealTimers()
  await screen.settle()
  expect(row(firstTitle)).toMatchObject({ chosen: '4', state: 'saved' })
  expect(screen.text()).not.toContain('NOT SAVED')
  const [before, after, ...more] = bridge.inputsOf('rating.record')
  expect(after).toEqual(before)
  expect(more).toEqual([])
})

test('why marks wait is said once where a line over the screen says it, and by the marks where it says something else', async () => {
  const { screen, bridge } = await openSheet(undefined, { 'rating.record': refused('storage-full') })
  await screen.key('4')
  const storage = { state: 'full', events: 0, lastWriteAt: null, reserve: 'used', broken: null } as const
  bridge.emit('storage.changed', storage)
  await screen.settle()
  expect(screen.text()).toContain('Nothing is being saved: the disk is full.')
  expect(screen.text()).toContain('NOT SAVED: one mark. The marks stay here and are sent again by themselves.')
  bridge.emit('storage.changed', { ...storage, state: 'locked' })
  await screen.settle()
  expect(screen.text()).toMatch(/NOT SAVED: one mark\. The disk is full\. .* The marks stay here/)
})

test('"Try now" sends what waits without a pause, in the order in which it was marked', async () => {
  const { screen, bridge } = await openSheet(undefined, { 'rating.record': refused('storage-locked') })
  await screen.key('4')
  await screen.key('ArrowDown')
  await screen.key('2')
  expect(row(secondTitle).state).toBe('failed')
  expect(bridge.inputsOf('rating.record')).toHaveLength(1)

  bridge.answer({ 'rating.record': ({ eventId }) => ({ eventId, atMs: 1000 }) })
  await screen.press('Try now')
  expect(bridge.inputsOf('rating.record')).toMatchObject([{ value: 4 }, { value: 4 }, { value: 2 }])
  expect(row(secondTitle).state).toBe('saved')
})

test('a mark that the host turns away for good is told by name and value and holds up no other', async () => {
  const { screen } = await openSheet(undefined, {
    'rating.record': ({ itemId, eventId }) =>
      itemId === first?.id ? refused('encounter-closed') : { eventId, atMs: 1000 },
  })
  await screen.key('4')
  await screen.key('ArrowDown')
  await screen.key('2')
  expect(row(firstTitle).state).toBe('refused')
  expect(row(secondTitle).state).toBe('saved')
  expect(screen.text()).toMatch(/NOT SAVED: one mark\..*This encounter is finished\./s)
  expect(screen.text()).toContain(`${firstTitle} · 4, ${screenRubric.points[3]}`)
  await screen.press('I have seen it')
  expect(screen.text()).not.toContain('NOT SAVED')
})

const screenRubricItem = () => {
  if (first === undefined) throw new Error('the rubric has no items')
  return first.id
}
const eventId = () => eventIdSchema.parse(crypto.randomUUID())
