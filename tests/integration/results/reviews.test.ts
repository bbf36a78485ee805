import Database from 'better-sqlite3-multiple-ciphers'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { readExamData } from '#electron/store/read-exam-data.ts'
import { DATABASE_FILE, openReader } from '#electron/store/store.ts'
import { isSound } from '#electron/store/verify-ledger.ts'
import type { Input } from '#shared/contract/contract.ts'
import type { EncounterId, MomentId } from '#shared/domain/ids.ts'
import { saidIn } from '#tests/support/audit-of.ts'
import { codeOf, dataOf, encounterAt, examDay, newEvent, newMark, type ExamDay } from '#tests/support/exam-day.ts'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { PIN, sitAs } from '#tests/support/sign-in.ts'
import { cohortOf } from '../reports/report-data.ts'

type Review = Input<'redFlag.review'>
type Flagged = ExamDay & { encounterId: EncounterId; markId: MomentId }

/** The examiner of station 1 raised a red flag about candidate 1. */
async function flagged(): Promise<Flagged> {
  const day = await examDay()
  const encounterId = encounterAt(day.small, 1, 1)
  const markId = newMark()
  const type = day.small.rubric.redFlags[0]?.id ?? ''
  dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
  dataOf(await day.examiner('mark.make', { encounterId, eventId: newEvent(), markId, kind: 'red-flag', type }))
  return { ...day, encounterId, markId }
}

const review = ({ small, encounterId, markId }: Flagged, more: Partial<Review> = {}): Review => ({
  encounterId,
  eventId: newEvent(),
  markId,
  decision: 'upheld',
  reason: 'seen on film',
  reviewerId: small.otherExaminer.id,
  pin: PIN,
  ...more,
})

const standing = async ({ director, encounterId }: Flagged) =>
  dataOf(await director('results.encounter', { encounterId })).marks[0]?.review ?? null

/** A director beside the one who sits there, whose PIN this is. */
async function added({ director }: ExamDay, name: string, pin: string) {
  const { directors } = dataOf(await director('account.addDirector', { name, pin }))
  const known = directors.find((one) => one.name === name)
  if (!known) throw new Error('not added')
  return { reviewerId: known.id, pin }
}

/** How many events of encounters there are; the ledger verifies. */
function events({ dataDir }: ExamDay): number {
  const reader = openReader(dataDir)
  try {
    const verification = reader.verify()
    expect(isSound(verification)).toBe(true)
    return verification.chains
      .filter(({ examId }) => examId !== null)
      .reduce((sum, { events: count }) => sum + count, 0)
  } finally {
    reader.close()
  }
}

describe('the review of a red flag', () => {
  it('is signed by an examiner of the exam, whose name is told wherever the review is, and stands in no event', async () => {
    const day = await flagged()
    const { eventId } = dataOf(await day.director('redFlag.review', review(day)))
    expect(await standing(day)).toEqual({
      decision: 'upheld',
      reason: 'seen on film',
      reviewer: 'examiner-2',
      reviewedAt: new Date(day.time.wallClock()).toISOString(),
    })
    const { id: examId } = day.small.exam
    const [said] = await saidIn(async (channel, input) => dataOf(await day.director(channel, input)), { examId })
    expect(said).toMatch(/had the red flag .* upheld by examiner-2: “seen on film”/)
    const file = dataOf(await day.director('export.ratings', { examId, names: true }))
    const rows: Record<string, string>[] = parse(readFileSync(day.services.findFile(file.id)?.path ?? ''), {
      bom: true,
      columns: true,
    })
    expect(rows.find(({ kind }) => kind === 'red-flag')).toMatchObject({ review: 'upheld', reviewer: 'examiner-2' })
    const reader = openReader(day.dataDir, null)
    const { pages } = await readPdf(cohortOf(readExamData(reader, examId)))
    reader.close()
    expect(pages.join(' ').replaceAll(/\s+/g, ' ')).toMatch(/examiner-2, [^:]* \(UTC\): upheld: seen on film/)
    await day.services.shutdown()
    const db = new Database(join(day.dataDir, DATABASE_FILE))
    const payload = db.prepare<[string], string>('SELECT payload FROM event WHERE id = ?').pluck().get(eventId) ?? ''
    expect(JSON.parse(payload)).toMatchObject({ review: { reviewerId: day.small.otherExaminer.id } })
    expect(payload).not.toContain('"reviewer"')
    expect(db.prepare('SELECT count(*) FROM identity WHERE id = ?').pluck().get(eventId)).toBe(0)
    db.close()
  })

  it('may be that of the director who sits there, or of another one, after the close too', async () => {
    const day = await flagged()
    dataOf(await day.director('exam.setStatus', { examId: day.small.exam.id, status: 'closed' }))
    dataOf(await day.director('redFlag.review', review(day, { reviewerId: day.small.director.id })))
    expect((await standing(day))?.reviewer).toBe('director-1')
    const other = await flagged()
    dataOf(await other.director('redFlag.review', review(other, await added(other, 'Prof Other', '135790'))))
    expect((await standing(other))?.reviewer).toBe('Prof Other')
  })

  it('sent again is the same event, and no PIN is looked at again', async () => {
    const day = await flagged()
    const input = review(day)
    const saved = dataOf(await day.director('redFlag.review', input))
    const before = events(day)
    expect(dataOf(await day.director('redFlag.review', { ...input, pin: '' }))).toEqual(saved)
    expect(codeOf(await day.director('redFlag.review', { ...input, reason: 'another reason' }))).toBe('bad-input')
    expect(codeOf(await day.director('redFlag.review', { ...input, decision: 'dismissed' }))).toBe('bad-input')
    expect(events(day)).toBe(before)
    expect(await standing(day)).toMatchObject({ decision: 'upheld', reason: 'seen on film' })
    // Nothing was counted as a wrong PIN: the first that is has all tries but itself left.
    const wrong = { ...review(day), eventId: newEvent(), pin: '000000' }
    expect(codeOf(await day.director('redFlag.review', wrong))).toBe('flag-reviewed')
    expect(
      await day.window('elsewhere')('session.signIn', { personId: day.small.otherExaminer.id, pin: '000000' }),
    ).toMatchObject({ code: 'wrong-pin', params: { left: 4 } })
  })

  it('keeps who signed it in the list of people, and a removed director’s name under it', async () => {
    const day = await flagged()
    dataOf(await day.director('redFlag.review', review(day)))
    const personId = day.small.otherExaminer.id
    expect(codeOf(await day.director('person.remove', { personId }))).toBe('person-has-marks')
    const other = await flagged()
    const signature = await added(other, 'Prof Other', '135790')
    dataOf(await other.director('redFlag.review', review(other, signature)))
    dataOf(await other.director('account.removeDirector', { directorId: signature.reviewerId }))
    expect((await standing(other))?.reviewer).toBe('Prof Other')
  })
})

