import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import type { AuditFilter } from '#shared/contract/parts/audit.ts'
import { rubricIdSchema } from '#shared/domain/ids.ts'
import {
  codeOf,
  dataOf,
  encounterAt,
  examDayWith,
  itemAt,
  newEvent,
  newMark,
  type ExamDay,
} from '#tests/support/exam-day.ts'
import { PIN } from '#tests/support/sign-in.ts'
import type { SmallExam } from '#tests/support/small-exam.ts'

/** Each makes a spreadsheet run what follows it. */
const starts = ['=', '+', '-', '@', '\t=', '\r=', '\n=', ' =', '\u00A0=', '\u3000=', '\u200B=', '＝', '＋', '－', '＠']
const payload = "cmd|' /C calc'!A0"

/** The small exam in which every text that a director sets up begins a formula, under ids of its own. */
function hostileExam(small: SmallExam, at: number, text: string): SmallExam {
  const ids = /"(?=(?:exam|station|candidate|examiner|sp|encounter)-\d)/g
  const own = JSON.parse(JSON.stringify(small).replaceAll(ids, `"${at}-`)) as SmallExam
  const id = rubricIdSchema.parse(`own-${at}`)
  const called = <T extends object>(one: T): T => ({ ...one, name: text, group: text })
  const [first, second, rest] = own.stations
  const titled = (one: typeof first) => ({ ...one, title: text, rubric: { id, version: own.rubric.version } })
  const [one, two, three] = own.candidates
  return {
    ...own,
    rubric: { ...own.rubric, id, domains: own.rubric.domains.map((domain) => ({ ...domain, title: text })) },
    stations: [titled(first), titled(second), rest],
    candidates: [called(one), called(two), called(three)],
    examiner: { ...own.examiner, name: text },
    otherExaminer: { ...own.otherExaminer, name: `${text} second` },
    sp: { ...own.sp, name: text },
  }
}

/** One day with an exam of each start: every text that a person can write in it begins a formula. */
async function hostileDay() {
  const exams = new Map<string, SmallExam>()
  const day = await examDayWith((store, small) => {
    for (const [at, start] of starts.entries()) {
      const hostile = hostileExam(small, at, `${start}${payload}`)
      store.rubrics.put(hostile.rubric, false)
      store.exams.put(hostile.exam)
      for (const station of hostile.stations) store.stations.put(station)
      for (const candidate of hostile.candidates) store.candidates.put(candidate)
      for (const person of [hostile.examiner, hostile.otherExaminer, hostile.sp]) store.people.put(person)
      store.accounts.setSamplePin(hostile.otherExaminer.id)
      store.encounters.replaceAll(hostile.exam.id, hostile.slots)
      exams.set(start, hostile)
    }
  })
  for (const [start, small] of exams) await record(day, small, `${start}${payload}`)
  return { day, exams }
}

/** Writes a text wherever somebody can write one while the exam runs. */
async function record({ services, director }: ExamDay, small: SmallExam, text: string): Promise<void> {
  const { id: examId } = small.exam
  const examiner = services.seat({ role: 'examiner', examId, personId: small.examiner.id })
  const sp = services.seat({ role: 'sp', examId, personId: small.sp.id })
  const encounterId = encounterAt(small, 1, 1)
  const write = () => ({ encounterId, eventId: newEvent() })
  const flag = newMark()
  const type = small.rubric.redFlags[0]?.id ?? ''
  dataOf(await examiner('encounter.confirmIdentity', write()))
  dataOf(await examiner('note.record', { ...write(), itemId: itemAt(small.rubric, 0), text }))
  dataOf(await examiner('mark.make', { ...write(), markId: flag, kind: 'red-flag', type }))
  dataOf(await examiner('mark.annotate', { ...write(), markId: flag, cue: null, quote: text }))
  dataOf(await examiner('incident.record', { ...write(), kind: 'other', text }))
  dataOf(await sp('sp.comment', { ...write(), text }))
  const review = { decision: 'upheld' as const, reason: text, reviewerId: small.otherExaminer.id, pin: PIN }
  dataOf(await director('redFlag.review', { ...write(), markId: flag, ...review }))
  const all = small.rubric.domains.flatMap(({ items }) => items.map(({ id }) => ({ item: id, reason: text })))
  const missing = [...all, { item: 'global-rating' as const, reason: text }]
  expect(codeOf(await examiner('encounter.submit', { ...write(), missing }))).toBe('accepted')
  const absent = { encounterId: encounterAt(small, 1, 2), eventId: newEvent(), reason: text }
  dataOf(await examiner('encounter.declareAbsent', absent))
}

const everything: Omit<AuditFilter, 'examId'> = {
  personId: null,
  candidateId: null,
  stationId: null,
  kind: null,
  device: null,
  from: null,
  to: null,
  text: '',
}

async function tablesOf({ services, director }: ExamDay, { exam: { id: examId } }: SmallExam, names: boolean) {
  const rowsOf = ({ id }: { id: string }): string[][] =>
    parse(readFileSync(services.findFile(id)?.path ?? '', 'utf8').slice(1), { record_delimiter: '\r\n' })
  return {
    ratings: rowsOf(dataOf(await director('export.ratings', { examId, names }))),
    results: rowsOf(dataOf(await director('export.results', { examId, names }))),
    audit: rowsOf(dataOf(await director('audit.export', { filter: { ...everything, examId }, names }))),
  }
}

const runs = (cell: string): boolean => /^[\s\p{C}]*[=+\-@＝＋－＠]/u.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell)

const hostileColumns = (rows: string[][]): string[] =>
  [
    ...new Set(rows.flatMap((row) => row.flatMap((cell, at) => (cell.includes(payload) ? [rows[0]?.[at] ?? ''] : [])))),
  ].toSorted()

test('no text in any column of any table begins a formula, whatever sign it begins with', async () => {
  const { day, exams } = await hostileDay()
  for (const [start, small] of exams) {
    const of = `a text that begins with ${JSON.stringify(start)}`
    for (const names of [true, false]) {
      const { ratings, results, audit } = await tablesOf(day, small, names)
      expect([...ratings, ...results, ...audit].flat().filter(runs), of).toEqual([])
      // That the texts are there at all.
      const named = names ? ['name', 'rater', 'reviewer'] : []
      const written = ['group', 'reason missing', 'review reason', 'station title', 'text']
      expect(hostileColumns(ratings), of).toEqual([...named, ...written].toSorted())
      expect(hostileColumns(results), of).toEqual(expect.arrayContaining(names ? ['group', 'name'] : ['group']))
      expect(hostileColumns(results).includes('name'), of).toBe(names)
      expect(
        (results[0] ?? []).filter((title) => title.includes(payload)),
        of,
      ).not.toHaveLength(0)
      expect(hostileColumns(audit), of).toEqual(names ? ['is', 'what', 'who'] : ['is', 'what'])
    }
  }
})
