import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AttuneError } from '#shared/contract/result.ts'

/**
 * Copies a finished file to the place a person chose, whole or not at all, on disk when it returns: temporary file
 * beside the target, fsync, rename, fsync of the folder, read back and compared. Throws "file-write-failed".
 */
export async function saveCopy(source: string, target: string): Promise<void> {
  const folder = dirname(target)
  const part = join(folder, `.attune-${randomUUID()}.part`)
  try {
    await copyFile(source, part)
    await flush(part, 'r+')
    await rename(part, target)
    // Windows has no handle of a folder to flush; its rename is in the journal.
    if (process.platform !== 'win32') await flush(folder, 'r')
    if ((await hashOf(source)) !== (await hashOf(target))) throw new Error('read back differently')
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    throw new AttuneError('file-write-failed', { file: basename(target) }, { cause: error })
  }
}

async function flush(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
