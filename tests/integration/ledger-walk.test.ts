import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import type { StorageStatus } from '#shared/contract/parts/app.ts'
import type { EventId } from '#shared/domain/ids.ts'
import { silentLog } from '#electron/base/log.ts'
import { walkAfterStart } from '#electron/services/ledger-walk.ts'
import { DATABASE_FILE, openReader } from '#electron/store/store.ts'
import { createReader } from '#electron/threads/reader.ts'
import { eventually } from '#tests/support/eventually.ts'
import { dataOf, encounterAt, examDay, itemAt, newEvent, reopened, type ExamDay } from '#tests/support/exam-day.ts'
import { held } from '#tests/support/held.ts'
import { reportWorker } from '#tests/support/whole-app.ts'

/** The slot in front of the examiner is confirmed and running; `rate` is one tap. */
async function underWay(day: ExamDay) {
  const encounterId = encounterAt(day.small, 1, 1)
  const write = () => ({ encounterId, eventId: newEvent() })
  dataOf(await day.examiner('encounter.confirmIdentity', write()))
  dataOf(await day.examiner('clock.command', { ...write(), command: { kind: 'start' } }))
  const { rubric } = dataOf(await day.examiner('encounter.open', { encounterId }))
  return async (behaviour: number): Promise<EventId> => {
    const { eventId } = write()
    const mark = { encounterId, eventId, itemId: itemAt(rubric, behaviour), value: 3 }
    dataOf(await day.examiner('rating.record', mark))
    return eventId
  }
}

/** A closed folder with three marks; `changed` is the second, which somebody made another with a SQL tool. */
async function folderWithMarks(how: 'changed' | 'sound') {
  const day = await examDay()
  const rate = await underWay(day)
  await rate(0)
  const changed = await rate(1)
  await rate(2)
  await day.services.shutdown()
  const edit = (from: number, to: number) => {
    const db = new Database(join(day.dataDir, DATABASE_FILE))
    db.exec('DROP TRIGGER IF EXISTS event_never_changes')
    db.prepare(`UPDATE event SET payload = replace(payload, '"value":${from}', '"value":${to}') WHERE id = ?`).run(
      changed,
    )
    db.close()
  }
  if (how === 'changed') edit(3, 5)
  return { ...day, changed, putRight: () => edit(5, 3) }
}

const brokenAt = async ({ window }: Pick<ExamDay, 'window'>) =>
  dataOf(await window('anybody')('app.info', {})).storage.broken

describe('after a start the chains of the ledger are walked', () => {
  it('and a mark that was changed by SQL is told to every window, by its event', async () => {
    const { dataDir, small, changed } = await folderWithMarks('changed')
    const again = await reopened(dataDir, small, { walkAfterMs: 0 })
    const heard: StorageStatus['broken'][] = []
    again.services.events.subscribe('window', ({ name, payload }) => {
      if (name === 'storage.changed') heard.push(payload.broken)
    })
    await eventually(async () => expect(await brokenAt(again)).toMatchObject({ id: changed, problem: 'altered' }))
    expect(heard).toMatchObject([{ id: changed }])
    expect(dataOf(await again.director('backup.status', {}))).toMatchObject({ state: 'ledger-broken' })
  })

  it('and of a sound ledger nothing is said', async () => {
    const { dataDir } = await folderWithMarks('sound')
    const { promise, give } = held<unknown>()
    const reader = createReader({ worker: reportWorker, dataDir, key: null, stepsBack: true })
    walkAfterStart({ reader, monitor: { walked: give }, log: silentLog, afterMs: 0 })
    expect(await promise).toBeNull()
  })

  it('until somebody verifies it and finds it sound', async () => {
    const { dataDir, small, putRight } = await folderWithMarks('changed')
    const again = await reopened(dataDir, small, { walkAfterMs: 0 })
    await eventually(async () => expect(await brokenAt(again)).not.toBeNull())
    dataOf(await again.director('ledger.verify', {}))
    expect(await brokenAt(again)).not.toBeNull()
    putRight()
    expect(dataOf(await again.director('ledger.verify', {}))).toMatchObject({ sound: true })
    expect(await brokenAt(again)).toBeNull()
    expect(dataOf(await again.director('backup.status', {})).state).not.toBe('ledger-broken')
  })

  it('and a backup that walks them tells what it found as well', async () => {
    const { dataDir, small, changed, putRight } = await folderWithMarks('changed')
    const again = await reopened(dataDir, small)
    expect(await brokenAt(again)).toBeNull()
    expect(dataOf(await again.director('backup.create', {})).state).toBe('ledger-broken')
    expect(await brokenAt(again)).toMatchObject({ id: changed })
    putRight()
    expect(dataOf(await again.director('backup.create', {})).state).toBe('ok')
    expect(await brokenAt(again)).toBeNull()
  })
})

describe('while a long walk goes on', () => {
  const slow = { walkAfterMs: 0, reportWorker: new URL('../support/slow-walk-worker.ts', import.meta.url) }

  it('taps are saved and results are read', async () => {
    const { dataDir, small, changed } = await folderWithMarks('changed')
    const again = await reopened(dataDir, small, slow)
    const { rubric } = dataOf(await again.examiner('encounter.open', { encounterId: encounterAt(small, 1, 1) }))
    const eventId = newEvent()
    const mark = { encounterId: encounterAt(small, 1, 1), eventId, itemId: itemAt(rubric, 3), value: 4 }
    dataOf(await again.examiner('rating.record', mark))
    dataOf(await again.director('results.cohort', { examId: small.exam.id }))
    expect(await brokenAt(again)).toBeNull()
    const reader = openReader(dataDir)
    expect([...reader.events()].map(({ id }) => id)).toContain(eventId)
    reader.close()
    writeFileSync(join(dataDir, 'walk-on'), '')
    await eventually(async () => expect(await brokenAt(again)).toMatchObject({ id: changed }))
  })

  it('the app ends without waiting for it', async () => {
    const { dataDir, small } = await folderWithMarks('sound')
    const again = await reopened(dataDir, small, slow)
    await again.services.shutdown()
  })
})
