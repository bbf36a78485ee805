import { closeSync, openSync, readSync } from 'node:fs'
import Database from 'better-sqlite3-multiple-ciphers'
import { AttuneError } from '#shared/contract/result.ts'

export type Db = Database.Database

/** The database of a data folder. */
export const DATABASE_FILE = 'attune.db'

/** "Attu" in ASCII: tells our files from any other SQLite file. */
export const APPLICATION_ID = 0x41747475

const FULL = 2

/** The key of an encrypted database: 32 random bytes, as 64 hex digits. Never on a command line or in a log. */
export type DataKey = string

/**
 * Authenticated, a nonce a page, and by the processor's own AES instructions: beside no cipher at all a commit costs least.
 */
const CIPHER = 'aegis'

/** "copy": writes without a log beside the file, so that it can be read from a medium that cannot be written to. */
type Mode = 'create' | 'write' | 'read' | 'copy'

/**
 * Opens a database file. A write connection is WAL with synchronous=FULL; `assertDurable` proves it after a write,
 * because SQLite comes compiled so that WAL silently becomes NORMAL. `key`: of an encrypted database, or of one that is
 * to be made as one.
 */
export function connect(file: string, mode: Mode, key: DataKey | null = null): Db {
  const db = new Database(file, { fileMustExist: mode !== 'create', readonly: mode === 'read', timeout: 250 })
  try {
    if (key !== null) {
      // Before anything is read.
      db.pragma(`cipher = '${CIPHER}'`)
      db.pragma(`key = '${literal(key)}'`)
      // What SQLite sorts or sets aside must not lie in a file of its own.
      db.pragma('temp_store = MEMORY')
    }
    db.pragma('foreign_keys = ON')
    if (mode !== 'read') {
      db.pragma(`journal_mode = ${mode === 'copy' ? 'DELETE' : 'WAL'}`)
      db.pragma('synchronous = FULL')
      // On macOS a plain fsync leaves what was written in the drive's cache; elsewhere both change nothing.
      db.pragma('fullfsync = ON')
      db.pragma('checkpoint_fullfsync = ON')
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
  const isFlushed = db.pragma('fullfsync', { simple: true }) === 1
  if (synchronous !== FULL || journal !== 'wal' || !isFlushed) {
    throw new AttuneError('storage-failed', {
      problem: `synchronous=${String(synchronous)}, journal=${String(journal)}, fullfsync=${isFlushed ? 1 : 0}`,
    })
  }
}

/** Anything else would be taken for a passphrase, and a key be derived from it in silence. */
function literal(key: DataKey): string {
  if (!/^[0-9a-f]{64}$/.test(key)) throw new Error('not a key of 32 bytes')
  return `raw:${key}`
}

/**
 * Encrypts a database that nobody else has open under another key; null: writes it in plain. Its journal is not a log
 * beside it ("copy"), so that every page is in the file when this returns.
 */
export function changeKey(file: string, from: DataKey | null, to: DataKey | null): void {
  const db = connect(file, 'copy', from)
  try {
    db.pragma('temp_store = MEMORY')
    db.pragma(`cipher = '${CIPHER}'`)
    db.pragma(`rekey = '${to === null ? '' : literal(to)}'`)
  } finally {
    db.close()
  }
}

const PLAIN_START = 'SQLite format 3\0'
/** Bytes 16 to 23 of an encrypted file stay readable: among them what each page sets apart for its nonce and its tag. */
const ENCRYPTED_PARTS = Buffer.from([0x40, 0x40, 0x20, 0x20])

/**
 * Whether a file is a database that was encrypted here; false for a plain one, for none, and for any other file. Not of
 * one that this process has open: closing any handle of a file gives up the locks that SQLite holds on it.
 */
export function isEncrypted(file: string): boolean {
  const start = startOf(file)
  return start.toString('latin1', 0, 16) !== PLAIN_START && start.subarray(20, 24).equals(ENCRYPTED_PARTS)
}

/** Whether a file is a plain database. */
export const isPlain = (file: string): boolean => startOf(file).toString('latin1', 0, 16) === PLAIN_START

function startOf(file: string): Buffer {
  const start = Buffer.alloc(24)
  try {
    const handle = openSync(file, 'r')
    try {
      return start.subarray(0, readSync(handle, start))
    } finally {
      closeSync(handle)
    }
  } catch {
    return start.subarray(0, 0)
  }
}

/** Whether the key is that of an encrypted file; throws what the disk refused with. */
export function opensWith(file: string, key: DataKey): boolean {
  const db = connect(file, 'read', key)
  try {
    db.pragma('user_version', { simple: true })
    return true
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB') return false
    throw error
  } finally {
    db.close()
  }
}
