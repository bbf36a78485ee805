import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeOf, dataOf, encounterAt, examDay, itemAt, newEvent, type ExamDay } from '#tests/support/exam-day.ts'
import { DATABASE_FILE, openReader, openStore } from '#electron/store/store.ts'
import { sitAs } from '#tests/support/sign-in.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

/** A window of the director, who sits down anew. */
async function directorAnew(day: ExamDay) {
  await sitAs(day.director, day.small.director)
}

async function examinerAnew(day: ExamDay) {
  await sitAs(day.examiner, day.small.examiner)
}

async function rate(day: ExamDay, value: number): Promise<void> {
  const encounterId = encounterAt(day.small, 1, 1)
  dataOf(
    await day.examiner('rating.record', {
      encounterId,
      eventId: newEvent(),
      itemId: itemAt(day.small.rubric, 0),
      value,
    }),
  )
}

async function ratedNow(day: ExamDay): Promise<unknown> {
  const { record } = dataOf(await day.examiner('encounter.open', { encounterId: encounterAt(day.small, 1, 1) }))
  return record.ratings.map(({ value }) => value)
}

/** The four windows of the day, each an event. */
const SIGNED_IN = 4

/** Marked 2, backed up, marked 4. */
async function markedTwice() {
  const day = await examDay()
  const encounterId = encounterAt(day.small, 1, 1)
  dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
  await rate(day, 2)
  dataOf(await day.director('backup.create', {}))
  await rate(day, 4)
  const [backup] = dataOf(await day.director('backup.list', {}))
  if (!backup) throw new Error('no backup is listed')
  return { day, backup, chosen: { place: backup.place, name: backup.name } }
}

describe('restoring in the running app', () => {
  it('brings the marks of then, says before what would be missing, and can be undone and undone again', async () => {
    const { day, backup, chosen } = await markedTwice()
    expect(backup.holds).toMatchObject({ events: SIGNED_IN + 2, missing: 1, more: 0 })

    dataOf(await day.director('backup.restore', chosen))
    expect(codeOf(await day.director('backup.list', {}))).toBe('forbidden')
    await directorAnew(day)
    await examinerAnew(day)
    expect(await ratedNow(day)).toEqual([2])
    expect(dataOf(await day.director('backup.overview', {})).restored).toMatchObject({
      backupAt: backup.at,
      missing: 1,
    })

    dataOf(await day.director('backup.undoRestore', {}))
    await directorAnew(day)
    await examinerAnew(day)
    expect(await ratedNow(day)).toEqual([4])

    dataOf(await day.director('backup.undoRestore', {}))
    await examinerAnew(day)
    expect(await ratedNow(day)).toEqual([2])
  })

  it('goes on as a new device, so that no sequence is written twice; undone, as the one it was', async () => {
    const { day, chosen } = await markedTwice()
    const devices = async () => {
      dataOf(await day.director('backup.create', {}))
      return dataOf(await day.director('backup.list', {}))[0]?.device
    }
    const before = await devices()
    dataOf(await day.director('backup.restore', chosen))
    await directorAnew(day)
    await examinerAnew(day)
    await rate(day, 5)
    expect(await devices()).not.toBe(before)
    dataOf(await day.director('backup.undoRestore', {}))
    await directorAnew(day)
    expect(await devices()).toBe(before)
  })

  it('is written into the ledger of what comes back, once for each exchange', async () => {
    const { day, chosen } = await markedTwice()
    dataOf(await day.director('backup.restore', chosen))
    await directorAnew(day)
    const restored = () => {
      const reader = openReader(day.dataDir)
      const { events, broken } = reader.verify()
      const found = [...reader.events()].filter(({ type }) => type === 'backup.restored').length
      reader.close()
      return { events, broken, found }
    }
    expect(restored()).toEqual({ events: SIGNED_IN + 4, broken: null, found: 1 })
    dataOf(await day.director('backup.undoRestore', {}))
    expect(restored()).toEqual({ events: SIGNED_IN + 4, broken: null, found: 1 })
    await day.services.shutdown()
    openStore({ dataDir: day.dataDir }).close()
    expect(restored()).toEqual({ events: SIGNED_IN + 4, broken: null, found: 1 })
  })

  it('tells every window to begin anew, and events flow again afterwards', async () => {
    const { day, chosen } = await markedTwice()
    const heard: string[] = []
    day.services.events.subscribe('another-window', ({ name }) => heard.push(name))
    dataOf(await day.director('backup.restore', chosen))
    expect(heard.at(-1)).toBe('data.exchanged')
    await examinerAnew(day)
    await rate(day, 3)
    expect(heard.at(-1)).toBe('encounter.changed')
  })

  it('of a damaged backup changes nothing, and nobody is sent away', async () => {
    const { day, chosen } = await markedTwice()
    const file = join(day.dataDir, 'backups', chosen.name)
    const bytes = readFileSync(file)
    bytes.writeUInt8(bytes.readUInt8(9000) ^ 1, 9000)
    writeFileSync(file, bytes)
    expect(codeOf(await day.director('backup.restore', chosen))).toBe('backup-damaged')
    expect(await ratedNow(day)).toEqual([4])
    expect(existsSync(join(day.dataDir, 'kept-aside'))).toBe(false)
  })

  it('of what is not listed is refused, whatever its name', async () => {
    const { day } = await markedTwice()
    for (const name of ['../attune.db', 'attune.db', '/etc/passwd']) {
      expect(codeOf(await day.director('backup.restore', { place: 'data-folder', name }))).toBe('backup-not-found')
    }
    expect(codeOf(await day.director('backup.undoRestore', {}))).toBe('nothing-to-undo')
  })

  it('never deletes what was there: each database that was set aside is in a folder of its own', async () => {
    const { day, chosen } = await markedTwice()
    for (let n = 0; n < 2; n++) {
      dataOf(await day.director('backup.restore', chosen))
      await directorAnew(day)
    }
    const aside = join(day.dataDir, 'kept-aside')
    expect(readdirSync(aside).map((name) => existsSync(join(aside, name, DATABASE_FILE)))).toEqual([true, true])
  })

  it('keeps the second folder that is set now', async () => {
    const { day, chosen } = await markedTwice()
    const path = tempDir()
    dataOf(await day.director('backup.setSecondFolder', { path }))
    dataOf(await day.director('backup.restore', chosen))
    await directorAnew(day)
    expect(dataOf(await day.director('backup.overview', {})).secondFolder).toBe(path)
  })
})
