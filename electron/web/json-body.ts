import type { IncomingMessage } from 'node:http'
import { HttpRefusal } from './refusal.ts'
import type { WebLimits } from './limits.ts'

/** Reads a JSON body. Refuses another type (415), too many bytes (413), too slow a sender (408) and what is not JSON. */
export async function readJson(
  request: IncomingMessage,
  { bodyBytes, bodyMs }: Pick<WebLimits, 'bodyBytes' | 'bodyMs'>,
): Promise<unknown> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new HttpRefusal(415, 'bad-input', { field: 'content-type' })
  if (Number(request.headers['content-length'] ?? 0) > bodyBytes) throw tooLarge(bodyBytes)
  const text = await readText(request, bodyBytes, bodyMs)
  try {
    return JSON.parse(text)
  } catch {
    throw new HttpRefusal(400, 'bad-input', { problem: 'not JSON' })
  }
}

const tooLarge = (bodyBytes: number): HttpRefusal =>
  new HttpRefusal(413, 'file-too-large', { limitMb: Math.floor(bodyBytes / 1024 / 1024) }, { connection: 'close' })

function readText(request: IncomingMessage, bodyBytes: number, bodyMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const stop = (refusal: HttpRefusal) => {
      clearTimeout(timer)
      // What still arrives is read and dropped, so that the answer reaches a client that is still sending.
      request.removeAllListeners('data')
      request.resume()
      reject(refusal)
    }
    const timer = setTimeout(() => {
      stop(new HttpRefusal(408, 'bad-input', { problem: 'too slow' }, { connection: 'close' }))
    }, bodyMs)
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > bodyBytes) stop(tooLarge(bodyBytes))
      else chunks.push(chunk)
    })
    request.on('end', () => {
      clearTimeout(timer)
      resolve(Buffer.concat(chunks).toString('utf8'))
    })
    request.on('error', () => {
      stop(new HttpRefusal(400, 'bad-input', { problem: 'broken off' }))
    })
  })
}
