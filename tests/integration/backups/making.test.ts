import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import { AttuneError } from '#shared/contract/result.ts'
import { parseBackupName } from '#shared/domain/backup.ts'
import { describeBackups, makeBackup } from '#electron/files/backups.ts'
import { backupsIn, backupsOf, isPart } from '#electron/store/backup-file.ts'
import { newestVersion } from '#electron/store/migrations/index.ts'
import { DATABASE_FILE, openStore } from '#electron/store/store.ts'
import { eventually } from '#tests/support/eventually.ts'
import { putSmallExam } from '#tests/support/small-exam.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

const maker = new URL('../../support/make-backups.ts', import.meta.url)

function withExam() {
  const dataDir = dataFolder()
  const store = openStore({ dataDir })
  putSmallExam(store)
  return { dataDir, store, folder: backupsOf(dataDir) }
}

const listed = (dataDir: string, second: string | null = null) =>
  describeBackups({ dataDir, second }, null, newestVersion)

describe('making a backup', () => {
  it('beside a writer gives one file that opens anywhere, holds what was committed, and has nothing beside it', async () => {
    const { dataDir, store, folder } = withExam()
    const made = await makeBackup({ dataDir, why: 'asked', second: null })
    store.close()
    expect(readdirSync(folder)).toEqual([made.name])
    const copy = new Database(join(folder, made.name), { readonly: true })
    expect(copy.pragma('journal_mode', { simple: true })).toBe('delete')
    expect(copy.prepare('SELECT count(*) FROM candidate').pluck().get()).toBe(3)
    copy.close()
    expect(readdirSync(folder)).toEqual([made.name])
    expect(parseBackupName(made.name)).toMatchObject({ why: 'asked', at: made.at })
  })

  it('tells what each holds', async () => {
    const { dataDir, store } = withExam()
    await makeBackup({ dataDir, why: 'exam-closed', second: null })
    store.close()
    expect(listed(dataDir)).toMatchObject([
      {
        why: 'exam-closed',
        state: 'good',
        holds: { events: 0, exams: [{ title: 'Small exam', encounters: 9, submitted: 0 }], version: newestVersion },
      },
    ])
  })

  it('of a damaged database counts for nothing: it is refused and leaves no file', async () => {
    const { dataDir, store, folder } = withExam()
    store.close()
    const file = join(dataDir, DATABASE_FILE)
    const bytes = readFileSync(file)
    bytes.fill(0xff, 4096 * 3, 4096 * 12)
    writeFileSync(file, bytes)
    await expect(makeBackup({ dataDir, why: 'asked', second: null })).rejects.toThrow()
    expect(readdirSync(folder)).toEqual([])
  })

  it('sweeps away what a kill left long ago, and leaves what somebody writes just now', async () => {
    const { dataDir, store, folder } = withExam()
    mkdirSync(folder)
    const [old, fresh] = ['a', 'b'].map((id) => join(folder, `.attune-${id.repeat(36)}.part`))
    if (!old || !fresh) throw new Error('no names')
    writeFileSync(old, '')
    writeFileSync(fresh, '')
    utimesSync(old, new Date(0), new Date(0))
    await makeBackup({ dataDir, why: 'asked', second: null })
    store.close()
    expect(existsSync(old)).toBe(false)
    expect(existsSync(fresh)).toBe(true)
  })

  it('that is killed in the midst leaves nothing that is listed', async () => {
    const { dataDir, store, folder } = withExam()
    store.close()
    const db = new Database(join(dataDir, DATABASE_FILE))
    db.exec('CREATE TABLE ballast (bytes BLOB)')
    const add = db.prepare('INSERT INTO ballast VALUES (randomblob(1000000))')
    db.transaction(() => {
      for (let i = 0; i < 60; i++) add.run()
    })()
    db.close()
    const making = spawn(process.execPath, [fileURLToPath(maker), dataDir], { stdio: 'ignore' })
    await eventually(() => {
      expect(existsSync(folder) && readdirSync(folder).some(isPart)).toBe(true)
    })
    const exit = once(making, 'exit')
    making.kill('SIGKILL')
    await exit
    expect(listed(dataDir).filter(({ state }) => state !== 'good')).toEqual([])
    expect(readdirSync(folder).some(isPart)).toBe(true)
    const made = await makeBackup({ dataDir, why: 'asked', second: null })
    expect(listed(dataDir)[0]).toMatchObject({ name: made.name, state: 'good' })
  })
})

describe('a backup that is no longer what it was', () => {
  it.each([
    ['one flipped bit', (bytes: Buffer) => bytes.writeUInt8(bytes.readUInt8(9000) ^ 1, 9000)],
    ['an end cut off', (bytes: Buffer) => bytes.fill(0, bytes.length - 4096)],
  ])('by %s is never offered as good', async (_what, damage) => {
    const { dataDir, store, folder } = withExam()
    const { name } = await makeBackup({ dataDir, why: 'asked', second: null })
    store.close()
    const bytes = readFileSync(join(folder, name))
    damage(bytes)
    writeFileSync(join(folder, name), bytes)
    expect(listed(dataDir)).toMatchObject([{ name, state: 'damaged', holds: null }])
  })

  it('from a newer version is not offered either', async () => {
    const { dataDir, store } = withExam()
    await makeBackup({ dataDir, why: 'asked', second: null })
    store.close()
    expect(describeBackups({ dataDir, second: null }, null, newestVersion - 10)).toMatchObject([{ state: 'newer' }])
  })
})

describe('the second folder', () => {
  it('gets the same files, and another laptop’s beside them stay', async () => {
    const second = tempDir()
    const one = withExam()
    const other = withExam()
    for (let n = 0; n < 8; n++) {
      const now = Date.parse('2026-11-14T09:00:00Z') + n * 600_000
      for (const { dataDir } of [one, other]) await makeBackup({ dataDir, why: 'while-running', second, now })
    }
    one.store.close()
    other.store.close()
    const names = (dir: string) => readdirSync(dir).sort()
    expect(names(one.folder)).toHaveLength(6)
    expect(names(second)).toEqual([...names(one.folder), ...names(other.folder)].sort())
  })

  it('that is not there is told, is not made, and stops nothing', async () => {
    const { dataDir, store, folder } = withExam()
    const stick = join(tempDir(), 'stick')
    const made = await makeBackup({ dataDir, why: 'asked', second: stick })
    store.close()
    expect(made.second).toBe('failed')
    expect(existsSync(stick)).toBe(false)
    expect(backupsIn(folder)).toHaveLength(1)
  })

  it('still has what the data folder lost', async () => {
    const { dataDir, store, folder } = withExam()
    const second = tempDir()
    const { name } = await makeBackup({ dataDir, why: 'asked', second })
    store.close()
    rmSync(join(folder, name))
    expect(listed(dataDir, second)).toMatchObject([{ name, place: 'second-folder', state: 'good' }])
  })
})

it('without a database there is nothing to back up', async () => {
  await expect(makeBackup({ dataDir: tempDir(), why: 'asked', second: null })).rejects.toThrow(AttuneError)
})
