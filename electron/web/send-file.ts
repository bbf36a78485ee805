import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { findScreen } from '#electron/hosts/screens.ts'
import type { Services } from '#electron/services/services.ts'
import { HttpRefusal } from './refusal.ts'

/** A finished file as a download. */
export async function sendDownload(
  response: ServerResponse,
  file: NonNullable<ReturnType<Services['findFile']>>,
): Promise<void> {
  response.writeHead(200, {
    'content-type': file.mime,
    'content-length': file.bytes,
    'content-disposition': contentDisposition(file.name),
    'cache-control': 'no-store',
  })
  await sendContent(response, file.read())
}

/** A file of the built screens; 304 where the browser has it already. */
export async function sendScreen(
  request: IncomingMessage,
  response: ServerResponse,
  staticDir: string,
  path: string,
): Promise<void> {
  const screen = await findScreen(staticDir, path)
  if (!screen) throw new HttpRefusal(404, 'not-found')
  const headers = {
    etag: screen.etag,
    'cache-control': screen.immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
  }
  if (request.headers['if-none-match'] === screen.etag) {
    response.writeHead(304, headers).end()
    return
  }
  response.writeHead(200, { ...headers, 'content-type': screen.mime, 'content-length': screen.bytes })
  if (request.method === 'HEAD') response.end()
  else await sendContent(response, createReadStream(screen.path))
}

/** The name in ASCII for old clients and whole for the others: RFC 6266 and RFC 8187. */
export function contentDisposition(name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

/** A client that goes away in the middle is no fault of ours. */
async function sendContent(response: ServerResponse, content: Readable): Promise<void> {
  await pipeline(content, response).catch(() => response.destroy())
}
