import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { connect } from '#renderer/api.ts'
import { createOutbox, type Write } from '#renderer/outbox/outbox.ts'
import { keepWrite, keptCounts } from '#renderer/outbox/kept-writes.ts'
import { useOutboxesStore } from '#renderer/outbox/use-outboxes-store.ts'
import { useSessionStore } from '#renderer/use-session-store.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { eventIdSchema, itemIdSchema, momentIdSchema, type EncounterId } from '#shared/domain/ids.ts'
import type { RatingValue } from '#shared/domain/encounter.ts'
import { eventually } from '#tests/support/eventually.ts'
import { refused, type Answers, type FakeBridge } from '#tests/support/fake-bridge.ts'
import {
  encounterView,
  examHost,
  examinerSession,
  freshEncounterId,
  screenRubric,
  spSession,
} from '#tests/support/screen-encounter.ts'
import { openSheet, row } from './support.ts'

const rating = (encounterId: EncounterId, itemId: string, value: RatingValue | null): Write => ({
  channel: 'rating.record',
  input: {
    encounterId,
    eventId: eventIdSchema.parse(crypto.randomUUID()),
    itemId: itemIdSchema.parse(itemId),
    value,
  },
})

/** The ratings of one encounter that reached the host; an earlier test's outbox may still be trying. */
const ratingsSent = (host: FakeBridge, id: EncounterId) =>
  host.inputsOf('rating.record').filter((input) => JSON.stringify(input).includes(`"${id}"`))

/** The host takes marks (again). */
const open: Answers = {
  'rating.record': ({ eventId }) => ({ eventId, atMs: null }),
  'note.record': ({ eventId }) => ({ eventId, atMs: null }),
}

const mine = { scope: 'scoring', holder: 'examiner-1' } as const
const here = () => true

beforeEach(() => {
  localStorage.clear()
  setActivePinia(createPinia())
})

test('marks that could not be saved survive a reload and reach the disk as the same events, in order', async () => {
  const id = freshEncounterId()
  connect(examHost({ 'rating.record': refused('host-unreachable') }))
  const before = createOutbox(mine, id, here)
  const writes = [rating(id, 'asks-view', 4), rating(id, 'validates', 2)]
  for (const write of writes) before.push(write)
  await eventually(() => expect(before.failure.value?.code).toBe('host-unreachable'))
  expect(keptCounts(mine).get(id)).toBe(2)

  const host = examHost()
  connect(host)
  const after = createOutbox(mine, id, here)
  await eventually(() => expect(after.waiting.value).toEqual([]))
  expect(host.inputsOf('rating.record')).toEqual(writes.map(({ input }) => input))
  expect(keptCounts(mine).get(id)).toBeUndefined()
})

test('a sheet that is opened again shows what was not saved, and saves it', async () => {
  const { id } = await openSheet((id) => {
    connect(examHost({ 'rating.record': refused('host-unreachable') }))
    let earlierPage = true
    createOutbox(mine, id, () => earlierPage).push(rating(id, 'validates', 2))
    earlierPage = false
    return encounterView(id)
  })
  await eventually(() => expect(row('Validates')).toMatchObject({ chosen: '2', state: 'saved' }))
  expect(keptCounts(mine).get(id)).toBeUndefined()
})

test('while nothing gets through, several changes of one mark are one', async () => {
  const id = freshEncounterId()
  const host = examHost({ 'rating.record': refused('storage-full') })
  connect(host)
  const outbox = createOutbox(mine, id, here)
  outbox.push(rating(id, 'validates', 1))
  await eventually(() => expect(outbox.failure.value).not.toBeNull())
  outbox.push(rating(id, 'asks-view', 3))
  outbox.push(rating(id, 'asks-view', 4))
  expect(outbox.waiting.value.map(({ input }) => 'value' in input && input.value)).toEqual([1, 4])
})

test.each([
  ['who made it', 0],
  ['who found it on the device', 1],
])('of two windows on one sheet the one %s replaces a mark, and the other does not send the old one', async (_, by) => {
  const id = freshEncounterId()
  const host = examHost({ 'rating.record': refused('host-unreachable') })
  connect(host)
  const made = createOutbox(mine, id, here)
  made.push(rating(id, 'validates', 2))
  await eventually(() => expect(made.failure.value).not.toBeNull())
  const found = createOutbox(mine, id, here)
  await eventually(() => expect(found.failure.value).not.toBeNull())
  const [replacing, other] = by === 0 ? [made, found] : [found, made]
  const newer = rating(id, 'validates', 5)
  replacing.push(newer)
  const before = ratingsSent(host, id).length
  host.answer(open)
  replacing.retry()
  await eventually(() => expect(replacing.waiting.value).toEqual([]))
  other.retry()
  await eventually(() => expect(other.waiting.value).toEqual([]))
  expect(other.states.size).toBe(0)
  expect(ratingsSent(host, id).slice(before)).toEqual([newer.input])
})

