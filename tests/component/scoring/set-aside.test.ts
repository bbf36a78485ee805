import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { connect } from '#renderer/api.ts'
import { createOutbox, type Write } from '#renderer/outbox/outbox.ts'
import { keepWrite, keptCounts } from '#renderer/outbox/kept-writes.ts'
import { useOutboxesStore } from '#renderer/outbox/use-outboxes-store.ts'
import { useSessionStore } from '#renderer/use-session-store.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { eventIdSchema, momentIdSchema, type EncounterId } from '#shared/domain/ids.ts'
import { eventually } from '#tests/support/eventually.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import {
  encounterView,
  examHost,
  examinerSession,
  freshEncounterId,
  screenRubric,
} from '#tests/support/screen-encounter.ts'
import { openSheet, row } from './support.ts'
import { here, mine, open, rating, ratingsSent } from './outbox-host.ts'

beforeEach(() => {
  localStorage.clear()
  setActivePinia(createPinia())
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

const noted = (encounterId: EncounterId, text: string): Write => ({
  channel: 'note.record',
  input: { encounterId, eventId: eventIdSchema.parse(crypto.randomUUID()), itemId: null, text },
})

test('a mark the host fails at three times is set aside, and those behind it reach the disk', async () => {
  vi.useFakeTimers()
  const id = freshEncounterId()
  const host = failingAt('validates')
  connect(host)
  const outbox = createOutbox(mine, id, here())
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
  const outbox = createOutbox(mine, id, here())
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
  const outbox = createOutbox(mine, id, here())
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
  createOutbox(mine, id, here()).push(rating(id, 'validates', 2))
  await eventually(() => expect(keptCounts(mine).get(id)).toBe(1))
  const later = createOutbox(mine, id, here())
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
