import { MAX_UPLOAD_BYTES } from '#shared/contract/limits.ts'
import type { Upload } from '#shared/contract/parts/common.ts'
import type { Result } from '#shared/contract/result.ts'

/** What is in a file that the person chose or dropped, ready for the host. Refused: "file-too-large", "file-unreadable". */
export async function readUpload(file: File): Promise<Result<Upload>> {
  if (file.size > MAX_UPLOAD_BYTES) {
    return { ok: false, code: 'file-too-large', params: { name: file.name, limitMb: MAX_UPLOAD_BYTES / 1e6 } }
  }
  try {
    return { ok: true, data: { name: file.name, base64: await toBase64(file) } }
  } catch {
    return { ok: false, code: 'file-unreadable', params: { name: file.name } }
  }
}

export function toBase64(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('error', () => {
      reject(reader.error ?? new Error('unreadable'))
    })
    reader.addEventListener('load', () => {
      const { result } = reader
      if (typeof result === 'string') resolve(result.slice(result.indexOf(',') + 1))
    })
    reader.readAsDataURL(file)
  })
}
