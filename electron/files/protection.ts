import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AttuneError } from '#shared/contract/result.ts'
import { backupsIn, backupsOf, isPart } from '#electron/store/backup-file.ts'
import { DATABASE_FILE, isEncrypted, isPlain, opensWith, type DataKey } from '#electron/store/connection.ts'
import { keptAsideIn } from '#electron/store/restore.ts'
import {
  KEY_FILE,
  keepKeyFile,
  keyFilesBeside,
  readKeyFile,
  unwrapKey,
  writeKeyFile,
  type KeyFile,
  type Secret,
} from './key-file.ts'

/** Whether a folder's database is encrypted. Not while this process has it open: see `isEncrypted`. */
export const isProtected = (dataDir: string): boolean => isEncrypted(join(dataDir, DATABASE_FILE))

/**
 * The key file of an encrypted folder, and where it is gone or damaged the copy beside the backups. Throws
 * "key-file-missing" or "key-file-damaged" where there is no copy either.
 */
export function keyFileOf(dataDir: string): KeyFile {
  try {
    return readKeyFile(join(dataDir, KEY_FILE))
  } catch (error) {
    const [copy] = keyFilesBeside(backupsOf(dataDir))
    if (copy) return copy
    throw error
  }
}

/**
 * The key of an encrypted folder. Where its key file was gone it is there again afterwards. Rejects with what `keyFileOf`
 * throws, "wrong-passphrase", "wrong-data-key", or "key-file-other" for the key file of another folder.
 */
export async function unlockFolder(dataDir: string, secret: Secret): Promise<DataKey> {
  const own = keyFileOf(dataDir)
  // A restoring that was cut has put the database in its place, and its key file beside the backups alone.
  const others = keyFilesBeside(backupsOf(dataDir)).filter(({ id }) => id !== own.id)
  let refusal: unknown = null
  for (const file of [own, ...others]) {
    try {
      const key = await unwrapKey(file, secret)
      if (!opensWith(join(dataDir, DATABASE_FILE), key)) throw new AttuneError('key-file-other')
      if (file !== own) await writeKeyFile(dataDir, file).catch(() => undefined)
      await keepCopies(dataDir, file)
      return key
    } catch (error) {
      refusal ??= error
    }
  }
  throw refusal
}

/** A disk that takes nothing just now must not keep anybody from the data. */
async function keepCopies(dataDir: string, file: KeyFile): Promise<void> {
  try {
    await writeMissing(dataDir, file)
    await keepKeyFile(dataDir, backupsOf(dataDir))
  } catch {
    // The next start does it.
  }
}

async function writeMissing(dataDir: string, file: KeyFile): Promise<void> {
  try {
    readKeyFile(join(dataDir, KEY_FILE))
  } catch {
    await writeKeyFile(dataDir, file)
  }
}

/**
 * The key of one backup, by the key files that lie beside it, and that file. Rejects with "backup-locked" where no file
 * beside it is its own, and as `unwrapKey` does.
 */
export async function unlockBackup(path: string, secret: Secret): Promise<{ key: DataKey; file: KeyFile }> {
  let refusal = new AttuneError('backup-locked')
  for (const file of keyFilesBeside(join(path, '..'))) {
    try {
      const key = await unwrapKey(file, secret)
      if (opensWith(path, key)) return { key, file }
    } catch (error) {
      if (!(error instanceof AttuneError)) throw error
      refusal = error
    }
  }
  throw refusal
}

/** Removes what a copying that was cut left in a folder that this process holds: it may be in plain. */
export function sweepParts(dataDir: string): void {
  for (const name of readdirSync(dataDir).filter(isPart)) rmSync(join(dataDir, name), { recursive: true, force: true })
}

/** The files of an encrypted folder, and of its second folder, that an earlier time left in plain. */
export function leftInPlain(dataDir: string, second: string | null, device: string): string[] {
  const own = new Set([device, ...backupsIn(backupsOf(dataDir)).map((backup) => backup.device)])
  const inFolder = (folder: string, all: boolean) =>
    readable(() => backupsIn(folder))
      .filter((backup) => all || own.has(backup.device))
      .map(({ file }) => join(folder, file))
  const aside = keptAsideIn(dataDir).map((name) => join(dataDir, 'kept-aside', name, DATABASE_FILE))
  return [...inFolder(backupsOf(dataDir), true), ...(second === null ? [] : inFolder(second, false)), ...aside].filter(
    (path) => readable(() => (isPlain(path) ? [path] : [])).length > 0,
  )
}

/** Deletes them, with what lies beside a database. What cannot be deleted stays, and is found again. */
export function removePlain(paths: readonly string[]): void {
  for (const path of paths) {
    try {
      for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
    } catch {
      // Held by another program, or on a medium that cannot be written to.
    }
  }
}

const readable = <T>(read: () => T[]): T[] => {
  try {
    return read()
  } catch {
    return []
  }
}
