import { readFile, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { OpenDialogOptions, OpenDialogReturnValue, SaveDialogOptions, SaveDialogReturnValue } from 'electron'
import { z } from 'zod'
import { fileRefSchema, type Upload } from '#shared/contract/parts/common.ts'
import { MAX_UPLOAD_BYTES } from '#shared/contract/limits.ts'
import { AttuneError, type Failure, type Result } from '#shared/contract/result.ts'
import { phrase } from '#shared/locales/phrase.ts'
import { saveCopy } from '#electron/files/save-copy.ts'
import type { Services } from '#electron/services/services.ts'

const acceptSchema = z.array(z.string().regex(/^\.[a-z0-9-]{1,20}$/)).min(1)

type SaveParts = {
  findFile: Services['findFile']
  /** Where the dialog begins. */
  folder: string
  showSaveDialog: (options: SaveDialogOptions) => Promise<SaveDialogReturnValue>
}

/** Saves one of the host's finished files where the person says. The file is found by its id alone. */
export async function saveFile(ref: unknown, parts: SaveParts): Promise<Result<{ saved: boolean }>> {
  const parsed = fileRefSchema.safeParse(ref)
  if (!parsed.success) return failure('bad-input')
  const file = parts.findFile(parsed.data.id)
  if (!file) return failure('not-found')
  const extension = extname(file.name).slice(1)
  const { canceled, filePath } = await parts.showSaveDialog({
    defaultPath: join(parts.folder, file.name),
    filters: extension ? [{ name: extension.toUpperCase(), extensions: [extension] }] : [],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  })
  if (canceled || !filePath) return { ok: true, data: { saved: false } }
  try {
    await saveCopy(file.read, filePath)
    return { ok: true, data: { saved: true } }
  } catch (error) {
    if (error instanceof AttuneError) return failure(error.code, error.params)
    throw error
  }
}

type PickParts = { showOpenDialog: (options: OpenDialogOptions) => Promise<OpenDialogReturnValue> }

/** Lets the person choose a file and reads it whole; null where they cancel. */
export async function pickFile(accept: unknown, parts: PickParts): Promise<Result<Upload | null>> {
  const parsed = acceptSchema.safeParse(accept)
  if (!parsed.success) return failure('bad-input')
  const { canceled, filePaths } = await parts.showOpenDialog({
    filters: [{ name: phrase('desktop.chosenKinds'), extensions: parsed.data.map((extension) => extension.slice(1)) }],
    properties: ['openFile'],
  })
  const path = filePaths[0]
  if (canceled || path === undefined) return { ok: true, data: null }
  const name = basename(path)
  try {
    const { size } = await stat(path)
    if (size > MAX_UPLOAD_BYTES) return failure('file-too-large', { name, limitMb: MAX_UPLOAD_BYTES / 1e6 })
    return { ok: true, data: { name, base64: (await readFile(path)).toString('base64') } }
  } catch {
    return failure('file-unreadable', { name })
  }
}

const failure = (code: Failure['code'], params: Failure['params'] = {}): Failure => ({ ok: false, code, params })
