import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { closeSync, createReadStream, createWriteStream, openSync, readSync, statSync } from 'node:fs'
import { Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * What files on the shelf of an encrypted folder are encrypted with (AES-256-GCM): 32 random bytes that are in memory
 * alone, so that what a crash leaves can be read by nobody.
 */
export type ShelfKey = Uint8Array

const NONCE = 12
const TAG = 16

export const makeShelfKey = (): ShelfKey => randomBytes(32)

/** How much longer a file is than what is in it. */
export const addedBytes = (key: ShelfKey | null): number => (key === null ? 0 : NONCE + TAG)

/** Writes a file of the shelf; without a key as it is. */
export async function writeShelved(path: string, content: Iterable<unknown> | Readable, key: ShelfKey | null) {
  const file = createWriteStream(path, { mode: 0o600 })
  const from = content instanceof Readable ? content : Readable.from(content)
  if (key === null) await pipeline(from, file)
  else await pipeline(from, (chunks: AsyncIterable<Uint8Array | string>) => encrypted(chunks, key), file)
}

async function* encrypted(chunks: AsyncIterable<Uint8Array | string>, key: ShelfKey): AsyncGenerator<Uint8Array> {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  yield nonce
  for await (const chunk of chunks)
    yield typeof chunk === 'string' ? cipher.update(chunk, 'utf8') : cipher.update(chunk)
  yield cipher.final()
  yield cipher.getAuthTag()
}

/** What is in a file of the shelf. The stream fails where the file was changed: whoever reads takes it whole or not. */
export function readShelved(path: string, key: ShelfKey | null): Readable {
  if (key === null) return createReadStream(path)
  const { size } = statSync(path)
  const decipher = createDecipheriv('aes-256-gcm', key, bytesAt(path, 0, NONCE), { authTagLength: TAG })
  decipher.setAuthTag(bytesAt(path, size - TAG, TAG))
  const sealed = size > NONCE + TAG ? createReadStream(path, { start: NONCE, end: size - TAG - 1 }) : Readable.from([])
  return through(sealed, decipher)
}

/** An error of what is read is one of what is read from it. */
function through(from: Readable, to: Transform): Readable {
  from.once('error', (error) => to.destroy(error))
  to.once('close', () => from.destroy())
  return from.pipe(to)
}

function bytesAt(path: string, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  const file = openSync(path, 'r')
  try {
    readSync(file, bytes, 0, length, at)
    return bytes
  } finally {
    closeSync(file)
  }
}
