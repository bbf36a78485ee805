import { mkdirSync } from 'node:fs'
import Database from 'better-sqlite3-multiple-ciphers'
import { AttuneError } from '#shared/contract/result.ts'
import { copyOpenDatabase, holdsBackups, keepBackup, partIn } from './backup-file.ts'
import { APPLICATION_ID, assertDurable, connect, isEncrypted, type DataKey, type Db } from './connection.ts'
import type { Migration } from './migrations/migration.ts'

type MigrateOptions = {
  file: string
  exists: boolean
  backupDir: string
  migrations: readonly Migration[]
  /** Of an encrypted database; null or absent for a plain one. */
  key?: DataKey | null
}

/**
 * Opens the database and brings it to the newest version. Refuses, touching nothing, a file that is not ours, is
 * damaged or comes from a newer version. Before an existing file is migrated a verified snapshot of it is kept. A blank
 * one is what an interrupted first start left: it is begun again, unless there are backups of what it held once.
 */
export function openMigrated({ file, exists, backupDir, migrations, key = null }: MigrateOptions): Db {
  const newest = migrations.at(-1)?.version ?? 0
  const found = exists ? checkFile(file, newest, key) : 'blank'
  if (exists && found === 'blank' && holdsBackups(backupDir)) throw new AttuneError('database-not-attune')
  const db = connect(file, exists ? 'write' : 'create', key)
  try {
    if (found === 'blank') db.pragma(`application_id = ${APPLICATION_ID}`)
    const version = versionOf(db)
    if (version > 0 && dueOf(db, migrations).length > 0) snapshot(db, backupDir, version, key)
    migrateAll(db, migrations)
    firstWrite(db, newest)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function firstWrite(db: Db, newest: number): void {
  db.prepare("INSERT OR REPLACE INTO setting (key, value) VALUES ('opened-with', ?)").run(String(newest))
  assertDurable(db)
}

/**
 * Opens anew a database that was open a moment ago, after the disk reported an error. What is read then is on disk: the
 * system may hold for written what an fsync failed to write, so all of the log is written again, into the database.
 */
export function reopenForWriting(file: string, key: DataKey | null = null): Db {
  const db = connect(file, 'write', key)
  try {
    const [written] = db.pragma('wal_checkpoint(TRUNCATE)') as { log: number; checkpointed: number }[]
    if (written?.log !== written?.checkpointed) throw new AttuneError('storage-locked')
    firstWrite(db, versionOf(db))
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

const versionOf = (db: Db): number => Number(db.pragma('user_version', { simple: true }))

/**
 * Opens a database that is there for reading alone, beside whoever writes it. Refuses what `openMigrated` refuses, and
 * an older one: bringing it up to date would be writing.
 */
export function openForReading(file: string, migrations: readonly Migration[], key: DataKey | null = null): Db {
  const newest = migrations.at(-1)?.version ?? 0
  checkFile(file, newest, key)
  const db = connect(file, 'read', key)
  if (versionOf(db) === newest) return db
  db.close()
  throw new AttuneError('database-older')
}

/** Looks at the file through a connection that cannot write. "blank": a database in which nothing was ever made. */
function checkFile(file: string, newest: number, key: DataKey | null): 'ours' | 'blank' {
  let db: Db | undefined
  try {
    db = connect(file, 'read', key)
    const applicationId = db.pragma('application_id', { simple: true })
    const version = versionOf(db)
    const things = db.prepare('SELECT count(*) FROM sqlite_master').pluck().get()
    if (applicationId === 0 && version === 0 && things === 0) return 'blank'
    if (applicationId !== APPLICATION_ID) throw new AttuneError('database-not-attune')
    if (version > newest) throw new AttuneError('database-newer', { version, newest })
    const verdict = db.pragma('quick_check(1)', { simple: true })
    if (verdict !== 'ok') throw new AttuneError('database-corrupt', { problem: String(verdict) })
    return 'ours'
  } catch (error) {
    if (error instanceof Database.SqliteError) {
      if (error.code === 'SQLITE_NOTADB') {
        const code = key === null && isEncrypted(file) ? 'data-locked' : 'database-not-attune'
        throw new AttuneError(code, {}, { cause: error })
      }
      if (error.code.startsWith('SQLITE_CORRUPT')) {
        throw new AttuneError('database-corrupt', { problem: error.message }, { cause: error })
      }
    }
    throw error
  } finally {
    db?.close()
  }
}

const dueOf = (db: Db, migrations: readonly Migration[]) =>
  migrations.filter((migration) => migration.version > versionOf(db))

/** Brings a database to the newest version; whoever calls keeps what it was. */
export function migrateAll(db: Db, migrations: readonly Migration[]): void {
  for (const migration of dueOf(db, migrations)) migrate(db, migration)
}

/** Each migration in a transaction of its own: the version moves with it or not at all. */
function migrate(db: Db, migration: Migration): void {
  db.transaction(() => {
    db.exec(migration.sql)
    migration.then?.(db)
    db.pragma(`user_version = ${migration.version}`)
    const broken = db.pragma('foreign_key_check') as unknown[]
    if (broken.length > 0) throw new Error(`migration ${migration.version} breaks ${broken.length} references`)
  })()
}

/** A complete copy, verified before it is believed. */
function snapshot(db: Db, backupDir: string, version: number, key: DataKey | null): void {
  mkdirSync(backupDir, { recursive: true })
  const part = partIn(backupDir)
  const facts = copyOpenDatabase(db, part)
  keepBackup(part, backupDir, facts, { at: Date.now(), why: 'before-migration', fromVersion: version }, key)
}
