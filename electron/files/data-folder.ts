import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, posix, resolve, win32 } from 'node:path'
import { z } from 'zod'
import { AttuneError, type ErrorCode } from '#shared/contract/result.ts'
import { lockFile } from '#electron/store/folder-lock.ts'

/** The file that is locked; its neighbour with `.json` at the end names the holder. */
export const LOCK_FILE = 'attune.lock'

/** Which host has the folder, in which process. */
export type FolderOwner = { host: 'electron' | 'web' | 'cli'; pid: number }

export type HeldFolder = { release: () => void }

const holderSchema = z.object({ host: z.enum(['electron', 'web', 'cli']), pid: z.int(), since: z.iso.datetime() })

/** Where the system keeps an application's data for this person. `env` and `home` are the process's. */
export function defaultDataDir(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (platform === 'win32') return win32.join(env['APPDATA'] || win32.join(home, 'AppData', 'Roaming'), 'Attune')
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Attune')
  // The XDG base directory specification: a relative path is invalid and ignored.
  const xdg = env['XDG_DATA_HOME'] ?? ''
  return posix.join(posix.isAbsolute(xdg) ? xdg : posix.join(home, '.local', 'share'), 'attune')
}

/**
 * Makes the folder where it is missing, readable by its owner only, and proves by writing that it can be written to.
 * Returns its absolute path. Throws AttuneError "storage-read-only", "storage-full" or "storage-failed".
 */
export function openDataFolder(dir: string): string {
  const folder = resolve(dir)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    probe(folder)
  } catch (error) {
    throw new AttuneError(folderErrorCode(error), { folder }, { cause: error })
  }
  return folder
}

/** Why nothing can be written into a folder: "storage-read-only", "storage-full" or "storage-failed"; null where it can. */
export function folderProblem(folder: string): ErrorCode | null {
  try {
    probe(folder)
    return null
  } catch (error) {
    return folderErrorCode(error)
  }
}

/** Writes and removes a file: rights alone do not tell of a medium that cannot be written to, or has no room. */
function probe(folder: string): void {
  const file = join(folder, `.attune-${randomUUID()}`)
  try {
    writeFileSync(file, 'attune', { flag: 'wx' })
  } finally {
    rmSync(file, { force: true })
  }
}

function folderErrorCode(error: unknown): ErrorCode {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'storage-read-only'
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'storage-full'
  return 'storage-failed'
}

/**
 * Makes this process the folder's only writer until `release` or its end. Throws AttuneError "folder-in-use", which
 * names the host, the process and the time since when it has the folder.
 */
export function holdFolder(dir: string, owner: FolderOwner): HeldFolder {
  const lock = join(dir, LOCK_FILE)
  const nameFile = `${lock}.json`
  const unlock = lockFile(lock)
  if (!unlock) throw new AttuneError('folder-in-use', { folder: dir, ...readHolder(nameFile) })
  try {
    writeFileSync(nameFile, `${JSON.stringify({ ...owner, since: new Date().toISOString() })}\n`)
  } catch (error) {
    unlock()
    throw new AttuneError(folderErrorCode(error), { folder: dir }, { cause: error })
  }
  return {
    release: () => {
      try {
        rmSync(nameFile, { force: true })
      } catch {
        // A disk that takes nothing any more: the name is of a process that is gone, and nobody reads it without the lock.
      } finally {
        unlock()
      }
    },
  }
}

/** Empty while the holder has not yet written its name. */
function readHolder(file: string): Partial<z.infer<typeof holderSchema>> {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return {}
  }
}