test('a mark that waits is sent even where the storage of the device was emptied meanwhile', async () => {
  const id = freshEncounterId()
  const host = examHost({ 'rating.record': refused('host-unreachable') })
  connect(host)
  const outbox = createOutbox(mine, id, here)
  outbox.push(rating(id, 'validates', 2))
  await eventually(() => expect(outbox.failure.value).not.toBeNull())
  localStorage.clear()
  host.answer(open)
  const before = ratingsSent(host, id).length
  outbox.retry()
  await eventually(() => expect(outbox.waiting.value).toEqual([]))
  expect(ratingsSent(host, id)).toHaveLength(before + 1)
})

test('a host that says nothing has not saved the mark', async () => {
  vi.useFakeTimers()
  const id = freshEncounterId()
  connect(examHost({ 'rating.record': () => new Promise(() => undefined) }))
  const outbox = createOutbox(mine, id, here)
  outbox.push(rating(id, 'validates', 1))
  expect(outbox.states.get('rating:validates')).toBe('saving')
  await vi.advanceTimersByTimeAsync(4100)
  expect(outbox.states.get('rating:validates')).toBe('failed')
  vi.useRealTimers()
})

test('the way back to the host sends what waits at once', async () => {
  const id = freshEncounterId()
  const host = examHost({ 'rating.record': refused('host-unreachable') })
  connect(host)
  const outbox = useOutboxesStore().of('scoring', id)
  outbox.push(rating(id, 'validates', 1))
  await eventually(() => expect(outbox.failure.value).not.toBeNull())
  host.answer({ 'rating.record': ({ eventId }) => ({ eventId, atMs: null }) })
  host.connection(true)
  await eventually(() => expect(outbox.states.size).toBe(0))
})

test('what is kept and cannot be read is passed over', () => {
  const id = freshEncounterId()
  connect(examHost())
  localStorage.setItem(`attune.outbox/scoring/examiner-1/${id}/a`, '{"order":1,"channel":"exam.remove","input":{}}')
  localStorage.setItem(`attune.outbox/scoring/examiner-1/${id}/b`, 'not JSON')
  localStorage.setItem(
    `attune.outbox/scoring/examiner-1/${id}/c`,
    JSON.stringify({ order: 2, channel: 'rating.record', input: { encounterId: id, value: 99 } }),
  )
  expect(createOutbox(mine, id, here).waiting.value).toEqual([])
})

test('marks of one examiner wait while another sits here, and go when they are back', async () => {
  const id = freshEncounterId()
  const host = examHost()
  connect(host)
  let sitting = 'somebody else'
  const sent = () => ratingsSent(host, id)
  const outbox = createOutbox(mine, id, () => sitting === mine.holder)
  outbox.push(rating(id, 'validates', 3))
  expect(sent()).toEqual([])
  sitting = mine.holder
  outbox.retry()
  await eventually(() => expect(outbox.waiting.value).toEqual([]))
  expect(sent()).toHaveLength(1)
})

test('marks wait while somebody else sits here, and go on when their maker is back', async () => {
  const id = freshEncounterId()
  const host = examHost({ 'rating.record': refused('storage-full') })
  connect(host)
  const session = useSessionStore()
  await session.load()
  const outbox = useOutboxesStore().of('scoring', id)
  outbox.push(rating(id, 'validates', 1))
  await eventually(() => expect(outbox.failure.value).not.toBeNull())

  host.answer({ 'session.get': spSession(id), 'rating.record': ({ eventId }) => ({ eventId, atMs: null }) })
  await session.load()
  const tries = ratingsSent(host, id).length
  outbox.retry()
  expect(ratingsSent(host, id)).toHaveLength(tries)

  host.answer({ 'session.get': examinerSession() })
  await session.load()
  await eventually(() => expect(outbox.waiting.value).toEqual([]))
  expect(ratingsSent(host, id)).toHaveLength(tries + 1)
})

/** A host that fails at the writes about one thing, however often, and takes all others. */
const failingAt = (itemId: string) =>
  examHost({
    'rating.record': (input) =>
      input.itemId === itemId ? refused('internal') : { eventId: input.eventId, atMs: null },
    'mark.make': refused('bad-output'),
  })

const markMade = (encounterId: EncounterId, markId: string): Write => ({
  channel: 'mark.make',
  input: {
    encounterId,
    eventId: eventIdSchema.parse(crypto.randomUUID()),
    markId: momentIdSchema.parse(markId),
    kind: 'moment',
    type: 'named',
  },
})
const annotated = (encounterId: EncounterId, markId: string): Write => ({
  channel: 'mark.annotate',
  input: {
    encounterId,
    eventId: eventIdSchema.parse(crypto.randomUUID()),
    markId: momentIdSchema.parse(markId),
    cue: 0,
    quote: 'Go on',
  },
})

