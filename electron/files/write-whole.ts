import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AttuneError } from '#shared/contract/result.ts'

/**
 * Makes a file whole or not at all, on disk when it returns: `write` fills a temporary file beside `target`, which is
 * then flushed and renamed. What was there before stays as it was where that fails. Throws what `write` refused with,
 * or "file-write-failed".
 */
export async function writeWhole(target: string, write: (part: string) => Promise<void>): Promise<void> {
  await inPart(target, async (part) => {
    await write(part)
    await moveWhole(part, target)
    await flushFolder(dirname(target))
  })
}

/**
 * The same for the files of a folder: `write` fills a temporary folder beside `target`, and each file in it is moved
 * over. Other files in `target` stay. Returns the names of the files.
 */
export async function writeWholeFiles(target: string, write: (part: string) => Promise<void>): Promise<string[]> {
  return inPart(target, async (part) => {
    await write(part)
    await mkdir(target, { recursive: true })
    const names = await readdir(part)
    for (const name of names) await moveWhole(join(part, name), join(target, name))
    await flushFolder(target)
    return names
  })
}

async function inPart<T>(target: string, work: (part: string) => Promise<T>): Promise<T> {
  const part = join(dirname(target), `.attune-${randomUUID()}.part`)
  try {
    return await work(part)
  } catch (error) {
    if (error instanceof AttuneError) throw error
    throw new AttuneError('file-write-failed', { file: basename(target) }, { cause: error })
  } finally {
    await rm(part, { recursive: true, force: true }).catch(() => undefined)
  }
}

async function moveWhole(part: string, target: string): Promise<void> {
  await flush(part, 'r+')
  await rename(part, target)
}

/** Windows has no handle of a folder to flush; its rename is in the journal. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') await flush(folder, 'r')
}

async function flush(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
