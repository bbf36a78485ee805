import { describe, expect, it } from 'vitest'
import { spStatements } from '#shared/domain/sp-form.ts'
import { personIdSchema, type PersonId } from '#shared/domain/ids.ts'
import { codeOf, dataOf, encounterAt, examDayWith, newEvent, type ExamDay } from '#tests/support/exam-day.ts'
import { atTheDoor, underWay } from './under-way.ts'

describe('the SP’s form', () => {
  const answer = (day: ExamDay, encounterId: ReturnType<typeof encounterAt>, count: number) =>
    Promise.all(
      spStatements
        .slice(0, count)
        .map((statement) => day.sp('sp.answer', { encounterId, eventId: newEvent(), statement, value: 4 })),
    )

  it('needs four answers; "not applicable" is none', async () => {
    const { day, encounterId } = await underWay()
    await answer(day, encounterId, 3)
    dataOf(
      await day.sp('sp.answer', {
        encounterId,
        eventId: newEvent(),
        statement: 'would-return',
        value: 'not-applicable',
      }),
    )
    expect(codeOf(await day.sp('sp.submit', { encounterId, eventId: newEvent() }))).toBe('too-few-answers')
    await answer(day, encounterId, 4)
    expect(dataOf(await day.sp('sp.submit', { encounterId, eventId: newEvent() })).status).toBe('submitted')
    const late = await day.sp('sp.answer', { encounterId, eventId: newEvent(), statement: 'helped', value: 1 })
    expect(codeOf(late)).toBe('encounter-closed')
  })

  it('cannot be filled in before the encounter began, nor for another station', async () => {
    const { day, encounterId } = await atTheDoor()
    const early = await day.sp('sp.answer', { encounterId, eventId: newEvent(), statement: 'helped', value: 4 })
    expect(codeOf(early)).toBe('encounter-not-open')
    expect(codeOf(await day.sp('sp.open', { encounterId: encounterAt(day.small, 2, 1) }))).toBe('not-assigned')
  })

  it('comes with the own part to play, and with no other station’s; a lent device shows none', async () => {
    const { day, encounterId } = await atTheDoor()
    expect(dataOf(await day.sp('sp.parts', {}))).toEqual([
      { number: 1, title: 'Station 1', heavy: false, spBrief: '', script: 'A script', cues: ['She looks away.'] },
    ])
    dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
    const loan = { encounterId, returnCode: '2468', spId: day.small.sp.id }
    dataOf(await day.examiner('handover.begin', loan))
    expect(codeOf(await day.examiner('sp.parts', {}))).toBe('handed-over')
  })

  it('is its SP’s from the first answer: another of the station neither reads nor changes it', async () => {
    const day = await examDayWith((store, small) => {
      store.people.put({ ...small.sp, id: personIdSchema.parse('sp-2'), name: 'sp-2' })
    })
    const { exam, sp } = day.small
    const encounterId = encounterAt(day.small, 1, 1)
    const event = () => ({ encounterId, eventId: newEvent() })
    const other = day.services.seat({ role: 'sp', examId: exam.id, personId: personIdSchema.parse('sp-2') })
    dataOf(await day.examiner('encounter.confirmIdentity', event()))
    expect(codeOf(await other('sp.open', { encounterId }))).toBe('accepted')
    dataOf(await day.sp('sp.comment', { ...event(), text: 'private words' }))
    const tried = [
      await other('sp.open', { encounterId }),
      await other('sp.answer', { ...event(), statement: 'listened', value: 1 }),
      await other('sp.comment', { ...event(), text: '' }),
      await other('sp.submit', event()),
    ]
    expect(tried.map(codeOf)).toEqual(tried.map(() => 'form-of-other-sp'))
    const seen = async () => dataOf(await other('sp.schedule', {})).map(({ slot }) => slot.id)
    expect(await seen()).not.toContain(encounterId)
    expect(await seen()).toContain(encounterAt(day.small, 1, 2))
    expect(dataOf(await day.sp('sp.open', { encounterId })).comment).toBe('private words')
    // Nor is a device lent for it that the other could not use.
    const lent = (spId: PersonId) => day.examiner('handover.begin', { encounterId, returnCode: '2468', spId })
    expect(codeOf(await lent(personIdSchema.parse('sp-2')))).toBe('form-of-other-sp')
    expect(dataOf(await day.examiner('session.get', {}))).toMatchObject({ role: 'examiner' })
    dataOf(await lent(sp.id))
    dataOf(await day.examiner('handover.end', { returnCode: '2468' }))
    // The director takes the station from the first: what is not finished goes over to the next.
    dataOf(
      await day.director('person.update', { personId: sp.id, fields: { role: 'sp', name: sp.name, stationIds: [] } }),
    )
    expect(codeOf(await other('sp.answer', { ...event(), statement: 'listened', value: 4 }))).toBe('accepted')
  })

  it('is open to a second SP of the station as to the first; once submitted it stays with whoever submitted it', async () => {
    const second = personIdSchema.parse('sp-2')
    const day = await examDayWith((store, small) => {
      store.people.put({ ...small.sp, id: second, name: 'sp-2' })
    })
    const { exam, sp } = day.small
    const encounterId = encounterAt(day.small, 1, 1)
    const event = () => ({ encounterId, eventId: newEvent() })
    const other = day.services.seat({ role: 'sp', examId: exam.id, personId: second })
    expect(dataOf(await other('sp.parts', {}))).toEqual(dataOf(await day.sp('sp.parts', {})))
    expect(dataOf(await other('sp.schedule', {}))).toEqual(dataOf(await day.sp('sp.schedule', {})))
    dataOf(await day.examiner('encounter.confirmIdentity', event()))
    for (const statement of spStatements) dataOf(await other('sp.answer', { ...event(), statement, value: 4 }))
    expect(codeOf(await day.sp('sp.submit', event()))).toBe('form-of-other-sp')
    dataOf(await other('sp.submit', event()))
    // Even where the director takes the station from them afterwards.
    const fields = { role: 'sp' as const, name: 'sp-2', stationIds: [] }
    dataOf(await day.director('person.update', { personId: second, fields }))
    expect(codeOf(await day.sp('sp.open', { encounterId }))).toBe('form-of-other-sp')
    const loan = { encounterId, returnCode: '2468', spId: sp.id }
    expect(codeOf(await day.examiner('handover.begin', loan))).toBe('form-of-other-sp')
  })

  it('says whether the exam is closed', async () => {
    const { day, encounterId } = await underWay()
    expect(dataOf(await day.sp('sp.open', { encounterId })).closed).toBe(false)
    dataOf(await day.director('exam.setStatus', { examId: day.small.exam.id, status: 'closed' }))
    expect(dataOf(await day.sp('sp.open', { encounterId })).closed).toBe(true)
  })

  it('is kept apart: an SP reaches no examiner’s mark, no score and no result', async () => {
    const { day, encounterId } = await underWay()
    const reached = [
      await day.sp('encounter.open', { encounterId }),
      await day.sp('encounter.scores', { encounterId }),
      await day.sp('results.cohort', { examId: day.small.exam.id }),
    ]
    expect(reached.map(codeOf)).toEqual(['forbidden', 'forbidden', 'forbidden'])
  })
})
