import Database from 'better-sqlite3-multiple-ciphers'
import { AttuneError, type ErrorCode } from '#shared/contract/result.ts'

/** What a refusal by the disk means for the marks; null where the error is not SQLite's or the store's. */
export function storageErrorCode(error: unknown): ErrorCode | null {
  if (error instanceof AttuneError) return error.code.startsWith('storage-') ? error.code : null
  if (!(error instanceof Database.SqliteError)) return null
  if (error.code === 'SQLITE_FULL') return 'storage-full'
  if (error.code.startsWith('SQLITE_READONLY')) return 'storage-read-only'
  if (error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED')) return 'storage-locked'
  if (error.code.startsWith('SQLITE_CONSTRAINT')) return null
  return 'storage-failed'
}

/** The same of a database that is just being opened: one of this version that lacks a table or a column is damaged. */
export const openingErrorCode = (error: unknown): ErrorCode | null =>
  error instanceof Database.SqliteError && /no such (?:table|column)|has no column named/.test(error.message)
    ? 'database-corrupt'
    : storageErrorCode(error)
