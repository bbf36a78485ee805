import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { dataOf, encounterAt, examDay, itemAt, newEvent, newMark, type ExamDay } from '#tests/support/exam-day.ts'
import { PIN } from '#tests/support/sign-in.ts'

async function tableOf(day: ExamDay, names = true): Promise<Record<string, string>[]> {
  const file = dataOf(await day.director('export.ratings', { examId: day.small.exam.id, names }))
  return parse(readFileSync(day.services.findFile(file.id)?.path ?? ''), { bom: true, columns: true })
}

/** One encounter in which everything happened that can be recorded, not finished yet. */
async function fullEncounter() {
  const day = await examDay()
  const { examiner, sp, small } = day
  const encounterId = encounterAt(small, 1, 1)
  const write = () => ({ encounterId, eventId: newEvent() })
  const [markId, lookAlike, undone, flag] = [newMark(), newMark(), newMark(), newMark()]
  const type = (kind: 'moments' | 'lookAlikes' | 'redFlags') => small.rubric[kind][0]?.id ?? ''
  dataOf(await examiner('encounter.confirmIdentity', write()))
  dataOf(await examiner('mark.make', { ...write(), markId: lookAlike, kind: 'look-alike', type: type('lookAlikes') }))
  dataOf(await examiner('clock.command', { ...write(), command: { kind: 'start' } }))
  day.pass(90)
  const itemId = itemAt(small.rubric, 0)
  dataOf(await examiner('rating.record', { ...write(), itemId, value: 4 }))
  dataOf(await examiner('note.record', { ...write(), itemId, text: '=SUM(A1)' }))
  dataOf(await examiner('note.record', { ...write(), itemId: null, text: 'A calm talk' }))
  dataOf(await examiner('mark.make', { ...write(), markId, kind: 'moment', type: type('moments') }))
  dataOf(await examiner('mark.annotate', { ...write(), markId, cue: 0, quote: '“I see.”' }))
  dataOf(await examiner('mark.make', { ...write(), markId: undone, kind: 'moment', type: type('moments') }))
  dataOf(await examiner('mark.undo', { ...write(), markId: undone }))
  dataOf(await examiner('mark.make', { ...write(), markId: flag, kind: 'red-flag', type: type('redFlags') }))
  dataOf(await examiner('globalRating.record', { ...write(), value: 'good' }))
  dataOf(await examiner('incident.record', { ...write(), kind: 'lost-time', text: 'Fire alarm' }))
  dataOf(await sp('sp.answer', { ...write(), statement: 'listened', value: 5 }))
  dataOf(await sp('sp.comment', { ...write(), text: 'She waited for me.' }))
  const review = { decision: 'dismissed' as const, reason: 'Misheard', reviewerId: small.otherExaminer.id, pin: PIN }
  dataOf(await day.director('redFlag.review', { ...write(), markId: flag, ...review }))
  return {
    day,
    itemId,
    type,
    own: (row: Record<string, string>) => row['candidate'] === '1001' && row['station'] === '1',
  }
}

