import { describe, expect, it } from 'vitest'
import { personFieldsSchema } from '#shared/domain/exam.ts'
import type { EncounterId } from '#shared/domain/ids.ts'
import { openStore } from '#electron/store/store.ts'
import { codeOf, dataOf, encounterAt, examDay, itemAt, newEvent, examDayWith } from '#tests/support/exam-day.ts'
import { putSmallExam } from '#tests/support/small-exam.ts'
import { dataFolder } from '#tests/support/data-folder.ts'

/** Marks go through set-up that is kept in memory; what the director changes must hold for the very next mark. */
describe('a change of the set-up while marks come in', () => {
  it('holds at once: an examiner who was moved finishes what was begun, and reaches nothing else of the station', async () => {
    const day = await examDay()
    const begun = encounterAt(day.small, 1, 1)
    const next = encounterAt(day.small, 1, 2)
    dataOf(await day.examiner('encounter.confirmIdentity', { encounterId: begun, eventId: newEvent() }))
    const rate = (encounterId: EncounterId) =>
      day.examiner('rating.record', {
        encounterId,
        eventId: newEvent(),
        itemId: itemAt(day.small.rubric, 0),
        value: 3,
      })
    const { id, role, name } = day.small.examiner
    const fields = personFieldsSchema.parse({ role, name, stationIds: ['station-2'] })
    dataOf(await day.director('person.update', { personId: id, fields }))
    expect(codeOf(await rate(begun))).toBe('accepted')
    expect(codeOf(await day.examiner('encounter.open', { encounterId: next }))).toBe('not-assigned')
    const listed = dataOf(await day.examiner('encounter.schedule', { examId: day.small.exam.id }))
    expect(listed.flatMap(({ slot }) => (slot.stationId === 'station-1' ? [slot.id] : []))).toEqual([begun])
    expect(codeOf(await day.otherExaminer('encounter.open', { encounterId: begun }))).toBe('not-assigned')
  })

  it('holds at once: an examiner who was made an SP marks nothing more', async () => {
    const day = await examDay()
    const encounterId = encounterAt(day.small, 1, 1)
    const { id, name, stationIds } = day.small.examiner
    const fields = personFieldsSchema.parse({ role: 'sp', name, stationIds })
    dataOf(await day.director('person.update', { personId: id, fields }))
    expect(codeOf(await day.examiner('encounter.open', { encounterId }))).toBe('not-assigned')
    expect(dataOf(await day.examiner('encounter.schedule', { examId: day.small.exam.id }))).toEqual([])
  })

  it('leaves the day of an examiner readable where a station has lost its rubric', async () => {
    const { examiner, small } = await examDayWith((store, { stations }) => {
      store.stations.put({ ...stations[0], rubric: null })
    })
    const rows = dataOf(await examiner('encounter.schedule', { examId: small.exam.id }))
    expect(rows.map(({ candidateNumber }) => candidateNumber)).toContain('1001')
  })

  it('leaves a clock that was started as it is: whoever grants extra time is told at which station it runs', async () => {
    const day = await examDay()
    const encounterId = encounterAt(day.small, 1, 1)
    const candidateId = day.small.candidates[0].id
    const running = async () => dataOf(await day.director('clock.ofCandidate', { candidateId }))
    dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
    expect(await running()).toEqual([])
    dataOf(await day.examiner('clock.command', { encounterId, eventId: newEvent(), command: { kind: 'start' } }))
    dataOf(await day.director('candidate.update', { candidateId, fields: { extraTimePercent: 25 } }))
    expect(dataOf(await day.examiner('clock.get', { encounterId })).phases).toContainEqual({
      phase: 'encounter',
      durationMs: 480_000,
    })
    expect(await running()).toEqual([1])
    day.pass(545)
    expect(await running()).toEqual([])
  })

  it('is in the plan of a clock that was ordered about in vain before it was started', async () => {
    const day = await examDay()
    const encounterId = encounterAt(day.small, 1, 1)
    const order = (kind: 'pause' | 'start') =>
      day.examiner('clock.command', { encounterId, eventId: newEvent(), command: { kind } })
    dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
    expect(codeOf(await order('pause'))).toBe('clock-refused')
    const candidateId = day.small.candidates[0].id
    dataOf(await day.director('candidate.update', { candidateId, fields: { extraTimePercent: 25 } }))
    expect(dataOf(await order('start')).phases).toContainEqual({ phase: 'encounter', durationMs: 600_000 })
  })

  it('is seen as a change, and marks are not', () => {
    const store = openStore({ dataDir: dataFolder() })
    const { exam, slots, examiner, rubric } = putSmallExam(store)
    const version = store.setUpVersion()
    const slot = slots[0]
    if (!slot) throw new Error('no slot')
    store.ledger.append({
      id: newEvent(),
      examId: exam.id,
      encounterId: slot.id,
      raterId: examiner.id,
      role: 'examiner',
      offsetMs: 0,
      payload: { type: 'rating.recorded', itemId: itemAt(rubric, 0), value: 3 },
    })
    expect(store.setUpVersion()).toBe(version)
    store.exams.put({ ...exam, status: 'closed' })
    expect(store.setUpVersion()).not.toBe(version)
    store.close()
  })

  it('is not relied on while it may be undone', () => {
    const store = openStore({ dataDir: dataFolder() })
    const { exam } = putSmallExam(store)
    store.transaction(() => {
      store.exams.put({ ...exam, status: 'closed' })
      expect(store.setUpVersion()).toBeNull()
    })
    store.close()
  })
})

describe('an event that is written twice', () => {
  it('is refused where it is not the same event: another encounter, or something else that happened', async () => {
    const day = await examDay()
    const encounterId = encounterAt(day.small, 1, 1)
    const eventId = newEvent()
    dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId }))
    const itemId = itemAt(day.small.rubric, 0)
    expect(codeOf(await day.examiner('rating.record', { encounterId, eventId, itemId, value: 3 }))).toBe('bad-input')
    const other = encounterAt(day.small, 1, 2)
    expect(codeOf(await day.examiner('encounter.confirmIdentity', { encounterId: other, eventId }))).toBe('bad-input')
    expect(dataOf(await day.examiner('encounter.open', { encounterId })).record.ratings).toEqual([])
  })
})
