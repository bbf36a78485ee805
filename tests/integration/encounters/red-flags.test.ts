import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import type { Input } from '#shared/contract/contract.ts'
import type { EncounterId } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { DATABASE_FILE, openStore } from '#electron/store/store.ts'
import {
  codeOf,
  dataOf,
  encounterAt,
  examDay,
  itemAt,
  newEvent,
  newMark,
  reopened,
  type ExamDay,
} from '#tests/support/exam-day.ts'
import { saidIn } from '#tests/support/audit-of.ts'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { PIN } from '#tests/support/sign-in.ts'

async function submitted(day: ExamDay, encounterId: EncounterId, examiner = day.examiner) {
  const write = () => ({ encounterId, eventId: newEvent() })
  for (const { id } of rubricItems(day.small.rubric)) {
    dataOf(await examiner('rating.record', { ...write(), itemId: id, value: 5 }))
  }
  dataOf(await examiner('globalRating.record', { ...write(), value: 'pass' }))
  dataOf(await examiner('encounter.submit', { ...write(), missing: [] }))
}

/** Candidate 1001 passed both stations; at the first one the examiner raised a red flag. */
async function withFlag() {
  const day = await examDay()
  const { examiner, otherExaminer, small } = day
  const encounterId = encounterAt(small, 1, 1)
  const other = encounterAt(small, 2, 1)
  const markId = newMark()
  const type = small.rubric.redFlags[0]?.id ?? ''
  dataOf(await examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
  dataOf(await otherExaminer('encounter.confirmIdentity', { encounterId: other, eventId: newEvent() }))
  dataOf(await examiner('mark.make', { encounterId, eventId: newEvent(), markId, kind: 'red-flag', type }))
  dataOf(
    await examiner('mark.annotate', { encounterId, eventId: newEvent(), markId, cue: null, quote: 'Pull yourself' }),
  )
  await submitted(day, encounterId)
  await submitted(day, other, otherExaminer)
  const signed = { reason: 'seen on film', reviewerId: small.director.id, pin: PIN }
  const review = (decision: 'upheld' | 'dismissed') =>
    day.director('redFlag.review', { encounterId, eventId: newEvent(), markId, decision, ...signed })
  const candidateId = small.candidates[0].id
  const result = async () => dataOf(await day.director('results.candidate', { examId: small.exam.id, candidateId }))
  return { day, encounterId, markId, review, result, candidateId }
}

/** A review under whose id stands the name that was typed, as before a PIN was asked for. */
const typed = newEvent()

describe('a red flag', () => {
  it('holds the outcome back until a second person has looked at it', async () => {
    const { result } = await withFlag()
    expect(await result()).toMatchObject({ outcome: 'review', unmet: [] })
  })

  it('that is upheld turns a pass into a fail, and says that the score was not the reason', async () => {
    const { day, review, result } = await withFlag()
    dataOf(await review('upheld'))
    expect(await result()).toMatchObject({ outcome: 'fail', unmet: ['red-flag'], score: { value: 100 } })
    const cohort = dataOf(await day.director('results.cohort', { examId: day.small.exam.id }))
    expect(cohort.candidates[0]).toMatchObject({ outcome: 'fail', unmet: ['red-flag'] })
    expect(cohort.outcomes).toMatchObject({ pass: 0, fail: 1 })
  })

  it('that is dismissed leaves the outcome to the scores', async () => {
    const { review, result } = await withFlag()
    dataOf(await review('dismissed'))
    expect(await result()).toMatchObject({ outcome: 'pass', unmet: [] })
  })

  it('is raised by an examiner alone: who reviews it can not have raised it without a name', async () => {
    const { day, encounterId, markId } = await withFlag()
    const encounter = { encounterId, eventId: newEvent() }
    const type = day.small.rubric.redFlags[0]?.id ?? ''
    const itemId = itemAt(day.small.rubric, 0)
    const tried = [
      await day.director('mark.make', { ...encounter, markId: newMark(), kind: 'red-flag', type }),
      await day.director('mark.annotate', { ...encounter, markId, cue: null, quote: 'other words' }),
      await day.director('mark.undo', { ...encounter, markId }),
      await day.director('rating.record', { ...encounter, itemId, value: 1 }),
      await day.director('globalRating.record', { ...encounter, value: 'fail' }),
      await day.director('note.record', { ...encounter, itemId: null, text: 'seen on film' }),
    ]
    expect(tried.map(codeOf)).toEqual(tried.map(() => 'forbidden'))
  })

  it.each([
    ['before names were asked for', {}, null],
    ['when names stood in the ledger', { reviewer: 'Prof Second Reader' }, 'Prof Second Reader'],
    ['when names were typed', { reviewerId: typed }, 'Prof Second Reader'],
  ])('that was reviewed %s is still read', async (_when, signature, reviewer) => {
    const { day, encounterId, markId } = await withFlag()
    await day.services.shutdown()
    const store = openStore({ dataDir: day.dataDir, wallClock: day.time.wallClock })
    store.ledger.append({
      id: typed,
      examId: day.small.exam.id,
      encounterId,
      raterId: null,
      role: 'director',
      offsetMs: null,
      payload: {
        type: 'red-flag.reviewed',
        markId,
        review: { decision: 'upheld', reason: 'seen on film', ...signature },
      },
    })
    store.close()
    const db = new Database(join(day.dataDir, DATABASE_FILE))
    db.prepare('INSERT INTO identity (id, name) VALUES (?, ?)').run(typed, 'Prof Second Reader')
    db.close()
    const again = await reopened(day.dataDir, day.small, { simulated: day.time })
    const record = dataOf(await again.director('results.encounter', { encounterId }))
    expect(record.marks[0]?.review).toMatchObject({ decision: 'upheld', reviewer })
  })

  it('is told to the candidate as a concern that was upheld, without its kind or its words', async () => {
    const { day, review, candidateId } = await withFlag()
    dataOf(await review('upheld'))
    const file = dataOf(await day.director('report.candidate', { examId: day.small.exam.id, candidateId }))
    const pdf = await readPdf(readFileSync(day.services.findFile(file.id)?.path ?? ''))
    const words = pdf.pages.join(' ').replaceAll(/\s+/gu, ' ')
    expect(words).toContain('A concern outside the score was reviewed and upheld')
    expect(words).toContain('Not passed')
    expect(words).not.toContain('Pull yourself')
    expect(words).not.toContain(day.small.rubric.redFlags[0]?.label)
  })
})

describe('a red flag that was reviewed', () => {
  type Reviewed = Awaited<ReturnType<typeof withFlag>>
  const anew = (
    { day, encounterId, markId }: Reviewed,
    decision: 'upheld' | 'dismissed',
    more: Partial<Input<'mark.correct'>> = {},
  ): Input<'mark.correct'> => ({
    encounterId,
    eventId: newEvent(),
    says: { type: 'red-flag.reviewed', markId, decision },
    reason: 'the film shows another sentence',
    secondId: day.small.otherExaminer.id,
    pin: PIN,
    ...more,
  })
  const recordOf = async ({ day, encounterId }: Reviewed) =>
    dataOf(await day.director('results.encounter', { encounterId }))

  it('is not reviewed as if nobody had, before the close and after it', async () => {
    const flag = await withFlag()
    const { day, review, result } = flag
    dataOf(await review('upheld'))
    expect(codeOf(await review('dismissed'))).toBe('flag-reviewed')
    dataOf(await day.director('exam.setStatus', { examId: day.small.exam.id, status: 'closed' }))
    expect(codeOf(await review('dismissed'))).toBe('flag-reviewed')
    const { marks, amendments } = await recordOf(flag)
    expect(marks[0]?.review).toMatchObject({ decision: 'upheld', reviewer: 'director-1' })
    expect(amendments).toEqual([])
    expect((await result()).outcome).toBe('fail')
  })

  it('by two windows at once was reviewed once', async () => {
    const { review } = await withFlag()
    const answers = await Promise.all([review('upheld'), review('dismissed')])
    expect(answers.map(codeOf).toSorted()).toEqual(['accepted', 'flag-reviewed'])
  })

  it('is decided anew with a reason and a second person’s PIN, and both decisions stay', async () => {
    const flag = await withFlag()
    const { day, review, result } = flag
    dataOf(await review('upheld'))
    dataOf(await day.director('exam.setStatus', { examId: day.small.exam.id, status: 'closed' }))
    const input = anew(flag, 'dismissed')
    const saved = dataOf(await day.director('mark.correct', input))
    expect(dataOf(await day.director('mark.correct', input))).toEqual(saved)
    const { marks, amendments } = await recordOf(flag)
    const { name, id } = day.small.otherExaminer
    expect(marks[0]?.review).toMatchObject({
      decision: 'dismissed',
      reason: 'the film shows another sentence',
      reviewer: name,
    })
    expect(amendments).toMatchObject([
      {
        cause: 'correction',
        subject: `review ${flag.markId}`,
        was: [{ says: { review: { decision: 'upheld', reason: 'seen on film' } } }],
        is: { review: { decision: 'dismissed' } },
        by: { id: day.small.director.id },
        second: { id },
      },
    ])
    expect((await result()).outcome).toBe('pass')
    const { statement } = dataOf(await day.director('ledger.proof', { examId: day.small.exam.id }))
    expect(statement).toMatchObject({ eventsAfter: 1, amendedAfter: 1 })
    const audit = await saidIn(async (channel, input) => dataOf(await day.director(channel, input)), {
      examId: day.small.exam.id,
    })
    expect(audit.filter((line) => line.includes('red flag')).join('\n')).toMatch(
      /decided anew: had the red flag .* dismissed by .*another sentence[\s\S]*had the red flag .* upheld by director-1/,
    )
  })

  it('may be decided anew before the encounter was submitted', async () => {
    const day = await examDay()
    const encounterId = encounterAt(day.small, 1, 1)
    const event = () => ({ encounterId, eventId: newEvent() })
    const markId = newMark()
    const type = day.small.rubric.redFlags[0]?.id ?? ''
    dataOf(await day.examiner('encounter.confirmIdentity', event()))
    dataOf(await day.examiner('mark.make', { ...event(), markId, kind: 'red-flag', type }))
    const review = { decision: 'upheld' as const, reason: 'heard', reviewerId: day.small.director.id, pin: PIN }
    dataOf(await day.director('redFlag.review', { ...event(), markId, ...review }))
    const says = { type: 'red-flag.reviewed' as const, markId, decision: 'dismissed' as const }
    const signed = { secondId: day.small.otherExaminer.id, pin: PIN }
    dataOf(await day.director('mark.correct', { ...event(), says, reason: 'misheard', ...signed }))
  })

  it.each<[string, string, (flag: Reviewed) => Partial<Input<'mark.correct'>>]>([
    ['without a reason', 'reason-missing', () => ({ reason: '  ' })],
    ['with a wrong PIN', 'wrong-pin', () => ({ pin: '000000' })],
    ['by the director alone', 'second-person-same', ({ day }) => ({ secondId: day.small.director.id })],
    ['signed by who raised it', 'reviewer-raised-flag', ({ day }) => ({ secondId: day.small.examiner.id })],
    ['signed by a standardized patient', 'second-person-unfit', ({ day }) => ({ secondId: day.small.sp.id })],
    [
      'to what stands, for the same reason',
      'same-value',
      ({ markId }) => ({ says: { type: 'red-flag.reviewed', markId, decision: 'upheld' }, reason: 'seen on film' }),
    ],
    [
      'where there is no such flag',
      'not-found',
      () => ({ says: { type: 'red-flag.reviewed', markId: newMark(), decision: 'dismissed' } }),
    ],
  ])('is not decided anew %s', async (_, code, more) => {
    const flag = await withFlag()
    dataOf(await flag.review('upheld'))
    expect(codeOf(await flag.day.director('mark.correct', anew(flag, 'dismissed', more(flag))))).toBe(code)
    expect((await recordOf(flag)).amendments).toEqual([])
  })

  it('is what is decided anew: one that waits is reviewed', async () => {
    const flag = await withFlag()
    expect(codeOf(await flag.day.director('mark.correct', anew(flag, 'dismissed')))).toBe('not-found')
  })
})

describe('a mark made before the encounter begins', () => {
  it('has no place in the encounter, whether it reaches the disk before the start or after it', async () => {
    const day = await examDay()
    const encounterId = encounterAt(day.small, 1, 1)
    const type = day.small.rubric.moments[0]?.id ?? ''
    const make = (more: { madeAtMs?: number | null } = {}) =>
      day.examiner('mark.make', { encounterId, eventId: newEvent(), markId: newMark(), kind: 'moment', type, ...more })
    dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
    expect(dataOf(await make()).atMs).toBeNull()
    dataOf(await day.examiner('clock.command', { encounterId, eventId: newEvent(), command: { kind: 'start' } }))
    day.pass(90)
    expect(dataOf(await make({ madeAtMs: null })).atMs).toBeNull()
    expect(dataOf(await make()).atMs).toBe(30_000)
    const { record } = dataOf(await day.examiner('encounter.open', { encounterId }))
    expect(record.marks.map(({ atMs }) => atMs)).toEqual([null, null, 30_000])
  })
})
