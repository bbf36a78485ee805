import Database from 'better-sqlite3-multiple-ciphers'
import { AttuneError } from '#shared/contract/result.ts'

export type Db = Database.Database
export type RunResult = Database.RunResult

/** The database of a data folder. */
export const DATABASE_FILE = 'attune.db'

/** "Attu" in ASCII: tells our files from any other SQLite file. */
export const APPLICATION_ID = 0x41747475

const FULL = 2

/** "copy": writes without a log beside the file, so that it can be read from a medium that cannot be written to. */
type Mode = 'create' | 'write' | 'read' | 'copy'

/**
 * Opens a database file. A write connection is WAL with synchronous=FULL; `assertDurable` proves it after a write,
 * because SQLite comes compiled so that WAL silently becomes NORMAL.
 */
export function connect(file: string, mode: Mode): Db {
  const db = new Database(file, { fileMustExist: mode !== 'create', readonly: mode === 'read', timeout: 250 })
  try {
    db.pragma('foreign_keys = ON')
    if (mode !== 'read') {
      db.pragma(`journal_mode = ${mode === 'copy' ? 'DELETE' : 'WAL'}`)
      db.pragma('synchronous = FULL')
      // What is deleted is overwritten: an erased name is not left in a free page.
      db.pragma('secure_delete = ON')
    }
  } catch (error) {
    db.close()
    throw error
  }
  return db
}

/** Call after the first write of a connection. */
export function assertDurable(db: Db): void {
  const synchronous = db.pragma('synchronous', { simple: true })
  const journal = db.pragma('journal_mode', { simple: true })
  if (synchronous !== FULL || journal !== 'wal') {
    throw new AttuneError('storage-failed', {
      problem: `synchronous=${String(synchronous)}, journal=${String(journal)}`,
    })
  }
}
