import type { ErrorCode, ErrorParams } from '#shared/contract/result.ts'
import type { BackupReason } from '#shared/domain/backup.ts'
import type { MadeBackup } from '#electron/files/backups.ts'
import type { DataKey } from '#electron/store/connection.ts'

/** What the thread that makes one backup is asked. `second`: the second folder; null where none is set. */
export type BackupTask = {
  kind: 'backup'
  dataDir: string
  key: DataKey | null
  why: BackupReason
  second: string | null
}

export type BackupMessage =
  | { type: 'done'; made: MadeBackup }
  /** `cause` is for the log alone. */
  | { type: 'failed'; code: ErrorCode; params: ErrorParams; cause: string }
