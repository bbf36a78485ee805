import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import {
  codeOf,
  dataOf,
  encounterAt,
  itemAt,
  newEvent,
  newMark,
  type ExamDay,
  examDayWith,
} from '#tests/support/exam-day.ts'

/** Each makes a spreadsheet run what follows it. */
const starts = ['=', '+', '-', '@', '\t=', '\r=', '\n=', ' =', '\u00A0=', '\u3000=', '\u200B=', '＝', '＋', '－', '＠']
const payload = "cmd|' /C calc'!A0"

/** An exam in which every text that a person can write begins a formula. */
async function hostileExam(start: string) {
  const text = `${start}${payload}`
  const day = await examDayWith((store, small) => {
    const hostile = {
      ...small.rubric,
      id: 'own' as never,
      domains: small.rubric.domains.map((one) => ({ ...one, title: text })),
    }
    store.rubrics.put(hostile, false)
    for (const station of small.stations.slice(0, 2))
      store.stations.put({ ...station, title: text, rubric: { id: hostile.id, version: hostile.version } })
    for (const candidate of small.candidates) store.candidates.put({ ...candidate, name: text, group: text })
    for (const person of [small.examiner, small.otherExaminer, small.sp]) store.people.put({ ...person, name: text })
  })
  const { small, examiner, sp, director } = day
  const encounterId = encounterAt(small, 1, 1)
  const write = () => ({ encounterId, eventId: newEvent() })
  const flag = newMark()
  dataOf(await examiner('encounter.confirmIdentity', write()))
  dataOf(await examiner('note.record', { ...write(), itemId: itemAt(small.rubric, 0), text }))
  dataOf(
    await examiner('mark.make', {
      ...write(),
      markId: flag,
      kind: 'red-flag',
      type: small.rubric.redFlags[0]?.id ?? '',
    }),
  )
  dataOf(await examiner('mark.annotate', { ...write(), markId: flag, cue: null, quote: text }))
  dataOf(await examiner('incident.record', { ...write(), kind: 'other', text }))
  dataOf(await sp('sp.comment', { ...write(), text }))
  const review = { decision: 'upheld' as const, reason: text, reviewer: `${text} second` }
  dataOf(await director('redFlag.review', { ...write(), markId: flag, review }))
  const all = small.rubric.domains.flatMap(({ items }) => items.map(({ id }) => ({ item: id, reason: text })))
  const missing = [...all, { item: 'global-rating' as const, reason: text }]
  expect(codeOf(await examiner('encounter.submit', { ...write(), missing }))).toBe('accepted')
  const absent = { encounterId: encounterAt(small, 1, 2), eventId: newEvent(), reason: text }
  dataOf(await examiner('encounter.declareAbsent', absent))
  return day
}

async function rowsOf(day: ExamDay, channel: 'export.ratings' | 'export.results', names: boolean): Promise<string[][]> {
  const { id } = dataOf(await day.director(channel, { examId: day.small.exam.id, names }))
  return parse(readFileSync(day.services.findFile(id)?.path ?? '', 'utf8').slice(1), { record_delimiter: '\r\n' })
}

const runs = (cell: string): boolean => /^[\s\p{C}]*[=+\-@＝＋－＠]/u.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell)

test.each(starts.map((start) => [JSON.stringify(start), start]))(
  'no text in any column of any table begins a formula: %s',
  async (_shown, start) => {
    const day = await hostileExam(start)
    const hostileColumns = (rows: string[][]) =>
      new Set(rows.flatMap((row) => row.flatMap((cell, at) => (cell.includes(payload) ? [rows[0]?.[at] ?? ''] : []))))
    for (const names of [true, false]) {
      const ratings = await rowsOf(day, 'export.ratings', names)
      const results = await rowsOf(day, 'export.results', names)
      for (const cell of [...ratings, ...results].flat()) expect(runs(cell)).toBe(false)
      // That the texts are there at all.
      const named = names ? ['name', 'rater', 'reviewer'] : []
      expect([...hostileColumns(ratings)].toSorted()).toEqual(
        [...named, 'group', 'reason missing', 'review reason', 'station title', 'text'].toSorted(),
      )
      expect(hostileColumns(results).has('group')).toBe(true)
      expect(hostileColumns(results).has('name')).toBe(names)
      expect((results[0] ?? []).filter((title) => title.includes(payload))).not.toHaveLength(0)
    }
  },
)
