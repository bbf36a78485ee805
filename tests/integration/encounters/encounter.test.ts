import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ClockCommand } from '#shared/clock/state.ts'
import type { EventId } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { spStatements } from '#shared/domain/sp-form.ts'
import { silentLog, type Log } from '#electron/base/log.ts'
import { DATABASE_FILE } from '#electron/store/store.ts'
import {
  codeOf,
  dataOf,
  encounterAt,
  examDay,
  itemAt,
  newEvent,
  newMark,
  reopened,
  type ExamDay,
} from '#tests/support/exam-day.ts'
import { sitAs } from '#tests/support/sign-in.ts'

async function atTheDoor(options: Parameters<typeof examDay>[0] = {}) {
  const day = await examDay(options)
  return { day, encounterId: encounterAt(day.small, 1, 1) }
}

/** Identity confirmed, clock running, in the encounter phase. */
async function underWay(options: Parameters<typeof examDay>[0] = {}) {
  const { day, encounterId } = await atTheDoor(options)
  dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
  dataOf(await day.examiner('clock.command', { encounterId, eventId: newEvent(), command: { kind: 'start' } }))
  day.pass(90)
  return { day, encounterId }
}

async function rateAll({ examiner, small }: ExamDay, encounterId: ReturnType<typeof encounterAt>, value: number) {
  for (const { id } of rubricItems(small.rubric)) {
    dataOf(await examiner('rating.record', { encounterId, eventId: newEvent(), itemId: id, value }))
  }
}

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

  it('stamps marks with the time since the encounter began, pauses left out', async () => {
    const { day, encounterId } = await underWay()
    const itemId = itemAt(day.small.rubric, 0)
    const mark = () => day.examiner('rating.record', { encounterId, eventId: newEvent(), itemId, value: 3 })
    expect(dataOf(await mark()).atMs).toBe(30_000)
    dataOf(await day.examiner('clock.command', { encounterId, eventId: newEvent(), command: { kind: 'pause' } }))
    day.pass(45)
    dataOf(await day.examiner('clock.command', { encounterId, eventId: newEvent(), command: { kind: 'resume' } }))
    day.pass(10)
    expect(dataOf(await mark()).atMs).toBe(40_000)
  })

  it('gives more time once, however often the order arrives, and answers it the same', async () => {
    const { day, encounterId } = await underWay()
    const order = {
      encounterId,
      eventId: newEvent(),
      command: { kind: 'extend' as const, phase: 'encounter' as const, ms: 60_000 },
    }
    const first = dataOf(await day.examiner('clock.command', order))
    expect(dataOf(await day.examiner('clock.command', order))).toEqual(first)
    expect(dataOf(await day.examiner('clock.get', { encounterId }))).toMatchObject({ extraMs: 60_000 })
    const itemId = itemAt(day.small.rubric, 0)
    const other = { encounterId, eventId: order.eventId, itemId, value: 3 }
    expect(codeOf(await day.examiner('rating.record', other))).toBe('bad-input')
  })

  it('whose clock has finished says so to a late order, and its clock is still shown', async () => {
    const { day, encounterId } = await underWay()
    day.pass(600)
    const order = { encounterId, eventId: newEvent(), command: { kind: 'pause' as const } }
    expect(await day.examiner('clock.command', order)).toMatchObject({
      code: 'clock-refused',
      params: { why: 'clock-finished' },
    })
    expect(dataOf(await day.examiner('clock.get', { encounterId })).status).toBe('finished')
    expect(day.services.clockRuns()).toBe(false)
  })

  it('whose clock could not be stored says in the log where that failed', async () => {
    const lines: string[] = []
    const log: Log = { ...silentLog, error: (message, details) => lines.push(`${message} ${details?.['error'] ?? ''}`) }
    const { day } = await underWay({ log })
    const other = new Database(join(day.dataDir, DATABASE_FILE))
    onTestFinished(() => {
      other.close()
    })
    other.exec('BEGIN IMMEDIATE')
    day.pass(420)
    expect(lines[0]).toMatch(/^a clock could not be stored SqliteError.*\n\s+at /)
  })

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

  it('takes no order to its clock once it is submitted; a clock that was held has ended', async () => {
    const { day, encounterId } = await underWay()
    await rateAll(day, encounterId, 3)
    dataOf(await day.examiner('globalRating.record', { encounterId, eventId: newEvent(), value: 'pass' }))
    const order = (command: { kind: 'pause' | 'resume' }) =>
      day.examiner('clock.command', { encounterId, eventId: newEvent(), command })
    dataOf(await order({ kind: 'pause' }))
    dataOf(await day.examiner('encounter.submit', { encounterId, eventId: newEvent(), missing: [] }))
    expect(codeOf(await order({ kind: 'resume' }))).toBe('encounter-closed')
    expect(dataOf(await day.examiner('clock.get', { encounterId })).status).toBe('finished')
    expect(day.services.clockRuns()).toBe(false)
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
