import Database from 'better-sqlite3-multiple-ciphers'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Input } from '#shared/contract/contract.ts'
import { createLedger } from '#electron/store/ledger.ts'
import { projectionTables } from '#electron/store/projection-tables.ts'
import { DATABASE_FILE, openReader } from '#electron/store/store.ts'
import { isSound } from '#electron/store/verify-ledger.ts'
import type { EncounterId, MomentId } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import {
  codeOf,
  dataOf,
  encounterAt,
  examDay,
  itemAt,
  newEvent,
  newMark,
  type ExamDay,
} from '#tests/support/exam-day.ts'
import {
  copyKey,
  directorsLaptop,
  exam,
  examine,
  examiner,
  handOver,
  laptop,
  newEvent as nextEvent,
  otherExaminer,
  slotsOf,
  stationOf,
} from '#tests/support/laptops.ts'
import { PIN, sitAs } from '#tests/support/sign-in.ts'

type Correct = Input<'mark.correct'>

/** A day on which the encounter of candidate 1 at station 1 was submitted: every behaviour 3, judged a pass. */
async function submittedDay(): Promise<ExamDay & { encounterId: EncounterId; markId: MomentId }> {
  const day = await examDay()
  const encounterId = encounterAt(day.small, 1, 1)
  const event = () => ({ encounterId, eventId: newEvent() })
  dataOf(await day.examiner('encounter.confirmIdentity', event()))
  for (const { id: itemId } of rubricItems(day.small.rubric)) {
    dataOf(await day.examiner('rating.record', { ...event(), itemId, value: 3 }))
  }
  const markId = newMark()
  const type = day.small.rubric.moments[0]?.id ?? ''
  dataOf(await day.examiner('mark.make', { ...event(), markId, kind: 'moment', type }))
  dataOf(await day.examiner('globalRating.record', { ...event(), value: 'pass' }))
  dataOf(await day.examiner('encounter.submit', { ...event(), missing: [] }))
  return { ...day, encounterId, markId }
}
type Submitted = Awaited<ReturnType<typeof submittedDay>>

const correction = ({ small, encounterId }: Submitted, more: Partial<Correct> = {}): Correct => ({
  encounterId,
  eventId: newEvent(),
  says: { type: 'rating.recorded', itemId: itemAt(small.rubric, 0), value: 5 },
  reason: 'a slip of the finger',
  secondId: small.otherExaminer.id,
  pin: PIN,
  ...more,
})

const recordOf = async ({ director, encounterId }: Submitted) =>
  dataOf(await director('results.encounter', { encounterId }))
const verification = ({ dataDir }: { dataDir: string }) => {
  const reader = openReader(dataDir)
  try {
    return reader.verify()
  } finally {
    reader.close()
  }
}
/** Events of the exam; that a PIN was wrong stands in the installation's own chain. */
const recorded = (day: { dataDir: string }) =>
  verification(day)
    .chains.filter(({ examId }) => examId !== null)
    .reduce((sum, { events }) => sum + events, 0)
const contentOf = (dataDir: string) => {
  const db = new Database(join(dataDir, DATABASE_FILE))
  try {
    return projectionTables.map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all())
  } finally {
    db.close()
  }
}

