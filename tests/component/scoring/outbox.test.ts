import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { connect } from '#renderer/api.ts'
import { createOutbox } from '#renderer/outbox/outbox.ts'
import { keptCounts } from '#renderer/outbox/kept-writes.ts'
import { useOutboxesStore } from '#renderer/outbox/use-outboxes-store.ts'
import { useSessionStore } from '#renderer/use-session-store.ts'
import { eventually } from '#tests/support/eventually.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import {
  encounterView,
  examHost,
  examinerSession,
  freshEncounterId,
  spSession,
} from '#tests/support/screen-encounter.ts'
import { openSheet, row, touch } from './support.ts'
import { here, mine, open, rating, ratingsSent } from './outbox-host.ts'

beforeEach(() => {
  localStorage.clear()
  setActivePinia(createPinia())
})

test('marks that could not be saved survive a reload and reach the disk as the same events, in order', async () => {
  const id = freshEncounterId()
  connect(examHost({ 'rating.record': refused('host-unreachable') }))
  const before = createOutbox(mine, id, here())
  const writes = [rating(id, 'asks-view', 4), rating(id, 'validates', 2)]
  for (const write of writes) before.push(write)
  await eventually(() => expect(before.failure.value?.code).toBe('host-unreachable'))
  expect(keptCounts(mine).get(id)).toBe(2)

  const host = examHost()
  connect(host)
  const after = createOutbox(mine, id, here())
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
  const outbox = createOutbox(mine, id, here())
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
  const made = createOutbox(mine, id, here())
  made.push(rating(id, 'validates', 2))
  await eventually(() => expect(made.failure.value).not.toBeNull())
  const found = createOutbox(mine, id, here())
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
  const outbox = createOutbox(mine, id, here())
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
  const outbox = createOutbox(mine, id, here())
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
  expect(createOutbox(mine, id, here()).waiting.value).toEqual([])
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

describe('a browser that stores nothing', () => {
  /** As one that is full, or that keeps no site's data. */
  const storesNothing = () => {
    const refuse = () => {
      throw new DOMException('no room', 'QuotaExceededError')
    }
    vi.stubGlobal('localStorage', { setItem: refuse, getItem: refuse, removeItem: refuse, key: refuse, length: 0 })
  }

  test('a mark that waits is told to be in this window alone, and reaches the disk', async () => {
    storesNothing()
    const { screen, bridge } = await openSheet(undefined, { 'rating.record': refused('storage-full') })
    touch('Validates', 2)
    await eventually(() => expect(screen.text()).toMatch(/NOT SAVED.*a reload of this window loses it/))
    expect(screen.text()).not.toContain('The marks stay here')
    bridge.answer(open)
    await screen.press('Try now')
    await eventually(() => expect(row('Validates')).toMatchObject({ chosen: '2', state: 'saved' }))
  })

  test('once it stores again, what waits is kept over a reload, and that is said', async () => {
    storesNothing()
    const { screen, id } = await openSheet(undefined, { 'rating.record': refused('storage-full') })
    touch('Validates', 2)
    await eventually(() => expect(screen.text()).toContain('a reload of this window loses it'))
    vi.unstubAllGlobals()
    await screen.press('Try now')
    await eventually(() => expect(screen.text()).toContain('The marks stay here'))
    expect(screen.text()).not.toContain('a reload of this window loses it')
    expect(keptCounts({ scope: 'scoring', holder: examinerSession().personId ?? '' }).get(id)).toBe(1)
  })
})
