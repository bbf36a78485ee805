import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { AttuneError } from '#shared/contract/result.ts'
import type { FileRef } from '#shared/contract/parts/common.ts'
import { fileIdSchema } from '#shared/domain/ids.ts'
import { cleanLine } from '#shared/domain/clean-line.ts'
import { addedBytes, makeShelfKey, readShelved, writeShelved, type ShelfKey } from './shelved.ts'

/** A finished file: its content, or what writes it to the path given, with the shelf's key where it has one. */
export type ShelfItem = { name: string; mime: string } & (
  { bytes: Uint8Array | string } | { write: (path: string) => void | Promise<void> }
)

/** Finished files, for one run of the app: each may be saved as often as it is wanted. Found by an id that cannot be guessed. */
export type FileShelf = {
  /** Throws 'file-write-failed', or what `write` refused with; nothing half-written stays behind. */
  put(item: ShelfItem): Promise<FileRef>
  find(id: string): ShelvedFile | null
  /** What its files are encrypted with; null where they are not. */
  key: ShelfKey | null
  clear(): void
}

/**
 * A file that is ready. `path`: null where what lies there is encrypted. `read` gives what is in it, which is so many
 * `bytes`.
 */
export type ShelvedFile = { path: string | null; name: string; mime: string; bytes: number; read: () => Readable }

/**
 * A shelf in `dir`, which is emptied first: files hold names and marks, and must not outlive their run. `encrypted`: nor
 * may anybody read them on the disk.
 */
export function createFileShelf(dir: string, { encrypted = false } = {}): FileShelf {
  const key = encrypted ? makeShelfKey() : null
  const files = new Map<string, { path: string; name: string; mime: string; bytes: number }>()
  const clear = () => {
    files.clear()
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 })
  }
  clear()
  return {
    clear,
    key,
    find: (id) => {
      const file = files.get(id)
      if (!file || !existsSync(file.path)) return null
      const { path, ...rest } = file
      return { ...rest, path: key === null ? path : null, read: () => readShelved(path, key) }
    },
    put: async (item) => {
      const id = fileIdSchema.parse(randomUUID())
      const name = safeFileName(item.name)
      const path = join(dir, id)
      try {
        mkdirSync(dir, { recursive: true, mode: 0o700 })
        await ('bytes' in item ? writeShelved(path, [item.bytes], key) : item.write(path))
        const bytes = statSync(path).size - addedBytes(key)
        files.set(id, { path, name, mime: item.mime, bytes })
        return { id, name, mime: item.mime, bytes }
      } catch (error) {
        await rm(path, { force: true }).catch(() => undefined)
        if (error instanceof AttuneError) throw error
        throw new AttuneError('file-write-failed', { file: name }, { cause: error })
      }
    },
  }
}

const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
const MAX_NAME = 120

/** A name that every system takes for a file in one folder: no separators, no reserved names, not too long. */
export function safeFileName(name: string): string {
  const plain = cleanLine(name)
    .replaceAll(/[\\/:*?"<>|]/g, '-')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '')
  const safe = plain === '' || reserved.test(plain) ? `file-${plain}` : plain
  if (safe.length <= MAX_NAME) return safe
  const extension = /(?:\.[A-Za-z0-9-]{1,16}){1,2}$/.exec(safe)?.[0] ?? ''
  return `${safe
    .slice(0, MAX_NAME - extension.length)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}${extension}`
}