describe('the table of ratings', () => {
  it('holds everything that was judged, with who judged it and when', async () => {
    const { day, itemId, type, own } = await fullEncounter()
    const given = (await tableOf(day)).filter((row) => own(row) && row['rater'] !== '')
    const told = given.map((row) =>
      ['kind', 'rater', 'item', 'value', 'seconds into encounter', 'text'].map((column) => row[column]),
    )
    expect(told).toEqual([
      ['rating', 'examiner-1', itemId, '4', '30', ''],
      ['global-rating', 'examiner-1', 'global-rating', 'good', '30', ''],
      ['sp-answer', 'sp-1', 'listened', '5', '', ''],
      ['moment', 'examiner-1', type('moments'), '', '30', '“I see.”'],
      ['look-alike', 'examiner-1', type('lookAlikes'), '', '', ''],
      ['red-flag', 'examiner-1', type('redFlags'), '', '30', ''],
      ['note', 'examiner-1', itemId, '', '30', "'=SUM(A1)"],
      ['note', 'examiner-1', '', '', '30', 'A calm talk'],
      ['incident', 'examiner-1', 'lost-time', '', '30', 'Fire alarm'],
      ['sp-comment', 'sp-1', '', '', '', 'She waited for me.'],
    ])
    expect(given.find((row) => row['kind'] === 'moment')).toMatchObject({ cue: '1', review: '' })
    expect(given.find((row) => row['kind'] === 'red-flag')).toMatchObject({
      review: 'dismissed',
      'review reason': 'Misheard',
      reviewer: 'examiner-2',
      'reviewed at': new Date(day.time.wallClock()).toISOString(),
    })
  })

  it('has a line for every behaviour and statement without a mark, and says why where it was declared', async () => {
    const { day, own } = await fullEncounter()
    const rows = (await tableOf(day)).filter(own)
    const of = (kind: string) => rows.filter((row) => row['kind'] === kind)
    expect([of('rating').length, of('global-rating').length, of('sp-answer').length]).toEqual([12, 1, 7])
    const { examiner, small } = day
    const missing = Array.from({ length: 11 }, (_, i) => ({
      item: itemAt(small.rubric, i + 1),
      reason: 'out of sight',
    }))
    const encounterId = encounterAt(small, 1, 1)
    dataOf(await examiner('encounter.submit', { encounterId, eventId: newEvent(), missing }))
    const after = (await tableOf(day)).filter((row) => own(row) && row['kind'] === 'rating')
    expect(after.filter((row) => row['reason missing'] === 'out of sight')).toHaveLength(11)
  })

  it('tells what is final from what is not: a sheet and the patient’s form each by itself', async () => {
    const { day, own } = await fullEncounter()
    const statuses = async () => {
      const rows = (await tableOf(day)).filter(own)
      return ['rating', 'note', 'red-flag', 'sp-answer', 'sp-comment'].map(
        (kind) => rows.find((row) => row['kind'] === kind)?.['status'],
      )
    }
    expect(await statuses()).toEqual(['open', 'open', 'open', 'open', 'open'])
    const { examiner, sp, small } = day
    const encounterId = encounterAt(small, 1, 1)
    for (const statement of ['view-understood', 'helped', 'would-return'] as const)
      dataOf(await sp('sp.answer', { encounterId, eventId: newEvent(), statement, value: 4 }))
    dataOf(await sp('sp.submit', { encounterId, eventId: newEvent() }))
    expect(await statuses()).toEqual(['open', 'open', 'open', 'submitted', 'submitted'])
    const missing = Array.from({ length: 11 }, (_, i) => ({
      item: itemAt(small.rubric, i + 1),
      reason: 'out of sight',
    }))
    dataOf(await examiner('encounter.submit', { encounterId, eventId: newEvent(), missing }))
    expect(await statuses()).toEqual(['submitted', 'submitted', 'submitted', 'submitted', 'submitted'])
  })

  it('names nobody unless somebody says so, and tells people apart all the same', async () => {
    const { day } = await fullEncounter()
    const [named, nameless] = [await tableOf(day), await tableOf(day, false)]
    expect(Object.keys(nameless[0] ?? {})).toEqual(Object.keys(named[0] ?? {}))
    const text = JSON.stringify(nameless)
    for (const identifying of ['Candidate 1', '"1001"', 'examiner-1', 'sp-1', 'Second Reader'])
      expect(text).not.toContain(identifying)
    const count = (rows: Record<string, string>[], column: string) => new Set(rows.map((row) => row[column])).size
    for (const column of ['candidate', 'rater', 'station', 'value'])
      expect(count(nameless, column)).toBe(count(named, column))
    // In the order of the pseudonyms, since that of the numbers would tell who is who.
    const order = [...new Set(nameless.map(({ candidate }) => candidate ?? ''))]
    expect(order).toEqual(order.toSorted())
    // What was judged is the same, whoever it was.
    const told = (rows: Record<string, string>[]) =>
      rows.map(({ station, kind, item, value, text: words }) => [station, kind, item, value, words].join()).toSorted()
    expect(told(nameless)).toEqual(told(named))
  })

  it('has the same pseudonyms as the table of results, from whichever computer', async () => {
    const { day } = await fullEncounter()
    const { id } = dataOf(await day.director('export.results', { examId: day.small.exam.id }))
    const results: Record<string, string>[] = parse(readFileSync(day.services.findFile(id)?.path ?? ''), {
      bom: true,
      columns: true,
    })
    const ratings = new Set((await tableOf(day, false)).map(({ candidate }) => candidate))
    expect(new Set(results.map(({ candidate }) => candidate))).toEqual(ratings)
    const again = (await fullEncounter()).day
    expect(new Set((await tableOf(again, false)).map(({ candidate }) => candidate))).toEqual(ratings)
    expect(JSON.stringify(results)).not.toMatch(/Candidate \d|100[123]/)
  })
})
