import { describe, expect, it } from 'vitest'
import type { ClockCommand } from '#shared/clock/state.ts'
import { codeOf, dataOf, itemAt, newEvent, reopened, type ExamDay } from '#tests/support/exam-day.ts'
import { underWay } from './under-way.ts'

describe('after a crash or a restart', () => {
  it('an encounter comes back with its marks and the right remaining time', async () => {
    const { day, encounterId } = await underWay()
    dataOf(
      await day.examiner('rating.record', {
        encounterId,
        eventId: newEvent(),
        itemId: itemAt(day.small.rubric, 0),
        value: 5,
      }),
    )
    await day.services.shutdown()
    day.time.moveTo(day.time.wallClock() + 42_000)
    const again = await reopened(day.dataDir, day.small, { simulated: day.time })
    const view = dataOf(await again.examiner('encounter.open', { encounterId }))
    expect(view.record.ratings).toMatchObject([{ value: 5 }])
    expect(view.clock).toMatchObject({ status: 'running', phase: 'encounter', remainingMs: (480 - 30 - 42) * 1000 })
    expect(view.away).toEqual({ ms: 42_000, lost: { phase: 'encounter', ms: 42_000 } })
    dataOf(
      await again.examiner('clock.command', {
        encounterId,
        eventId: newEvent(),
        command: { kind: 'give-back', phase: 'encounter', ms: 42_000 },
      }),
    )
    const after = dataOf(await again.examiner('encounter.open', { encounterId }))
    expect(after.clock.remainingMs).toBe((480 - 30) * 1000)
    expect(after.away).toBeNull()
  })

  it.each(['given back', 'left as it is'] as const)(
    'lost time that was %s is decided for every window, and is not given back after that',
    async (decision) => {
      const { day, encounterId } = await underWay()
      day.pass(30)
      await day.services.shutdown()
      day.time.moveTo(day.time.wallClock() + 42_000)
      const again = await reopened(day.dataDir, day.small, { simulated: day.time })
      const giveBack = () =>
        again.examiner('clock.command', {
          encounterId,
          eventId: newEvent(),
          command: { kind: 'give-back', phase: 'encounter', ms: 42_000 },
        })
      const told: unknown[] = []
      again.services.events.subscribe('another window', ({ name, payload }) => {
        if (name === 'encounter.changed') told.push(payload)
      })
      if (decision === 'given back') dataOf(await giveBack())
      else dataOf(await again.examiner('clock.leaveLost', { encounterId }))
      expect(told).toEqual([{ examId: day.small.exam.id, encounterId }])
      const { away, clock } = dataOf(await again.examiner('encounter.open', { encounterId }))
      expect(away).toBeNull()
      expect(codeOf(await giveBack())).toBe('clock-refused')
      expect(dataOf(await again.examiner('clock.get', { encounterId })).remainingMs).toBe(clock.remainingMs)
    },
  )

  it.each([
    ['during the changeover', 40, { status: 'running', phase: 'changeover' }],
    ['after the whole clock has ended', 4000, { status: 'finished', phase: null }],
  ])('the end of an encounter that was lost is given back %s', async (_when, seconds, standing) => {
    const { day, encounterId } = await underWay()
    const order = async ({ examiner }: Pick<ExamDay, 'examiner'>, command: ClockCommand) =>
      dataOf(await examiner('clock.command', { encounterId, eventId: newEvent(), command }))
    day.pass(420)
    await order(day, { kind: 'pause' })
    await order(day, { kind: 'resume' })
    await day.services.shutdown()
    day.time.moveTo(day.time.wallClock() + seconds * 1000)
    const again = await reopened(day.dataDir, day.small, { simulated: day.time })
    const { clock, away } = dataOf(await again.examiner('encounter.open', { encounterId }))
    expect(clock).toMatchObject(standing)
    expect(away).toEqual({ ms: seconds * 1000, lost: { phase: 'encounter', ms: 30_000 } })
    again.pass(5)
    expect(await order(again, { kind: 'give-back', phase: 'encounter', ms: 30_000 })).toMatchObject({
      status: 'running',
      phase: 'encounter',
      remainingMs: 30_000,
    })
    expect(dataOf(await again.examiner('encounter.open', { encounterId })).away).toBeNull()
    again.pass(31)
    expect(dataOf(await again.examiner('clock.get', { encounterId }))).toMatchObject({ phase: 'changeover' })
  })

  it('a warning that fell due meanwhile is still given, and said to be late', async () => {
    const { day, encounterId } = await underWay()
    await day.services.shutdown()
    day.time.moveTo(day.time.wallClock() + 400_000)
    const again = await reopened(day.dataDir, day.small, { simulated: day.time })
    const { clock } = dataOf(await again.examiner('encounter.open', { encounterId }))
    expect(clock.warnings).toMatchObject([{ phase: 'encounter', given: true }])
    expect(clock.remainingMs).toBe(50_000)
  })
})
