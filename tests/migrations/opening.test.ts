import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import { APPLICATION_ID, connect } from '#electron/store/connection.ts'
import { migrations } from '#electron/store/migrations/index.ts'
import { openForReading, openMigrated } from '#electron/store/migrator.ts'
import { DATABASE_FILE, openStore } from '#electron/store/store.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { newest, refusalOf, withExam } from './small-exam-file.ts'
import { addsColumn } from './small-exam-file.ts'

describe('a first start that was interrupted', () => {
  /** What is on disk after a kill: the file is made, then its first page, then the mark that says whose it is. */
  const interrupted: [string, (file: string) => void][] = [
    ['an empty file', (file) => writeFileSync(file, '')],
    ['a database without tables', (file) => connect(file, 'create').close()],
    [
      'a database that bears our mark and nothing else',
      (file) => {
        const db = connect(file, 'create')
        db.pragma(`application_id = ${APPLICATION_ID}`)
        db.close()
      },
    ],
  ]

  it.each(interrupted)('and left %s is begun again', (_what, leave) => {
    const dataDir = tempDir()
    leave(join(dataDir, DATABASE_FILE))
    openStore({ dataDir }).close()
    const store = openStore({ dataDir })
    expect(store.exams.list()).toEqual([])
    store.close()
    expect(existsSync(join(dataDir, 'backups'))).toBe(false)
  })

  it.each(interrupted.slice(0, 2))('is not believed of %s beside backups of what it held', (_what, leave) => {
    const { file, backupDir, dataDir } = withExam()
    openMigrated({ file, exists: true, backupDir, migrations: [...migrations, addsColumn] }).close()
    rmSync(file)
    leave(file)
    const before = readFileSync(file)
    expect(refusalOf(() => openStore({ dataDir }))).toMatch(/^database-(missing|not-attune)$/)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('is not believed of an empty file beside the log of the last marks', () => {
    const dataDir = tempDir()
    const file = join(dataDir, DATABASE_FILE)
    writeFileSync(file, '')
    writeFileSync(`${file}-wal`, 'the last marks')
    expect(refusalOf(() => openStore({ dataDir }))).toBe('database-missing')
    expect(readFileSync(`${file}-wal`, 'utf8')).toBe('the last marks')
  })
})

describe('a file that must not be opened', () => {
  it('from an older version, for reading alone: is refused, since bringing it up to date would be writing', () => {
    const dataDir = tempDir()
    const file = join(dataDir, DATABASE_FILE)
    openMigrated({ file, exists: false, backupDir: dataDir, migrations: migrations.slice(0, 1) }).close()
    expect(refusalOf(() => openForReading(file, migrations))).toBe('database-older')
  })

  it('from a newer version: is refused and left as it was', () => {
    const { file, dataDir } = withExam()
    const db = new Database(file)
    db.pragma(`user_version = ${newest + 10}`)
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
    const before = readFileSync(file)
    expect(refusalOf(() => openStore({ dataDir }))).toBe('database-newer')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('that holds text: is refused and kept', () => {
    const content = 'not a database at all, but long enough to be looked at as one'
    const dataDir = tempDir()
    const file = join(dataDir, DATABASE_FILE)
    writeFileSync(file, content)
    expect(refusalOf(() => openStore({ dataDir }))).toBe('database-not-attune')
    expect(readFileSync(file, 'utf8')).toBe(content)
    expect(existsSync(join(dataDir, 'backups'))).toBe(false)
  })

  it('that is gone while its backups are there: is not begun anew', () => {
    const { file, backupDir, dataDir } = withExam()
    openMigrated({ file, exists: true, backupDir, migrations: [...migrations, addsColumn] }).close()
    rmSync(file)
    expect(refusalOf(() => openStore({ dataDir }))).toBe('database-missing')
    expect(existsSync(file)).toBe(false)
  })

  it('that is gone while the log of its last marks is there: is not begun anew, which would swallow the log', () => {
    const dataDir = tempDir()
    const log = join(dataDir, `${DATABASE_FILE}-wal`)
    writeFileSync(log, 'the last marks')
    expect(refusalOf(() => openStore({ dataDir }))).toBe('database-missing')
    expect(readFileSync(log, 'utf8')).toBe('the last marks')
  })

  it.each(['ballast', 'heartbeat.json', 'key.json'])(
    'that is gone while %s is left of it, and no backup: is not begun anew, as if no mark had ever been',
    (name) => {
      const dataDir = tempDir()
      writeFileSync(join(dataDir, name), '{}')
      expect(refusalOf(() => openStore({ dataDir }))).toBe('database-missing')
      expect(readdirSync(dataDir)).toEqual([name])
    },
  )

  it('that is gone from a folder in which Attune was used once: is not begun anew', () => {
    const dataDir = tempDir()
    openStore({ dataDir }).close()
    rmSync(join(dataDir, DATABASE_FILE))
    expect(refusalOf(() => openStore({ dataDir }))).toBe('database-missing')
  })

  it('of a first start that was cut before it was written: is begun, and only then has a neighbour', () => {
    const dataDir = tempDir()
    writeFileSync(join(dataDir, DATABASE_FILE), '')
    writeFileSync(join(dataDir, 'attune.lock'), '')
    openStore({ dataDir }).close()
    expect(readdirSync(dataDir).toSorted()).toEqual([DATABASE_FILE, 'attune.lock', 'ballast'])
  })

  it('that could not be opened: has nothing put beside it that a later start would take for an earlier database', () => {
    const dataDir = tempDir()
    writeFileSync(join(dataDir, DATABASE_FILE), 'not a database at all')
    expect(() => openStore({ dataDir })).toThrow()
    expect(readdirSync(dataDir)).toEqual([DATABASE_FILE])
  })

  it('that is somebody else’s SQLite database: is refused', () => {
    const dataDir = tempDir()
    const other = new Database(join(dataDir, DATABASE_FILE))
    other.exec('CREATE TABLE recipe (name TEXT)')
    other.close()
    expect(refusalOf(() => openStore({ dataDir }))).toBe('database-not-attune')
  })

  it('that is damaged: is refused and kept', () => {
    const { file, dataDir } = withExam()
    const bytes = readFileSync(file)
    bytes.fill(0xff, 4096, 4096 * 6)
    writeFileSync(file, bytes)
    expect(refusalOf(() => openStore({ dataDir }))).toBe('database-corrupt')
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })
})