describe('the review of a red flag is refused, and nothing is recorded,', () => {
  const refused: [string, string, (day: Flagged) => Partial<Review> | Promise<Partial<Review>>][] = [
    ['with a wrong PIN', 'wrong-pin', () => ({ pin: '000000' })],
    [
      'with the PIN of the director who sits there',
      'wrong-pin',
      async (day) => {
        dataOf(await day.director('account.changePin', { pin: PIN, newPin: '975310' }))
        return { pin: '975310' }
      },
    ],
    ['without a reason', 'reason-missing', () => ({ reason: ' \n ' })],
    ['by the examiner who raised it', 'reviewer-raised-flag', ({ small }) => ({ reviewerId: small.examiner.id })],
    [
      'by another account of who raised it, however the name is written',
      'reviewer-raised-flag',
      (day) => added(day, 'EXAMINER - 1', '135790'),
    ],
    ['by a standardized patient', 'second-person-unfit', ({ small }) => ({ reviewerId: small.sp.id })],
    ['by nobody known', 'second-person-unfit', () => ({ reviewerId: 'somebody' as never })],
    [
      'by an examiner of another exam',
      'second-person-unfit',
      async ({ director }) => {
        const { id: examId } = dataOf(await director('exam.create', {}))
        const fields = { role: 'examiner' as const, name: 'Elsewhere', stationIds: [] }
        return { reviewerId: dataOf(await director('person.add', { examId, fields })).id }
      },
    ],
    [
      'by somebody who has no PIN yet',
      'no-pin',
      async ({ director, small }) => {
        const fields = { role: 'examiner' as const, name: 'New Examiner', stationIds: [] }
        return { reviewerId: dataOf(await director('person.add', { examId: small.exam.id, fields })).id }
      },
    ],
    ['of a flag that is not there', 'not-found', () => ({ markId: newMark() })],
  ]
  it.each(refused)('%s', async (_, code, more) => {
    const day = await flagged()
    const input = review(day, await more(day))
    const before = events(day)
    expect(codeOf(await day.director('redFlag.review', input))).toBe(code)
    expect(events(day)).toBe(before)
    expect(await standing(day)).toBeNull()
  })

  it('of what is no red flag', async () => {
    const day = await flagged()
    const markId = newMark()
    const type = day.small.rubric.moments[0]?.id ?? ''
    const event = { encounterId: day.encounterId, eventId: newEvent() }
    dataOf(await day.examiner('mark.make', { ...event, markId, kind: 'moment', type }))
    expect(codeOf(await day.director('redFlag.review', review(day, { markId })))).toBe('not-found')
  })

  it('while the reviewer is locked out by wrong PINs, with the right one too', async () => {
    const day = await flagged()
    for (let tries = 0; tries < 5; tries += 1) await day.director('redFlag.review', review(day, { pin: '000000' }))
    expect(await day.director('redFlag.review', review(day))).toMatchObject({ code: 'wrong-pin', params: { left: 0 } })
    expect(await standing(day)).toBeNull()
    // Their own sign-in waits as well: it is the same lock.
    await expect(sitAs(day.window('elsewhere'), day.small.otherExaminer)).rejects.toThrow('wrong-pin')
  })
})