test('a mark the host fails at three times is set aside, and those behind it reach the disk', async () => {
  vi.useFakeTimers()
  const id = freshEncounterId()
  const host = failingAt('validates')
  connect(host)
  const outbox = createOutbox(mine, id, here)
  outbox.push(rating(id, 'validates', 2))
  outbox.push(rating(id, 'asks-view', 4))
  await vi.advanceTimersByTimeAsync(5000)
  vi.useRealTimers()
  const sent = ratingsSent(host, id).map((input) => (input as { itemId: string }).itemId)
  expect(sent).toEqual(['validates', 'validates', 'validates', 'asks-view'])
  expect(outbox.waiting.value).toEqual([])
  expect(outbox.failure.value).toBeNull()
  expect(outbox.refused.value).toMatchObject([{ setAside: true, failure: { code: 'internal' } }])
  expect(outbox.states.get('rating:validates')).toBe('refused')
  outbox.dismiss(outbox.refused.value.map(({ write }) => write.input.eventId))
  expect(outbox.refused.value).toHaveLength(1)
  expect(keptCounts(mine).get(id)).toBe(1)
})

test('what was set aside is tried again by hand, as the same event', async () => {
  vi.useFakeTimers()
  const id = freshEncounterId()
  const host = failingAt('validates')
  connect(host)
  const outbox = createOutbox(mine, id, here)
  const write = rating(id, 'validates', 2)
  outbox.push(write)
  await vi.advanceTimersByTimeAsync(5000)
  vi.useRealTimers()
  host.answer({ 'rating.record': ({ eventId }) => ({ eventId, atMs: null }) })
  outbox.retry()
  await eventually(() => expect(outbox.states.size).toBe(0))
  expect(ratingsSent(host, id).at(-1)).toEqual(write.input)
  expect(outbox.refused.value).toEqual([])
  expect(keptCounts(mine).get(id)).toBeUndefined()
})

test('a new value takes the place of one that was set aside; what follows from a mark waits with it', async () => {
  vi.useFakeTimers()
  const id = freshEncounterId()
  const host = failingAt('validates')
  connect(host)
  const outbox = createOutbox(mine, id, here)
  outbox.push(rating(id, 'validates', 2))
  outbox.push(markMade(id, 'mark-1'))
  outbox.push(annotated(id, 'mark-1'))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(host.inputsOf('mark.annotate')).toEqual([])
  expect(outbox.refused.value.map(({ write }) => write.channel)).toEqual([
    'rating.record',
    'mark.make',
    'mark.annotate',
  ])
  host.answer({ 'rating.record': ({ eventId }) => ({ eventId, atMs: null }) })
  outbox.push(rating(id, 'validates', 5))
  outbox.push(annotated(id, 'mark-1'))
  await vi.advanceTimersByTimeAsync(100)
  vi.useRealTimers()
  expect(ratingsSent(host, id).at(-1)).toMatchObject({ value: 5 })
  expect(outbox.refused.value.map(({ write }) => write.channel)).toEqual(['mark.make', 'mark.annotate'])
  expect(keptCounts(mine).get(id)).toBe(2)
})

test('a mark that was set aside is told by name and value with its reason, and tried again from there', async () => {
  vi.useFakeTimers()
  const { screen, bridge, id } = await openSheet(undefined, { 'rating.record': refused('internal') })
  await screen.key('4')
  await vi.advanceTimersByTimeAsync(5000)
  vi.useRealTimers()
  await screen.settle()
  expect(ratingsSent(bridge, id)).toHaveLength(3)
  const { title } = rubricItems(screenRubric)[0] ?? { title: '' }
  expect(screen.text()).toContain('NOT SAVED: one mark.')
  expect(screen.text()).toContain(`${title} · 4, ${screenRubric.points[3]}`)
  expect(document.querySelector('[data-saved]')?.textContent.trim()).toBe('NOT SAVED: 1 mark')
  bridge.answer({ 'rating.record': ({ eventId }) => ({ eventId, atMs: 1000 }) })
  await screen.press('Try it again')
  await eventually(() => expect(row(title)).toMatchObject({ chosen: '4', state: 'saved' }))
  expect(screen.text()).not.toContain('NOT SAVED')
})

const noted = (encounterId: EncounterId, text: string): Write => ({
  channel: 'note.record',
  input: { encounterId, eventId: eventIdSchema.parse(crypto.randomUUID()), itemId: null, text },
})

