import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import { isSignedBy } from '#electron/base/signature.ts'
import { DATABASE_FILE, openReader } from '#electron/store/store.ts'
import { signedStatementSchema, statementText } from '#shared/domain/proof.ts'
import type { AuditFilter, AuditPage } from '#shared/contract/parts/audit.ts'
import { dataOf, encounterAt, examDay, itemAt, newEvent, newMark, type ExamDay } from '#tests/support/exam-day.ts'
import { PIN } from '#tests/support/sign-in.ts'

const plain = (text: string) => text.replaceAll(/[\u2068\u2069]/g, '')

async function rated(day: ExamDay, values: readonly number[], station = 1) {
  const encounterId = encounterAt(day.small, station, 1)
  const examiner = station === 1 ? day.examiner : day.otherExaminer
  dataOf(await examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
  const itemId = itemAt(day.small.rubric, 0)
  for (const value of values)
    dataOf(await examiner('rating.record', { encounterId, eventId: newEvent(), itemId, value }))
  return encounterId
}

const close = async (day: ExamDay) =>
  dataOf(await day.director('exam.setStatus', { examId: day.small.exam.id, status: 'closed' }))

/** What somebody does who has the file and a tool for SQL, while nothing else writes. */
function edit(day: ExamDay, sql: string): void {
  const db = new Database(join(day.dataDir, DATABASE_FILE))
  db.exec('DROP TRIGGER IF EXISTS event_never_changes; DROP TRIGGER IF EXISTS event_never_goes')
  db.pragma('foreign_keys = OFF')
  db.exec(sql)
  db.close()
}

const verified = async (day: ExamDay, code?: string) =>
  dataOf(await day.director('ledger.verify', code === undefined ? {} : { code }))

const everything = (day: ExamDay, more: Partial<AuditFilter> = {}): AuditFilter => ({
  examId: day.small.exam.id,
  ...{ personId: null, candidateId: null, stationId: null, kind: null, device: null, from: null, to: null, text: '' },
  ...more,
})
const told = async (day: ExamDay, more: Partial<AuditFilter> = {}) =>
  dataOf(await day.director('audit.list', { filter: everything(day, more), before: null })).entries.map((entry) =>
    plain(`${entry.person ?? entry.role} ${entry.did}`),
  )

describe('the closing statement', () => {
  it('is made when an exam is closed, signed with the key of the installation, and counts what there is', async () => {
    const day = await examDay()
    await rated(day, [3, 4])
    await close(day)
    const { id } = dataOf(await day.director('ledger.statement', { examId: day.small.exam.id }))
    const file = readFileSync(day.services.findFile(id)?.path ?? '', 'utf8')
    const { statement, publicKey, signature } = signedStatementSchema.parse(JSON.parse(file))
    const reader = openReader(day.dataDir)
    expect(publicKey).toBe(reader.installation.publicKey())
    reader.close()
    expect(statement.counts).toEqual({ encounters: 6, submitted: 0, absent: 0, open: 1, marks: 1, spForms: 0 })
    expect(statement).toMatchObject({ title: 'Small exam', software: '0.0.0-test' })
    // Confirmed, rated twice, closed.
    expect(statement.heads).toMatchObject([{ seq: 4 }])
    const signed = (of: typeof statement) => isSignedBy(publicKey, Buffer.from(statementText(of)), signature)
    expect(signed(statement)).toBe(true)
    expect(signed({ ...statement, counts: { ...statement.counts, marks: 2 } })).toBe(false)
  })

  it('holds while nothing came after it, and counts what did', async () => {
    const day = await examDay()
    const encounterId = await rated(day, [3])
    const markId = newMark()
    const flag = { encounterId, eventId: newEvent(), markId, kind: 'red-flag' as const }
    dataOf(await day.examiner('mark.make', { ...flag, type: day.small.rubric.redFlags[0]?.id ?? '' }))
    await close(day)
    expect(await verified(day)).toMatchObject({ sound: true, statements: [{ eventsAfter: 0, problem: null }] })
    const review = {
      decision: 'dismissed',
      reason: 'a quotation',
      reviewerId: day.small.director.id,
      pin: PIN,
    } as const
    dataOf(await day.director('redFlag.review', { encounterId, eventId: newEvent(), markId, ...review }))
    expect(await verified(day)).toMatchObject({ sound: true, statements: [{ eventsAfter: 1, problem: null }] })
    const { statement } = dataOf(await day.director('ledger.state', { examId: day.small.exam.id }))
    expect(statement).toMatchObject({ eventsAfter: 0 })
  })

  it('is refused for an exam that is not closed', async () => {
    const day = await examDay()
    expect(await day.director('ledger.state', { examId: day.small.exam.id })).toMatchObject({ code: 'exam-not-closed' })
  })

  it('tells of events that were cut from the end of the exam, though every chain still holds', async () => {
    const day = await examDay()
    const encounterId = await rated(day, [3, 4])
    await close(day)
    // The closing and the second mark, and what the screens show of it.
    edit(
      day,
      `DELETE FROM event WHERE exam_id = '${day.small.exam.id}' AND seq >= 3;
       UPDATE rating SET points = 3, event_id = (SELECT id FROM event WHERE seq = 2 AND exam_id <> '')
         WHERE encounter_id = '${encounterId}'`,
    )
    expect(await verified(day)).toMatchObject({
      sound: false,
      broken: null,
      differing: 0,
      statements: [{ problem: 'cut' }],
    })
  })

  it('that was altered breaks the chain it stands in', async () => {
    const day = await examDay()
    await rated(day, [3])
    await close(day)
    edit(day, `UPDATE event SET payload = json_set(payload, '$.signed.statement.counts.marks', 9) WHERE exam_id = ''`)
    expect(await verified(day)).toMatchObject({ sound: false, broken: { problem: 'altered' } })
  })
})

describe('a code from paper', () => {
  it('is told to stand for the ledger now, for an earlier moment of it, or for nothing here', async () => {
    const day = await examDay()
    await rated(day, [3])
    const { code } = dataOf(await day.director('ledger.proof', { examId: day.small.exam.id }))
    expect(await verified(day, code?.toLowerCase().replace('-', ' '))).toMatchObject({
      found: { exam: 'Small exam', eventsAfter: 0 },
    })
    await rated(day, [3, 4], 2)
    expect(await verified(day, code ?? '')).toMatchObject({ found: { exam: 'Small exam', eventsAfter: 3 } })
    expect(await verified(day, 'AAAA-AAAA')).toMatchObject({ found: null })
    expect(await verified(day)).not.toHaveProperty('found')
  })
})

describe('verify', () => {
  it('names in words the mark that was changed behind the app', async () => {
    const day = await examDay()
    await rated(day, [3])
    edit(day, `UPDATE event SET payload = json_set(payload, '$.value', 5) WHERE payload ->> 'value' = 3`)
    const { broken } = await verified(day)
    expect(broken).toMatchObject({ seq: 2, problem: 'altered' })
    expect(plain(broken?.says ?? '')).toMatch(/^examiner-1 rated .+ of candidate 1001 at station 1 with 5$/)
  })
})

describe('the audit view', () => {
  it('tells who did what in words, newest first, with the old value and the new', async () => {
    const day = await examDay()
    await rated(day, [2, 4])
    await close(day)
    const item = day.small.rubric.domains[0]?.items[0]?.title ?? ''
    const entries = dataOf(await day.director('audit.list', { filter: everything(day), before: null }))
    expect(entries.total).toBe(4)
    expect(await told(day)).toEqual([
      expect.stringMatching(/ closed the exam$/),
      `examiner-1 changed ${item} of candidate 1001 at station 1 from 2 to 4`,
      `examiner-1 rated ${item} of candidate 1001 at station 1 with 2`,
      'examiner-1 confirmed the identity of candidate 1001 at station 1',
    ])
    expect(entries.entries[1]).toMatchObject({ was: '2', is: '4', candidate: '1001', station: 1, kind: 'marks' })
    expect(await told(day, { examId: null, kind: 'exam' })).toEqual([
      expect.stringMatching(/ made the closing statement of “Small exam” for ledger [A-Z]{4}-[A-Z]{4}$/),
    ])
  })

  it('tells moments, notes, flags, incidents, absences and the form of the SP', async () => {
    const day = await examDay()
    const encounterId = await rated(day, [])
    const write = () => ({ encounterId, eventId: newEvent() })
    const { rubric } = day.small
    const markId = newMark()
    const flag = rubric.redFlags[0]
    dataOf(await day.examiner('mark.make', { ...write(), markId, kind: 'red-flag', type: flag?.id ?? '' }))
    dataOf(await day.examiner('note.record', { ...write(), itemId: null, text: 'waited' }))
    dataOf(await day.examiner('note.record', { ...write(), itemId: null, text: '' }))
    dataOf(await day.examiner('incident.record', { ...write(), kind: 'lost-time', text: 'Fire alarm.' }))
    dataOf(await day.sp('sp.answer', { ...write(), statement: 'listened', value: 4 }))
    dataOf(await day.sp('sp.answer', { ...write(), statement: 'listened', value: null }))
    const review = {
      decision: 'dismissed',
      reason: 'a quotation',
      reviewerId: day.small.director.id,
      pin: PIN,
    } as const
    dataOf(await day.director('redFlag.review', { ...write(), markId, ...review }))
    const where = 'candidate 1001 at station 1'
    expect((await told(day)).slice(0, -1).map((line) => line.replace(/^\S+ /, ''))).toEqual([
      `had the red flag “${flag?.label ?? ''}” about ${where} dismissed by director-1: “a quotation”`,
      `took back the answer to “There was room for what I had to say.” about ${where}, which was 4`,
      `answered “There was room for what I had to say.” about ${where} with 4`,
      `reported an incident around ${where}, time was lost: “Fire alarm.”`,
      `removed what stood on the whole encounter of ${where}: “waited”`,
      `wrote on the whole encounter of ${where}: “waited”`,
      `raised the red flag “${flag?.label ?? ''}” about ${where}`,
    ])
  })

  it('lets through what the filter asks for: person, station, candidate, kind, time and words', async () => {
    const day = await examDay()
    await rated(day, [2])
    const later = new Date(day.time.wallClock() + 1000).toISOString()
    day.pass(60)
    await rated(day, [5], 2)
    const { small } = day
    const counts = async (more: Partial<AuditFilter>) => (await told(day, more)).length
    expect(await counts({})).toBe(4)
    expect(await counts({ personId: small.otherExaminer.id })).toBe(2)
    expect(await counts({ stationId: small.stations[0].id })).toBe(2)
    expect(await counts({ candidateId: small.candidates[1].id })).toBe(0)
    expect(await counts({ kind: 'marks' })).toBe(2)
    expect(await counts({ device: 'elsewhere' })).toBe(0)
    expect(await counts({ from: later })).toBe(2)
    expect(await counts({ to: later })).toBe(2)
    expect(await counts({ text: 'STATION 2 with 5' })).toBe(1)
    const choices = dataOf(await day.director('audit.choices', { examId: small.exam.id }))
    expect(choices.people.map(({ name }) => name).toSorted()).toEqual(['examiner-1', 'examiner-2'])
    expect(choices.devices).toMatchObject([{ own: true }])
  })

  it('is told page by page, every entry once', async () => {
    const day = await examDay()
    await rated(
      day,
      Array.from({ length: 119 }, (_, index) => (index % 5) + 1),
    )
    const ids: string[] = []
    let before: string | null = null
    const sizes: number[] = []
    do {
      const page: AuditPage = dataOf(await day.director('audit.list', { filter: everything(day), before }))
      ids.push(...page.entries.map(({ id }) => id))
      sizes.push(page.entries.length)
      before = page.older
    } while (before !== null)
    expect(sizes).toEqual([50, 50, 20])
    expect(new Set(ids).size).toBe(120)
  })

  it('leaves as a table without a name unless somebody says so, and runs nothing in a spreadsheet', async () => {
    const day = await examDay()
    const encounterId = await rated(day, [3])
    const text = '=HYPERLINK("x")'
    dataOf(await day.examiner('note.record', { encounterId, eventId: newEvent(), itemId: null, text }))
    const read = async (names: boolean) => {
      const { id, name } = dataOf(await day.director('audit.export', { filter: everything(day), names }))
      return { name, text: readFileSync(day.services.findFile(id)?.path ?? '', 'utf8') }
    }
    const without = await read(false)
    expect(without.text).not.toContain('examiner-1')
    expect(without.text).not.toContain('1001')
    expect(without.text).toMatch(/,E-[0-9A-Z]{5}-[0-9A-Z]{5},examiner,marks,C-[0-9A-Z]{5}-[0-9A-Z]{5},1,/)
    const withNames = await read(true)
    expect(withNames.name).toBe('audit-with-names.csv')
    expect(withNames.text).toContain(',examiner-1,examiner,marks,1001,1,')
    expect(withNames.text).not.toMatch(/(^|,)"?=/m)
  })

  it('says — where a name was erased', async () => {
    const day = await examDay()
    await rated(day, [3])
    edit(day, `DELETE FROM identity WHERE id = '${day.small.examiner.id}'`)
    expect((await told(day))[0]).toMatch(/^— rated /)
  })
})

describe('the session sheet', () => {
  it('is for the examiners of the exam and its director', async () => {
    const day = await examDay()
    const { exam } = day.small
    expect(dataOf(await day.examiner('report.session', { examId: exam.id })).name).toBe('session-2026-11-14.pdf')
    expect(await day.sp('report.session', { examId: exam.id })).toMatchObject({ code: 'forbidden' })
  })
})
