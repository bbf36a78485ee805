import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { silentLog, type Log } from '#electron/base/log.ts'
import { DATABASE_FILE } from '#electron/store/store.ts'
import { codeOf, dataOf, itemAt, newEvent } from '#tests/support/exam-day.ts'
import { rateAll, underWay } from './under-way.ts'

describe('an encounter', () => {
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
})
