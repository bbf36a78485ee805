import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { MAX_UPLOAD_BYTES } from '#shared/contract/limits.ts'
import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input, Output } from '#shared/contract/contract.ts'
import type { FileRef, Upload } from '#shared/contract/parts/common.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { saveCopy } from '#electron/files/save-copy.ts'
import { openServices } from '#electron/services/open-services.ts'
import type { Folder } from './folder.ts'
import { servicesOf } from './services-of.ts'

export type Director = {
  /** Throws AttuneError with what refused it. */
  call<C extends ChannelName>(channel: C, input: Input<C>): Promise<Output<C>>
  /** Puts a finished file where it is wanted: on disk, read back and compared. */
  save(file: FileRef, target: string): Promise<void>
}

/**
 * Opens a data folder for what a director does with it; the app must be closed.
 * `onlyExports`: no backup is made but with an exam's first package. It would push out one of those that a person counts
 * on for the sake of what the next close keeps anyway.
 */
export async function asDirector<T>(
  folder: Folder,
  work: (director: Director) => Promise<T>,
  { onlyExports = false }: { onlyExports?: boolean } = {},
): Promise<T> {
  const services = await openServices({ ...servicesOf(folder), backUp: onlyExports ? 'first-package' : true })
  const seat = services.seat({ role: 'director', examId: null, personId: null })
  try {
    return await work({
      call: async (channel, input) => {
        const answer = await seat(channel, input)
        if (!answer.ok) throw new AttuneError(answer.code, answer.params)
        return answer.data
      },
      save: async (file, target) => {
        const found = services.findFile(file.id)
        if (!found) throw new AttuneError('not-found')
        await saveCopy(found.read, target)
      },
    })
  } finally {
    await services.shutdown()
  }
}

/** A file as a screen would hand it in. Throws 'file-unreadable' or 'file-too-large'. */
export function uploadOf(file: string): Upload {
  const upload = sizedUploadOf(file, MAX_UPLOAD_BYTES)
  if ('bytes' in upload) throw new AttuneError('file-too-large', { name: upload.name, limitMb: MAX_UPLOAD_BYTES / 1e6 })
  return upload
}

/** A file of so many bytes at most; of a larger one its size alone, unread. Throws 'file-unreadable'. */
export function sizedUploadOf(file: string, most: number): Upload | { name: string; bytes: number } {
  const name = basename(file)
  try {
    const found = statSync(file)
    // A pipe may never end, and a device neither.
    if (!found.isFile()) throw new Error('not a file')
    const bytes = found.size
    return bytes > most ? { name, bytes } : { name, base64: readFileSync(file).toString('base64') }
  } catch (error) {
    throw new AttuneError('file-unreadable', { name }, { cause: error })
  }
}
