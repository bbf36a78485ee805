import { describe, expect, it } from 'vitest'
import { codeOf, dataOf, itemAt, newEvent, newMark } from '#tests/support/exam-day.ts'
import { rateAll, underWay } from './under-way.ts'

describe('an encounter', () => {
  it('keeps the moment of a mark that had to wait for the disk, but never one that has not come yet', async () => {
    const { day, encounterId } = await underWay()
    const make = (madeAtMs: number) => ({
      encounterId,
      eventId: newEvent(),
      itemId: itemAt(day.small.rubric, 0),
      value: 3,
      madeAtMs,
    })
    expect(dataOf(await day.examiner('rating.record', make(12_000))).atMs).toBe(12_000)
    expect(dataOf(await day.examiner('rating.record', make(999_000))).atMs).toBe(30_000)
    const incident = { encounterId, eventId: newEvent(), kind: 'lost-time', text: 'An alarm', madeAtMs: 9000 } as const
    expect(dataOf(await day.examiner('incident.record', incident)).atMs).toBe(9000)
  })

  it('refuses a value outside the scale, an unknown behaviour and an unknown moment, and keeps what was there', async () => {
    const { day, encounterId } = await underWay()
    const itemId = itemAt(day.small.rubric, 0)
    dataOf(await day.examiner('rating.record', { encounterId, eventId: newEvent(), itemId, value: 4 }))
    const before = dataOf(await day.examiner('encounter.open', { encounterId })).record
    const bad = [
      await day.examiner('rating.record', { encounterId, eventId: newEvent(), itemId, value: 6 }),
      await day.examiner('rating.record', { encounterId, eventId: newEvent(), itemId, value: 0 }),
      await day.examiner('globalRating.record', { encounterId, eventId: newEvent(), value: 'superb' }),
      await day.examiner('mark.make', {
        encounterId,
        eventId: newEvent(),
        markId: newMark(),
        kind: 'moment',
        type: 'winked',
      }),
      await day.examiner('mark.undo', { encounterId, eventId: newEvent(), markId: newMark() }),
    ]
    expect(bad.map(codeOf)).toEqual([
      'value-outside-scale',
      'bad-input',
      'value-outside-scale',
      'unknown-item',
      'not-found',
    ])
    expect(dataOf(await day.examiner('encounter.open', { encounterId })).record).toEqual(before)
  })

  it('takes a mark back, and an undone moment is gone from the line', async () => {
    const { day, encounterId } = await underWay()
    const itemId = itemAt(day.small.rubric, 0)
    dataOf(await day.examiner('rating.record', { encounterId, eventId: newEvent(), itemId, value: 4 }))
    dataOf(await day.examiner('rating.record', { encounterId, eventId: newEvent(), itemId, value: null }))
    const markId = newMark()
    const type = day.small.rubric.moments[0]?.id ?? ''
    dataOf(await day.examiner('mark.make', { encounterId, eventId: newEvent(), markId, kind: 'moment', type }))
    dataOf(await day.examiner('mark.annotate', { encounterId, eventId: newEvent(), markId, cue: 0, quote: '“I see.”' }))
    expect(dataOf(await day.examiner('encounter.open', { encounterId })).record.marks).toMatchObject([
      { id: markId, cue: 0, quote: '“I see.”', atMs: 30_000 },
    ])
    dataOf(await day.examiner('mark.undo', { encounterId, eventId: newEvent(), markId }))
    const { record } = dataOf(await day.examiner('encounter.open', { encounterId }))
    expect(record.marks).toEqual([])
    expect(record.ratings).toEqual([])
  })

  it('answers a repeated write with what was written first', async () => {
    const { day, encounterId } = await underWay()
    const write = { encounterId, eventId: newEvent(), itemId: itemAt(day.small.rubric, 0), value: 4 }
    const first = dataOf(await day.examiner('rating.record', write))
    day.pass(60)
    expect(dataOf(await day.examiner('rating.record', write))).toEqual(first)
  })

  it('is not submitted with items missing, nor without the global rating; both may be declared with a reason', async () => {
    const { day, encounterId } = await underWay()
    const submit = (missing: { item: string; reason: string }[]) =>
      day.examiner('encounter.submit', { encounterId, eventId: newEvent(), missing: missing as never })
    expect(codeOf(await submit([]))).toBe('items-missing')
    await rateAll(day, encounterId, 4)
    const last = itemAt(day.small.rubric, 11)
    dataOf(await day.examiner('rating.record', { encounterId, eventId: newEvent(), itemId: last, value: null }))
    expect(codeOf(await submit([{ item: last, reason: 'out of sight' }]))).toBe('global-rating-missing')
    const declared = [
      { item: last, reason: 'out of sight' },
      { item: 'global-rating', reason: 'examiner was called away' },
    ]
    const scores = dataOf(await submit(declared))
    expect(scores.station).toEqual({ value: 80, n: 11, reason: null })
    const { record } = dataOf(await day.examiner('encounter.open', { encounterId }))
    expect(record).toMatchObject({ status: 'submitted', missing: declared })
  })

  it('shows no score before it is submitted, not even to the director, and takes no mark afterwards', async () => {
    const { day, encounterId } = await underWay()
    await rateAll(day, encounterId, 3)
    expect(codeOf(await day.examiner('encounter.scores', { encounterId }))).toBe('encounter-not-open')
    const seen = dataOf(await day.director('results.encounter', { encounterId }))
    expect(seen).toMatchObject({ status: 'open', ratings: { length: 12 } })
    const { cells } = dataOf(await day.director('results.cohort', { examId: day.small.exam.id }))
    const cell = cells.find((entry) => entry.encounterId === encounterId)
    expect(cell?.score).toEqual({ value: null, n: 12, reason: 'not-submitted' })
    dataOf(await day.examiner('globalRating.record', { encounterId, eventId: newEvent(), value: 'pass' }))
    dataOf(await day.examiner('encounter.submit', { encounterId, eventId: newEvent(), missing: [] }))
    const itemId = itemAt(day.small.rubric, 0)
    const late = await day.examiner('rating.record', { encounterId, eventId: newEvent(), itemId, value: 5 })
    expect(codeOf(late)).toBe('encounter-closed')
    expect(dataOf(await day.examiner('encounter.scores', { encounterId })).station.value).toBeCloseTo(60, 10)
  })

  it('belongs to its own station’s examiner; another one neither sees nor marks it', async () => {
    const { day, encounterId } = await underWay()
    const itemId = itemAt(day.small.rubric, 0)
    expect(codeOf(await day.otherExaminer('encounter.open', { encounterId }))).toBe('not-assigned')
    const mark = await day.otherExaminer('rating.record', { encounterId, eventId: newEvent(), itemId, value: 1 })
    expect(codeOf(mark)).toBe('not-assigned')
    const rows = dataOf(await day.otherExaminer('encounter.schedule', { examId: day.small.exam.id }))
    expect(new Set(rows.map(({ stationNumber }) => stationNumber))).toEqual(new Set([2]))
  })

  it('keeps its incidents in the order in which they were reported', async () => {
    const { day, encounterId } = await underWay()
    const texts = ['Fire alarm', 'Light went out', 'Door stuck', 'Phone rang', 'Late start', 'Noise outside']
    for (const text of texts) {
      dataOf(await day.examiner('incident.record', { encounterId, eventId: newEvent(), kind: 'other', text }))
    }
    const { record } = dataOf(await day.examiner('encounter.open', { encounterId }))
    expect(record.incidents.map(({ text }) => text)).toEqual(texts)
  })

  it('takes no mark and no order to its clock once the exam is closed', async () => {
    const { day, encounterId } = await underWay()
    dataOf(await day.director('exam.setStatus', { examId: day.small.exam.id, status: 'closed' }))
    const itemId = itemAt(day.small.rubric, 0)
    const mark = await day.examiner('rating.record', { encounterId, eventId: newEvent(), itemId, value: 1 })
    expect(codeOf(mark)).toBe('exam-closed')
    const order = { encounterId, eventId: newEvent(), command: { kind: 'pause' as const } }
    expect(codeOf(await day.examiner('clock.command', order))).toBe('exam-closed')
  })
})
