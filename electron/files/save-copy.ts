import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AttuneError } from '#shared/contract/result.ts'
import { writeWhole } from './write-whole.ts'

/**
 * Copies a finished file to the place a person chose, whole or not at all, on disk when it returns, read back and
 * compared. `source`: its path, or what reads it. Throws "file-write-failed".
 */
export async function saveCopy(source: string | (() => Readable), target: string): Promise<void> {
  await writeWhole(target, (part) =>
    // Names and marks are for whoever saves them, not for every account of the computer.
    typeof source === 'string' ? copyFile(source, part) : pipeline(source(), createWriteStream(part, { mode: 0o600 })),
  )
  const read = typeof source === 'string' ? createReadStream(source) : source()
  if ((await hashOf(read)) !== (await hashOf(createReadStream(target)))) {
    throw new AttuneError('file-write-failed', { file: basename(target) })
  }
}

async function hashOf(read: Readable): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(read, hash)
  return hash.digest('hex')
}
