import { readFileSync } from 'node:fs'
import { AttuneError } from '#shared/contract/result.ts'
import { phrase } from '#shared/locales/phrase.ts'
import { readRecoveryKey } from '#shared/domain/pin.ts'
import type { Secret } from '#electron/files/key-file.ts'
import { isProtected, unlockFolder } from '#electron/files/protection.ts'
import type { DataKey } from '#electron/store/connection.ts'
import type { Io } from './command.ts'
import { dataDirOf, pathOf } from './paths.ts'

/** A data folder and its key; null for one in plain. */
export type Folder = { dataDir: string; key: DataKey | null }

/** What every command takes that works on a data folder. */
export const folderOptions = { data: { type: 'string' }, 'passphrase-file': { type: 'string' } } as const
export type FolderValues = { data?: string | undefined; 'passphrase-file'?: string | undefined }

/** Told with every command that names a data folder. */
export const folderHelp = `
A folder that is protected with a passphrase asks for it at the terminal.
  --passphrase-file FILE    takes it from the first line of this file instead; the recovery key does as well`

/**
 * The data folder that was named, or the app's own, with its key. Rejects with "data-locked" where nobody is there to be
 * asked for the passphrase, "file-unreadable", and as `unlockFolder` does.
 */
export async function folderOf(values: FolderValues, io: Io): Promise<Folder> {
  const dataDir = dataDirOf(values.data)
  if (!isProtected(dataDir)) return { dataDir, key: null }
  const secret = await secretOf(values, io)
  if (secret === null) throw new AttuneError('data-locked', { folder: dataDir })
  return { dataDir, key: await withEither(secret, (given) => unlockFolder(dataDir, given)) }
}

/** What was typed or stands in the file that was named; null where nobody is there to be asked. */
export async function secretOf(values: FolderValues, io: Io): Promise<string | null> {
  const file = values['passphrase-file']
  if (file === undefined) return (await io.askSecret?.(phrase('terminal.passphrase'))) ?? null
  try {
    return readFileSync(pathOf(file), 'utf8').split(/\r?\n/, 1)[0] ?? ''
  } catch (error) {
    throw new AttuneError('file-unreadable', { name: file }, { cause: error })
  }
}

/** Tries a passphrase, and what is written like a recovery key as that too. */
export async function withEither<T>(typed: string, open: (secret: Secret) => Promise<T>): Promise<T> {
  try {
    return await open({ passphrase: typed })
  } catch (error) {
    const isWrong = error instanceof AttuneError && error.code === 'wrong-passphrase'
    if (!isWrong || readRecoveryKey(typed) === null) throw error
    return open({ recoveryKey: typed })
  }
}
