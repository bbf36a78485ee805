import { AttuneError, type ErrorCode, type ErrorParams } from '#shared/contract/result.ts'
import { join } from 'node:path'
import { backupsIn, backupsOf, lookAtBackup } from '#electron/store/backup-file.ts'
import { newestVersion } from '#electron/store/migrations/index.ts'
import { openingErrorCode } from '#electron/store/storage-error.ts'
import { sentenceFor } from './sentences.ts'

/**
 * Why a host could not start on this data folder, for a terminal or a dialog. Names the folder and, where the
 * database cannot be opened, the newest good backup in it and what restores it. Null for an error that is not foreseen: a
 * fault in Attune.
 */
export function startUpSentence(error: unknown, dataDir: string): string | null {
  const refusal = refusalOf(error)
  if (!refusal) return null
  const wayBack = refusal.code.startsWith('database-') ? wayBackIn(dataDir) : {}
  return sentenceFor(refusal.code, { folder: dataDir, ...wayBack, ...refusal.params })
}

function refusalOf(error: unknown): { code: ErrorCode; params: ErrorParams } | null {
  if (error instanceof AttuneError) return error
  const code = openingErrorCode(error)
  return code && { code, params: {} }
}

/** The newest good backup, and the command that restores it. */
function wayBackIn(dataDir: string): ErrorParams {
  const folder = backupsOf(dataDir)
  try {
    const good = backupsIn(folder).find(
      ({ file }) => lookAtBackup(join(folder, file), newestVersion, null).state === 'good',
    )
    if (!good) return {}
    return { backup: good.file, restore: `npm run cli -- backup restore --data "${dataDir}" --backup ${good.file}` }
  } catch {
    return {}
  }
}
