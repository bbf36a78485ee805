import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AttuneError } from '#shared/contract/result.ts'
import { writeWhole } from './write-whole.ts'

/**
 * Copies a finished file to the place a person chose, whole or not at all, on disk when it returns, read back and
 * compared. Throws "file-write-failed".
 */
export async function saveCopy(source: string, target: string): Promise<void> {
  await writeWhole(target, (part) => copyFile(source, part))
  if ((await hashOf(source)) !== (await hashOf(target))) {
    throw new AttuneError('file-write-failed', { file: basename(target) })
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
