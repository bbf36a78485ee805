import { describe, expect, it } from 'vitest'
import type { Upload } from '#shared/contract/parts/common.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { itemAt } from '#tests/support/exam-day.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  newEvent,
  otherExaminer,
  rubric,
  slotsOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'
import { backup, restored, soundAt, undone } from '#tests/support/restoring.ts'

const [first] = slotsOf(examiner)
const [other] = slotsOf(otherExaminer)
if (!first || !other) throw new Error('the small exam has other encounters')
const encounter = { encounterId: first.id }

async function ownBundle(at: TestLaptop): Promise<Upload> {
  const { file } = await at.director('bundle.export', { examId: exam.id, since: 'last' })
  await at.director('bundle.saved', { fileId: file.id })
  return at.upload(file)
}

const takeIn = (at: TestLaptop, upload: Upload) => at.director('bundle.import', { upload, trust: null })

const statusOf = async (at: TestLaptop, { id }: { id: typeof first.id }) =>
  (await at.director('results.encounter', { encounterId: id })).status

describe('what the director’s own laptop marked between a restoring and its undoing', () => {
  it('comes in by its bundle after the undoing', async () => {
    const before = await directorsLaptop()
    await examine(before.as(examiner), first.id, 4)
    const between = await restored(before, await backup(before))
    await examine(between.as(otherExaminer), other.id, 3)
    const upload = await ownBundle(between)
    const back = await undone(between)
    expect(await statusOf(back, other)).toBe('scheduled')

    expect(await takeIn(back, upload)).toMatchObject({ new: 15, missing: 0 })
    expect(await statusOf(back, other)).toBe('submitted')
    expect(soundAt(back)).toBe(true)
  })

  it('comes in though no bundle was made before the undoing, which is undone to make one', async () => {
    const before = await directorsLaptop()
    const between = await restored(before, await backup(before))
    await examine(between.as(otherExaminer), other.id, 3)
    const back = await undone(between)
    await examine(back.as(examiner), first.id, 4)
    const again = await undone(back)
    const upload = await ownBundle(again)
    const last = await undone(again)

    expect(await takeIn(last, upload)).toMatchObject({ new: 15, missing: 0 })
    expect([await statusOf(last, first), await statusOf(last, other)]).toEqual(['submitted', 'submitted'])
    expect(soundAt(last)).toBe(true)
  })
})

describe('a submission after a restoring', () => {
  it('has not heard of what the laptop itself marked before, where only a later part of that came back', async () => {
    const itemId = itemAt(rubric, 0)
    const before = await directorsLaptop()
    const chosen = await backup(before)
    const rate = (at: TestLaptop, item: typeof itemId) =>
      at.as(examiner)('rating.record', { ...encounter, eventId: newEvent(), itemId: item, value: 2 })
    await before.as(examiner)('encounter.confirmIdentity', { ...encounter, eventId: newEvent() })
    await rate(before, itemId)
    const earlier = await ownBundle(before)
    await rate(before, itemAt(rubric, 1))
    const later = await ownBundle(before)

    const now = await restored(before, chosen)
    await takeIn(now, later)
    const call = now.as(examiner)
    await call('encounter.confirmIdentity', { ...encounter, eventId: newEvent() })
    for (const { id } of rubricItems(rubric).slice(2)) await rate(now, id)
    await call('globalRating.record', { ...encounter, eventId: newEvent(), value: 'pass' })
    const missing = [{ item: itemId, reason: 'the window was blocked' }]
    await call('encounter.submit', { ...encounter, eventId: newEvent(), missing })

    await takeIn(now, earlier)
    const { conflicts } = await now.director('results.encounter', encounter)
    expect(conflicts).toHaveLength(1)
  })
})
