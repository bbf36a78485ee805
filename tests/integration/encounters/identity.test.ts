import { describe, expect, it } from 'vitest'
import type { EventId } from '#shared/domain/ids.ts'
import { codeOf, dataOf, itemAt, newEvent, newMark, reopened } from '#tests/support/exam-day.ts'
import { sitAs } from '#tests/support/sign-in.ts'
import { atTheDoor, underWay } from './under-way.ts'

describe('an encounter', () => {
  it('takes no mark before the candidate’s identity is confirmed', async () => {
    const { day, encounterId } = await atTheDoor()
    const itemId = itemAt(day.small.rubric, 0)
    const early = await day.examiner('rating.record', { encounterId, eventId: newEvent(), itemId, value: 3 })
    expect(codeOf(early)).toBe('identity-not-confirmed')
    expect(
      codeOf(await day.examiner('clock.command', { encounterId, eventId: newEvent(), command: { kind: 'start' } })),
    ).toBe('identity-not-confirmed')
  })

  it('of a candidate who did not come is closed, until they come after all', async () => {
    const { day, encounterId } = await atTheDoor()
    dataOf(await day.examiner('encounter.declareAbsent', { encounterId, eventId: newEvent(), reason: 'did not come' }))
    expect(codeOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))).toBe(
      'encounter-closed',
    )
    dataOf(await day.examiner('encounter.withdrawAbsence', { encounterId, eventId: newEvent() }))
    const record = dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
    expect(record).toMatchObject({ status: 'open', absenceReason: null })
  })

  it('of the wrong candidate goes back to the door while no mark stands, its clock too', async () => {
    const { day, encounterId } = await underWay()
    const event = { encounterId, eventId: newEvent() }
    const heard: string[] = []
    await sitAs(day.window('another window'), day.small.examiner)
    day.services.events.subscribe('another window', ({ name }) => heard.push(name))
    const record = dataOf(await day.examiner('encounter.withdrawIdentity', event))
    expect(record).toMatchObject({ status: 'scheduled', confirmation: null })
    expect(heard).toEqual(expect.arrayContaining(['encounter.changed', 'clock.changed']))
    expect(dataOf(await day.examiner('clock.get', { encounterId }))).toMatchObject({ status: 'ready' })
    expect(day.services.clockRuns()).toBe(false)
    expect(dataOf(await day.sp('sp.schedule', {}))[0]).toMatchObject({ status: 'scheduled' })
    const absent = { encounterId, eventId: newEvent(), reason: 'did not come' }
    expect(dataOf(await day.examiner('encounter.declareAbsent', absent)).status).toBe('absent')
  })

  it('is confirmed anew for the right candidate; a withdrawal that arrives twice is one', async () => {
    const { day, encounterId } = await underWay()
    const event = { encounterId, eventId: newEvent() }
    dataOf(await day.examiner('encounter.withdrawIdentity', event))
    dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
    dataOf(await day.examiner('clock.command', { encounterId, eventId: newEvent(), command: { kind: 'start' } }))
    expect(dataOf(await day.examiner('encounter.withdrawIdentity', event)).status).toBe('open')
    expect(dataOf(await day.examiner('clock.get', { encounterId }))).toMatchObject({ status: 'running' })
    await day.services.shutdown()
    const again = await reopened(day.dataDir, day.small, { simulated: day.time })
    expect(dataOf(await again.examiner('encounter.open', { encounterId })).record.status).toBe('open')
  })

  it('takes no mark and no answer that was made under a confirmation that was taken back', async () => {
    const { day, encounterId } = await atTheDoor()
    const confirm = async () =>
      dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() })).confirmation
    const rate = (confirmation: EventId | null) =>
      day.examiner('rating.record', {
        encounterId,
        eventId: newEvent(),
        itemId: itemAt(day.small.rubric, 0),
        value: 4,
        ...(confirmation && { confirmation }),
      })
    const first = await confirm()
    expect(await confirm()).toBe(first)
    dataOf(await day.examiner('encounter.withdrawIdentity', { encounterId, eventId: newEvent() }))
    expect(codeOf(await rate(first))).toBe('confirmation-withdrawn')
    const second = await confirm()
    expect(dataOf(await day.sp('sp.open', { encounterId })).confirmation).toBe(second)
    const answer = { encounterId, eventId: newEvent(), statement: 'listened' as const, value: 3 }
    expect(codeOf(await day.sp('sp.answer', { ...answer, ...(first && { confirmation: first }) }))).toBe(
      'confirmation-withdrawn',
    )
    expect(codeOf(await rate(first))).toBe('confirmation-withdrawn')
    expect(codeOf(await rate(second))).toBe('accepted')
  })

  it('with a mark keeps its confirmation until the mark is taken back', async () => {
    const { day, encounterId } = await underWay()
    const write = () => ({ encounterId, eventId: newEvent() })
    const itemId = itemAt(day.small.rubric, 0)
    const markId = newMark()
    const type = day.small.rubric.moments[0]?.id ?? ''
    const pairs = [
      {
        give: () => day.examiner('rating.record', { ...write(), itemId, value: 3 }),
        takeBack: () => day.examiner('rating.record', { ...write(), itemId, value: null }),
      },
      {
        give: () => day.examiner('globalRating.record', { ...write(), value: 'pass' }),
        takeBack: () => day.examiner('globalRating.record', { ...write(), value: null }),
      },
      {
        give: () => day.examiner('note.record', { ...write(), itemId: null, text: 'waited' }),
        takeBack: () => day.examiner('note.record', { ...write(), itemId: null, text: '' }),
      },
      {
        give: () => day.examiner('mark.make', { ...write(), markId, kind: 'moment' as const, type }),
        takeBack: () => day.examiner('mark.undo', { ...write(), markId }),
      },
      {
        give: () => day.sp('sp.answer', { ...write(), statement: 'listened' as const, value: 4 }),
        takeBack: () => day.sp('sp.answer', { ...write(), statement: 'listened' as const, value: null }),
      },
      {
        give: () => day.sp('sp.comment', { ...write(), text: 'warm' }),
        takeBack: () => day.sp('sp.comment', { ...write(), text: '' }),
      },
    ]
    for (const { give, takeBack } of pairs) {
      expect(codeOf(await give())).toBe('accepted')
      expect(codeOf(await day.examiner('encounter.withdrawIdentity', write()))).toBe('encounter-has-marks')
      expect(codeOf(await takeBack())).toBe('accepted')
    }
    expect(codeOf(await day.examiner('encounter.withdrawIdentity', write()))).toBe('accepted')
  })

  it('under way is not finished: whoever declares its candidate absent is told that it has begun', async () => {
    const { day, encounterId } = await underWay()
    const absent = { encounterId, eventId: newEvent(), reason: 'did not come' }
    expect(codeOf(await day.examiner('encounter.declareAbsent', absent))).toBe('encounter-begun')
  })
})
