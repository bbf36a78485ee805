import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AttuneError, type ErrorCode, type ErrorParams } from '#shared/contract/result.ts'
import { storageErrorCode } from '#electron/store/storage-error.ts'
import { sentenceFor } from './sentences.ts'

/**
 * Why a host could not start on this data folder, for a terminal or a dialog. Names the folder and, where the
 * database cannot be opened, the newest backup in it. Null for an error that is not foreseen: a fault in Attune.
 */
export function startUpSentence(error: unknown, dataDir: string): string | null {
  const refusal = refusalOf(error)
  if (!refusal) return null
  const backup = newestBackup(dataDir)
  return sentenceFor(refusal.code, { folder: dataDir, ...(backup === null ? {} : { backup }), ...refusal.params })
}

function refusalOf(error: unknown): { code: ErrorCode; params: ErrorParams } | null {
  if (error instanceof AttuneError) return error
  const code = storageErrorCode(error)
  return code && { code, params: {} }
}

function newestBackup(dataDir: string): string | null {
  const folder = join(dataDir, 'backups')
  try {
    const files = readdirSync(folder)
      .filter((name) => name.endsWith('.db'))
      .map((name) => join(folder, name))
      .map((file) => ({ file, writtenAt: statSync(file).mtimeMs }))
    return files.sort((a, b) => b.writtenAt - a.writtenAt)[0]?.file ?? null
  } catch {
    return null
  }
}
