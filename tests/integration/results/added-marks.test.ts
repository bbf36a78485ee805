import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Input } from '#shared/contract/contract.ts'
import type { EncounterId, PersonId } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import {
  codeOf,
  dataOf,
  encounterAt,
  examDay,
  newEvent,
  newMark,
  reopened,
  type ExamDay,
} from '#tests/support/exam-day.ts'
import { everything } from '#tests/support/audit-of.ts'
import { PIN } from '#tests/support/sign-in.ts'

type Correct = Input<'mark.correct'>
type Added = Extract<Correct['says'], { type: 'mark.added' }>
type Day = ExamDay & { encounterId: EncounterId }

/** Candidate 1 at both stations: every behaviour 5, judged a pass, submitted, and nobody raised a flag. */
async function submittedDay(): Promise<Day> {
  const day = await examDay()
  for (const [number, examiner] of [day.examiner, day.otherExaminer].entries()) {
    const encounterId = encounterAt(day.small, number + 1, 1)
    const event = () => ({ encounterId, eventId: newEvent() })
    dataOf(await examiner('encounter.confirmIdentity', event()))
    for (const { id: itemId } of rubricItems(day.small.rubric)) {
      dataOf(await examiner('rating.record', { ...event(), itemId, value: 5 }))
    }
    dataOf(await examiner('globalRating.record', { ...event(), value: 'pass' }))
    dataOf(await examiner('encounter.submit', { ...event(), missing: [] }))
  }
  return { ...day, encounterId: encounterAt(day.small, 1, 1) }
}

const flag = ({ small }: Day, more: Partial<Added> = {}): Added => ({
  type: 'mark.added',
  markId: newMark(),
  kind: 'red-flag',
  markType: small.rubric.redFlags[0]?.id ?? '',
  atMs: 240_000,
  cue: null,
  quote: 'No allergy was asked for.',
  ...more,
})
const adding = (day: Day, says: Added, more: Partial<Correct> = {}): Correct => ({
  encounterId: day.encounterId,
  eventId: newEvent(),
  says,
  reason: 'the patient told of it afterwards',
  secondId: day.small.examiner.id,
  pin: PIN,
  ...more,
})
const recordOf = async ({ director, encounterId }: Day) => dataOf(await director('results.encounter', { encounterId }))

