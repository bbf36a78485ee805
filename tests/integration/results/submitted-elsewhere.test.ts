import { describe, expect, it } from 'vitest'
import type { Conflict } from '#shared/domain/amendment.ts'
import { momentIdSchema } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { itemAt } from '#tests/support/exam-day.ts'
import {
  directorsLaptop,
  exam,
  examiner,
  handOver,
  newEvent,
  rubric,
  slotsOf,
  stationOf,
  type Caller,
  type TestLaptop,
} from '#tests/support/laptops.ts'

const [first] = slotsOf(examiner)
if (!first) throw new Error('the small exam has other encounters')
const encounterId = first.id
const encounter = { encounterId }
const itemId = itemAt(rubric, 0)
const missing = [{ item: itemId, reason: 'the window was blocked' }]

const confirm = (call: Caller) => call('encounter.confirmIdentity', { ...encounter, eventId: newEvent() })
const rate = (call: Caller, item: typeof itemId, value: number) =>
  call('rating.record', { ...encounter, eventId: newEvent(), itemId: item, value })

/** The director's laptop after one station submitted without the first behaviour; another station has heard of nothing. */
async function submittedOnOne() {
  const director = await directorsLaptop()
  const [one, two] = [await stationOf(director), await stationOf(director)]
  const call = one.as(examiner)
  await confirm(call)
  for (const { id } of rubricItems(rubric)) if (id !== itemId) await rate(call, id, 4)
  await call('globalRating.record', { ...encounter, eventId: newEvent(), value: 'pass' })
  await call('encounter.submit', { ...encounter, eventId: newEvent(), missing })
  return { director, one, two }
}

const recordAt = ({ director }: TestLaptop) => director('results.encounter', encounter)
async function scoreAt({ director }: TestLaptop) {
  const { cells } = await director('results.cohort', { examId: exam.id })
  return cells.find((cell) => cell.encounterId === encounterId)?.score
}
const decide = (
  { director }: TestLaptop,
  { heads }: Conflict,
  isChosen: (head: Conflict['heads'][number]) => boolean,
) =>
  director('conflict.resolve', {
    ...encounter,
    eventId: newEvent(),
    heads: heads.map(({ eventId }) => eventId),
    chosen: heads.find(isChosen)?.eventId ?? newEvent(),
    reason: 'seen on film',
  })

describe('an encounter that one station submitted and another knows nothing of', () => {
  it.each([
    ['confirms the candidate and takes that back', 'encounter.confirmIdentity', 'encounter.withdrawIdentity'],
    ['declares an absence and takes that back', 'encounter.declareAbsent', 'encounter.withdrawAbsence'],
  ] as const)('stays as it was submitted where the other %s', async (_, does, undoes) => {
    const { director, one, two } = await submittedOnOne()
    await handOver(one, director)
    const [record, score] = [await recordAt(director), await scoreAt(director)]
    const other = two.as(examiner)
    const reason = does === 'encounter.declareAbsent' ? { reason: 'did not come' } : {}
    await other(does, { ...encounter, eventId: newEvent(), ...reason })
    await other(undoes, { ...encounter, eventId: newEvent() })
    await handOver(two, director)
    expect(await recordAt(director)).toEqual(record)
    expect(await scoreAt(director)).toEqual(score)
    expect(record).toMatchObject({ status: 'submitted', missing })
    expect(
      await director.as(examiner).refusal('encounter.confirmIdentity', { ...encounter, eventId: newEvent() }),
    ).toBe('encounter-closed')
  })

  it.each(['first', 'second'] as const)(
    'has no score while the other, handed over %s, rated what it was submitted without',
    async (order) => {
      const { director, one, two } = await submittedOnOne()
      const other = two.as(examiner)
      await confirm(other)
      await rate(other, itemId, 2)
      for (const from of order === 'first' ? [two, one] : [one, two]) await handOver(from, director)
      const { status, conflicts } = await recordAt(director)
      expect(status).toBe('submitted')
      expect(conflicts).toMatchObject([
        {
          subject: `rating ${itemId}`,
          heads: [
            { isSilence: true, says: { value: null } },
            { isSilence: false, says: { value: 2 } },
          ],
        },
      ])
      expect(await scoreAt(director)).toMatchObject({ value: null, reason: 'conflict' })
      const refused = { ...encounter, eventId: newEvent(), itemId, value: 5 }
      expect(await director.as(examiner).refusal('rating.record', refused)).toBe('encounter-closed')
    },
  )

  it('is missing what it was submitted without where that is decided, and has the other’s mark where that is', async () => {
    for (const isSilence of [true, false]) {
      const { director, one, two } = await submittedOnOne()
      const other = two.as(examiner)
      await confirm(other)
      await rate(other, itemId, 2)
      await handOver(one, director)
      await handOver(two, director)
      const [conflict] = (await recordAt(director)).conflicts
      if (!conflict) throw new Error('nothing is contradictory')
      await decide(director, conflict, (head) => head.isSilence === isSilence)
      const decided = await recordAt(director)
      expect(decided).toMatchObject({ status: 'submitted', conflicts: [], missing: isSilence ? missing : [] })
      expect(decided.ratings.find((rating) => rating.itemId === itemId)?.value).toBe(isSilence ? undefined : 2)
      expect(decided.amendments).toMatchObject([{ was: [{ isSilence: true }, { isSilence: false }] }])
      expect(await scoreAt(director)).toMatchObject({ reason: null })
    }
  })

  it('says so where the other raised a red flag or marked a moment, and the moment alone withholds nothing', async () => {
    const { director, one, two } = await submittedOnOne()
    const other = two.as(examiner)
    await confirm(other)
    const mark = (kind: 'moment' | 'red-flag', type: string) =>
      other('mark.make', {
        ...encounter,
        eventId: newEvent(),
        markId: momentIdSchema.parse(newEvent()),
        kind,
        type,
      })
    await mark('moment', rubric.moments[0]?.id ?? '')
    await handOver(one, director)
    await handOver(two, director)
    expect((await recordAt(director)).conflicts).toMatchObject([
      { about: { kind: 'moment' }, heads: [{ says: { type: 'mark.undone' } }, { says: { type: 'mark.annotated' } }] },
    ])
    expect(await scoreAt(director)).toMatchObject({ reason: null })
    await mark('red-flag', rubric.redFlags[0]?.id ?? '')
    await handOver(two, director)
    expect(await scoreAt(director)).toMatchObject({ value: null, reason: 'conflict' })
  })

  it('is not reopened by an examiner who takes back an absence that was decided', async () => {
    const { director, one, two } = await submittedOnOne()
    await two.as(examiner)('encounter.declareAbsent', { ...encounter, eventId: newEvent(), reason: 'did not come' })
    await handOver(one, director)
    await handOver(two, director)
    const record = await recordAt(director)
    expect(record.status).toBe('submitted')
    const [conflict] = record.conflicts
    if (!conflict) throw new Error('nothing is contradictory')
    await decide(director, conflict, ({ says }) => says.type === 'absence.declared')
    expect((await recordAt(director)).status).toBe('absent')
    const back = () => ({ ...encounter, eventId: newEvent() })
    expect(await director.as(examiner).refusal('encounter.withdrawAbsence', back())).toBe('encounter-closed')
    await director.director('encounter.withdrawAbsence', back())
    expect(await recordAt(director)).toMatchObject({ status: 'submitted', missing, ratings: record.ratings })
  })
})
