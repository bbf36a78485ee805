import Database from 'better-sqlite3'
import type { ErrorCode } from '#shared/contract/result.ts'

/** What SQLite's refusal means for the marks; null where the error is not SQLite's. */
export function storageErrorCode(error: unknown): ErrorCode | null {
  if (!(error instanceof Database.SqliteError)) return null
  if (error.code === 'SQLITE_FULL') return 'storage-full'
  if (error.code.startsWith('SQLITE_READONLY')) return 'storage-read-only'
  if (error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED')) return 'storage-locked'
  if (error.code.startsWith('SQLITE_CONSTRAINT')) return null
  return 'storage-failed'
}