describe('a red flag or a moment that was forgotten', () => {
  it('is added after the submission, and stands with who added it, who signed and why', async () => {
    const day = await submittedDay()
    const says = flag(day)
    dataOf(await day.director('mark.correct', adding(day, says)))
    const { marks, amendments, conflicts, status } = await recordOf(day)
    const { markType: type, markId: id, kind, atMs, cue, quote } = says
    expect(marks).toEqual([{ id, kind, type, atMs, cue, quote, review: null }])
    expect({ conflicts, status }).toEqual({ conflicts: [], status: 'submitted' })
    expect(amendments).toMatchObject([
      {
        ...{ cause: 'correction', about: { kind, type }, was: [], is: says },
        ...{ by: { id: day.small.director.id }, second: { id: day.small.examiner.id } },
        reason: 'the patient told of it afterwards',
      },
    ])
    const filter = everything({ kind: 'corrections', examId: day.small.exam.id })
    const { entries } = dataOf(await day.director('audit.list', { filter, before: null }))
    expect(entries[0]?.did).toMatch(/^added .* after it was submitted, with .*examiner-1.*: .*told of it afterwards/)
  })

  it('waits for a review by somebody who neither added it nor signed for that, and then counts as any other', async () => {
    const day = await submittedDay()
    const says = flag(day)
    const candidate = { examId: day.small.exam.id, candidateId: day.small.candidates[0].id }
    const outcome = async () => dataOf(await day.director('results.candidate', candidate)).outcome
    expect(await outcome()).toBe('pass')
    dataOf(await day.director('mark.correct', adding(day, says)))
    expect(await outcome()).toBe('review')
    const review = (by: { id: PersonId }) => ({
      ...{ encounterId: day.encounterId, eventId: newEvent(), markId: says.markId },
      ...{ decision: 'upheld' as const, reason: 'seen on film', reviewerId: by.id, pin: PIN },
    })
    for (const theirs of [day.small.director, day.small.examiner]) {
      expect(codeOf(await day.director('redFlag.review', review(theirs)))).toBe('reviewer-raised-flag')
    }
    const recordedAs = { ...review(day.small.otherExaminer), pin: '000000' }
    expect(await day.director('redFlag.review', recordedAs)).toMatchObject({ code: 'wrong-pin', params: { left: 4 } })
    dataOf(await day.director('redFlag.review', review(day.small.otherExaminer)))
    const { marks } = await recordOf(day)
    expect(marks[0]?.review?.decision).toBe('upheld')
    expect(await outcome()).toBe('fail')
  })

  it('can be described anew and taken back, and is still so after a restart', async () => {
    const day = await submittedDay()
    const says = flag(day)
    dataOf(await day.director('mark.correct', adding(day, says)))
    const { markId } = says
    const described = { type: 'mark.annotated', markId, cue: 0, quote: 'None was asked for.' } as const
    dataOf(await day.director('mark.correct', { ...adding(day, says), says: described }))
    expect((await recordOf(day)).marks).toMatchObject([{ id: markId, cue: 0, quote: 'None was asked for.' }])
    dataOf(await day.director('mark.correct', { ...adding(day, says), says: { type: 'mark.undone', markId } }))
    await day.services.shutdown()
    const again = { ...day, ...(await reopened(day.dataDir, day.small)) }
    const { marks, amendments } = await recordOf(again)
    expect(marks).toEqual([])
    expect(amendments.map(({ is }) => is.type)).toEqual(['mark.added', 'mark.annotated', 'mark.undone'])
    expect(codeOf(await again.director('mark.correct', adding(again, flag(again, { markId }))))).toBe('bad-input')
    expect(dataOf(await again.director('ledger.verify', {}))).toMatchObject({ sound: true })
  })

  it('stands in the cohort’s list of corrections, and in the table of ratings as the director’s', async () => {
    const day = await submittedDay()
    dataOf(await day.director('mark.correct', adding(day, flag(day))))
    const { amendments } = dataOf(await day.director('results.cohort', { examId: day.small.exam.id }))
    expect(amendments).toMatchObject([{ amendment: { cause: 'correction', is: { type: 'mark.added' } } }])
    const file = dataOf(await day.director('export.ratings', { examId: day.small.exam.id }))
    const table = readFileSync(day.services.findFile(file.id)?.path ?? '', 'utf8')
    expect(table.split('\n').find((line) => line.includes('No allergy was asked for.'))).toMatch(/director/)
  })

  it('sent twice is one', async () => {
    const day = await submittedDay()
    const event = adding(day, flag(day))
    dataOf(await day.director('mark.correct', event))
    dataOf(await day.director('mark.correct', event))
    const { marks, amendments } = await recordOf(day)
    expect([marks.length, amendments.length]).toEqual([1, 1])
  })

  it('is refused before the submission, of another rubric, at a cue that is not there, and without the second PIN', async () => {
    const day = await submittedDay()
    const refusal = async (says: Partial<Added>, more: Partial<Correct> = {}) =>
      codeOf(await day.director('mark.correct', adding(day, flag(day, says), more)))
    expect(await refusal({ markType: 'no-such-flag' })).toBe('unknown-item')
    expect(await refusal({ kind: 'moment' })).toBe('unknown-item')
    expect(await refusal({ cue: 5 })).toBe('unknown-item')
    expect(await refusal({}, { pin: '000000' })).toBe('wrong-pin')
    expect(await refusal({}, { secondId: day.small.director.id })).toBe('second-person-same')
    expect(await refusal({}, { encounterId: encounterAt(day.small, 1, 2) })).toBe('not-submitted')
    expect((await recordOf(day)).marks).toEqual([])
  })
})