describe('a mark that is corrected after it was submitted', () => {
  it('stands as corrected, with what it was, by whom, with whom and why', async () => {
    const day = await submittedDay()
    const itemId = itemAt(day.small.rubric, 0)
    dataOf(await day.director('mark.correct', correction(day)))
    const { ratings, amendments, conflicts } = await recordOf(day)
    expect(ratings.find((rating) => rating.itemId === itemId)?.value).toBe(5)
    expect(conflicts).toEqual([])
    expect(amendments).toMatchObject([
      {
        cause: 'correction',
        subject: `rating ${itemId}`,
        was: [{ says: { value: 3 }, by: { id: day.small.examiner.id, role: 'examiner' }, own: true }],
        is: { value: 5 },
        by: { id: day.small.director.id, role: 'director' },
        second: { id: day.small.otherExaminer.id, role: 'examiner' },
        reason: 'a slip of the finger',
      },
    ])
    expect(isSound(verification(day))).toBe(true)
  })

  it('keeps both values when the projections are made anew', async () => {
    const day = await submittedDay()
    dataOf(await day.director('mark.correct', correction(day)))
    await day.services.shutdown()
    const before = contentOf(day.dataDir)
    const db = new Database(join(day.dataDir, DATABASE_FILE))
    createLedger(db, 'somebody', () => 0).rebuildProjections()
    db.close()
    expect(contentOf(day.dataDir)).toEqual(before)
    expect(isSound(verification(day))).toBe(true)
  })

  it('can be any mark: a judgement, a note, a moment, one that was missing or should be, the patient’s answer', async () => {
    const day = await submittedDay()
    const markId = day.markId
    for (const statement of ['listened', 'view-understood', 'feelings-recognised', 'helped'] as const) {
      dataOf(await day.sp('sp.answer', { encounterId: day.encounterId, eventId: newEvent(), statement, value: 4 }))
    }
    const answer = correction(day, { says: { type: 'sp-answer.recorded', statement: 'listened', value: 1 } })
    expect(codeOf(await day.director('mark.correct', answer))).toBe('not-submitted')
    dataOf(await day.sp('sp.submit', { encounterId: day.encounterId, eventId: newEvent() }))
    const all: Correct['says'][] = [
      { type: 'global-rating.recorded', value: 'good' },
      { type: 'note.recorded', itemId: null, text: 'interrupted by an alarm' },
      { type: 'rating.recorded', itemId: itemAt(day.small.rubric, 1), value: null },
      { type: 'rating.recorded', itemId: itemAt(day.small.rubric, 1), value: 'no-opportunity' },
      { type: 'mark.annotated', markId, cue: 0, quote: 'I see.' },
      { type: 'sp-answer.recorded', statement: 'listened', value: 1 },
      { type: 'sp-comment.recorded', text: 'I was not heard.' },
    ]
    for (const says of all) dataOf(await day.director('mark.correct', correction(day, { says })))
    const { globalRating, notes, ratings, amendments, sp } = await recordOf(day)
    expect(globalRating).toBe('good')
    expect(notes).toEqual([{ itemId: null, text: 'interrupted by an alarm' }])
    expect(ratings.find(({ itemId }) => itemId === itemAt(day.small.rubric, 1))?.value).toBe('no-opportunity')
    expect(amendments.map(({ was }) => was.length)).toEqual([1, 0, 1, 1, 1])
    expect(amendments.at(-1)?.about).toEqual({ kind: 'moment', type: day.small.rubric.moments[0]?.id })
    expect(sp.answers.find(({ statement }) => statement === 'listened')?.value).toBe(1)
    expect(sp.amendments.map(({ subject }) => subject)).toEqual(['sp-answer listened', 'sp-comment'])
    // What the patient said stays from the examiner.
    const seen = dataOf(await day.examiner('encounter.open', { encounterId: day.encounterId }))
    expect(seen.record.amendments).toHaveLength(5)
    expect(JSON.stringify(seen)).not.toContain('sp-answer')
    dataOf(await day.director('mark.correct', correction(day, { says: { type: 'mark.undone', markId } })))
    const after = await recordOf(day)
    expect(after.marks).toEqual([])
    expect(after.amendments.at(-1)).toMatchObject({ subject: `mark ${markId}`, was: [{ says: { quote: 'I see.' } }] })
    expect(isSound(verification(day))).toBe(true)
  })

  it('is missing no more where it was declared missing and is given now', async () => {
    const day = await examDay()
    const encounterId = encounterAt(day.small, 1, 1)
    const event = () => ({ encounterId, eventId: newEvent() })
    dataOf(await day.examiner('encounter.confirmIdentity', event()))
    const items = rubricItems(day.small.rubric).map(({ id }) => id)
    const missing = [...items, 'global-rating' as const].map((item) => ({ item, reason: 'my view was blocked' }))
    dataOf(await day.examiner('encounter.submit', { ...event(), missing }))
    const itemId = itemAt(day.small.rubric, 0)
    const says = { type: 'rating.recorded' as const, itemId, value: 4 }
    dataOf(await day.director('mark.correct', correction({ ...day, encounterId, markId: newMark() }, { says })))
    const record = dataOf(await day.director('results.encounter', { encounterId }))
    expect(record.missing.map(({ item }) => item)).toEqual([...items.slice(1), 'global-rating'])
    expect(record.amendments).toMatchObject([{ was: [], is: { value: 4 } }])
    const { completeness, cells } = dataOf(await day.director('results.cohort', { examId: day.small.exam.id }))
    expect(completeness.itemsMissing).toBe(items.length)
    expect(cells.find((cell) => cell.encounterId === encounterId)?.openItems).toBe(items.length)
  })

  it('is corrected once, however often the same call is sent', async () => {
    const day = await submittedDay()
    const input = correction(day)
    const first = dataOf(await day.director('mark.correct', input))
    expect(dataOf(await day.director('mark.correct', input))).toEqual(first)
    expect((await recordOf(day)).amendments).toHaveLength(1)
    expect(codeOf(await day.director('mark.correct', { ...input, reason: 'another reason' }))).toBe('bad-input')
  })

  it('may be corrected after the closing statement, which still holds', async () => {
    const day = await submittedDay()
    dataOf(await day.director('exam.setStatus', { examId: day.small.exam.id, status: 'closed' }))
    dataOf(await day.director('mark.correct', correction(day)))
    const { statement } = dataOf(await day.director('ledger.proof', { examId: day.small.exam.id }))
    expect(statement).toMatchObject({ eventsAfter: 1, amendedAfter: 1 })
    const { statements } = verification(day)
    expect(statements).toMatchObject([{ problem: null, eventsAfter: 1 }])
  })

  it('travels in a bundle of the exam’s own laptop and is merged where it is imported', async () => {
    const director = await directorsLaptop()
    const [first] = slotsOf(examiner)
    if (!first) throw new Error('no encounter')
    const second = await stationOf(director)
    await second.services.shutdown()
    copyKey(director, second)
    const collecting = await laptop({ dataDir: second.dataDir })
    await examine(director.as(examiner), first.id, 3)
    const there = director.services.seat({ role: 'director', examId: null, personId: 'director-there' as never })
    const itemId = itemAt((await director.director('encounter.open', { encounterId: first.id })).rubric, 0)
    dataOf(
      await there('mark.correct', {
        encounterId: first.id,
        eventId: nextEvent(),
        says: { type: 'rating.recorded', itemId, value: 5 },
        reason: 'a slip of the finger',
        secondId: otherExaminer.id,
        pin: PIN,
      }),
    )
    await handOver(director, collecting)
    const record = await collecting.director('results.encounter', { encounterId: first.id })
    expect(record.ratings.find((rating) => rating.itemId === itemId)?.value).toBe(5)
    expect(record.amendments).toMatchObject([{ was: [{ says: { value: 3 } }], is: { value: 5 } }])
    expect(isSound(verification(collecting))).toBe(true)
    const cohort = await collecting.director('results.cohort', { examId: exam.id })
    expect(cohort.amendments).toHaveLength(1)
  })
})

