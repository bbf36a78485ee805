import Database from 'better-sqlite3-multiple-ciphers'
import { AttuneError } from '#shared/contract/result.ts'
import { storageErrorCode } from './storage-error.ts'

/** Kept here so that a lock is never given up because its handle was garbage collected. */
const held = new Set<Database.Database>()

/**
 * Takes the operating system's lock on `file` (made if it is not there) and keeps it until the returned function is
 * called or the process ends in any way, kill -9 included. Null when another process, or this one, has it already.
 * Nothing else may open the file while it is locked: on POSIX systems closing any handle of it gives the lock up.
 */
export function lockFile(file: string): (() => void) | null {
  let db: Database.Database | undefined
  try {
    db = new Database(file, { timeout: 250 })
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db?.close()
    const code = storageErrorCode(error)
    if (code === 'storage-locked') return null
    if (code) throw new AttuneError(code, {}, { cause: error })
    throw error
  }
  const lock = db
  held.add(lock)
  return () => {
    held.delete(lock)
    lock.close()
  }
}