test('marks that wait while the exam is closed are kept, and reach the disk once it is open again', async () => {
  const id = freshEncounterId()
  const closed = { 'rating.record': refused('exam-closed'), 'note.record': refused('exam-closed') }
  const host = examHost(closed)
  connect(host)
  await useSessionStore().load()
  const writes = [rating(id, 'validates', 2), noted(id, 'Waited for her.')]
  const outbox = useOutboxesStore().of('scoring', id)
  for (const write of writes) outbox.push(write)
  await eventually(() => expect(outbox.refused.value).toHaveLength(2))
  expect(outbox.refused.value.map(({ setAside }) => setAside)).toEqual([true, true])
  expect(ratingsSent(host, id)).toHaveLength(1)
  outbox.dismiss(writes.map(({ input }) => input.eventId))
  expect(keptCounts(mine).get(id)).toBe(2)

  host.answer(open)
  host.emit('exam.changed', { examId: examinerSession().examId ?? (id as never) })
  await eventually(() => expect(outbox.states.size).toBe(0))
  expect(ratingsSent(host, id)).toEqual([writes[0]?.input, writes[0]?.input])
  expect(keptCounts(mine).get(id)).toBeUndefined()
})

test('marks at a station that is somebody else’s by now are kept aside, and go once it is one’s own again', async () => {
  const { screen, bridge, id } = await openSheet(undefined, { 'rating.record': refused('not-assigned') })
  await screen.key('4')
  await eventually(() => expect(screen.text()).toContain('NOT SAVED: one mark. You are not assigned to this station'))
  bridge.answer(open)
  bridge.emit('exam.changed', { examId: examinerSession().examId ?? (id as never) })
  await eventually(() => expect(screen.text()).not.toContain('NOT SAVED'))
  expect(ratingsSent(bridge, id)).toHaveLength(2)
})

test('a mark names the confirmation it was made under; once that is taken back it is never sent again', async () => {
  const { screen, bridge, id } = await openSheet(undefined, { 'rating.record': refused('confirmation-withdrawn') })
  await screen.key('4')
  await eventually(() => expect(screen.text()).toContain('the candidate of whom this was marked was taken back'))
  expect(ratingsSent(bridge, id)).toMatchObject([{ confirmation: `confirmed-${id}` }])
  bridge.answer(open)
  await screen.press('I have seen it')
  useOutboxesStore().of('scoring', id).retry()
  await screen.settle()
  expect(ratingsSent(bridge, id)).toHaveLength(1)
  expect(keptCounts(mine).get(id)).toBeUndefined()
})

test('what was turned away for another reason stays until it has been seen itself', async () => {
  const { screen, id } = await openSheet(undefined, {
    'rating.record': ({ value }) => refused(value === 4 ? 'confirmation-withdrawn' : 'value-outside-scale'),
  })
  const [first, second] = rubricItems(screenRubric)
  const outbox = useOutboxesStore().of('scoring', id)
  outbox.push(rating(id, first?.id ?? '', 4))
  outbox.push(rating(id, second?.id ?? '', 2))
  await eventually(() => expect(outbox.refused.value).toHaveLength(2))
  await screen.settle()
  await screen.press('I have seen it')
  expect(outbox.refused.value.map(({ failure }) => failure.code)).toEqual(['value-outside-scale'])
  expect(screen.text()).toContain(`${second?.title} · 2, ${screenRubric.points[1]}`)
  await screen.press('I have seen it')
  expect(screen.text()).not.toContain('NOT SAVED')
})

test('a page that is opened later still has what was set aside in a closed exam', async () => {
  const id = freshEncounterId()
  connect(examHost({ 'rating.record': refused('exam-closed') }))
  createOutbox(mine, id, here).push(rating(id, 'validates', 2))
  await eventually(() => expect(keptCounts(mine).get(id)).toBe(1))
  const later = createOutbox(mine, id, here)
  await eventually(() =>
    expect(later.refused.value).toMatchObject([{ setAside: true, write: { input: { value: 2 } } }]),
  )
})

test('what a closed exam did not take is shown with its value and its words, and tried again from there', async () => {
  const title = rubricItems(screenRubric)[0]?.title ?? ''
  const { screen, bridge, id } = await openSheet(
    (id) => {
      for (const write of [rating(id, rubricItems(screenRubric)[0]?.id ?? '', 2), noted(id, 'Waited for her.')])
        keepWrite(mine, { order: write.channel === 'note.record' ? 2 : 1, write })
      return encounterView(id)
    },
    { 'rating.record': refused('exam-closed'), 'note.record': refused('exam-closed') },
  )
  await eventually(() => expect(screen.text()).toContain('NOT SAVED: 2 marks. The exam is closed.'))
  expect(screen.text()).toContain(`${title} · 2, ${screenRubric.points[1]}`)
  expect(screen.text()).toContain('Waited for her.')
  bridge.answer(open)
  await screen.press('Try it again')
  await eventually(() => expect(screen.text()).not.toContain('NOT SAVED'))
  expect(ratingsSent(bridge, id).at(-1)).toMatchObject({ value: 2 })
})