describe('a correction is refused, and nothing is recorded,', () => {
  const refused: [string, string, (day: Submitted) => Partial<Correct> | Promise<Partial<Correct>>][] = [
    ['before the encounter was submitted', 'not-submitted', ({ small }) => ({ encounterId: encounterAt(small, 1, 2) })],
    [
      'to the value that stands',
      'same-value',
      ({ small }) => ({ says: { type: 'rating.recorded', itemId: itemAt(small.rubric, 0), value: 3 } }),
    ],
    [
      'of a behaviour that the rubric does not have',
      'unknown-item',
      () => ({ says: { type: 'rating.recorded', itemId: 'no-such-item' as never, value: 5 } }),
    ],
    [
      'to a value outside the scale',
      'value-outside-scale',
      ({ small }) => ({ says: { type: 'rating.recorded', itemId: itemAt(small.rubric, 0), value: 6 } }),
    ],
    [
      'to a judgement that the rubric does not have',
      'value-outside-scale',
      () => ({ says: { type: 'global-rating.recorded', value: 'splendid' } }),
    ],
    ['of a moment that is not there', 'not-found', () => ({ says: { type: 'mark.undone', markId: 'm1' as never } })],
    ['without a reason', 'reason-missing', () => ({ reason: ' \n ' })],
    ['with a wrong PIN', 'wrong-pin', () => ({ pin: '000000' })],
    ['signed by who corrects', 'second-person-same', ({ small }) => ({ secondId: small.director.id })],
    ['signed by a standardized patient', 'second-person-unfit', ({ small }) => ({ secondId: small.sp.id })],
    ['signed by nobody known', 'second-person-unfit', () => ({ secondId: 'somebody' as never })],
    [
      'signed by another account of who corrects',
      'second-person-same',
      async (day) => {
        const name = ` ${day.small.director.name.toUpperCase()} `
        const { directors } = dataOf(await day.director('account.addDirector', { name, pin: '135790' }))
        return {
          secondId: directors.find(({ id }) => id !== day.small.director.id)?.id ?? ('' as never),
          pin: '135790',
        }
      },
    ],
    [
      'signed by somebody who has no PIN yet',
      'no-pin',
      async (day) => {
        const fields = { role: 'examiner' as const, name: 'New Examiner', stationIds: [] }
        const { id } = dataOf(await day.director('person.add', { examId: day.small.exam.id, fields }))
        return { secondId: id }
      },
    ],
  ]
  it.each(refused)('%s', async (_, code, more) => {
    const day = await submittedDay()
    const changed = await more(day)
    const before = recorded(day)
    expect(codeOf(await day.director('mark.correct', correction(day, changed)))).toBe(code)
    expect(recorded(day)).toBe(before)
    expect((await recordOf(day)).amendments).toEqual([])
  })

  it('while the second person is locked out, with the right PIN too', async () => {
    const day = await submittedDay()
    for (let tries = 0; tries < 5; tries += 1) {
      await day.director('mark.correct', correction(day, { pin: '000000' }))
    }
    const answer = await day.director('mark.correct', correction(day))
    expect(answer).toMatchObject({ ok: false, code: 'wrong-pin', params: { left: 0 } })
    expect((await recordOf(day)).amendments).toEqual([])
    // Their own sign-in waits as well: it is the same lock.
    await expect(sitAs(day.window('elsewhere'), day.small.otherExaminer)).rejects.toThrow('wrong-pin')
  })
})
