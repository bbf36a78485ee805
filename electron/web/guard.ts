import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { HttpRefusal } from './refusal.ts'

const clientIdPattern = /^[A-Za-z0-9-]{8,64}$/

/**
 * Refuses what another site's page could have sent: a Host that is not ours (a rebound name), an Origin that is not
 * ours. Asked of every request, the screens' own files included.
 */
export function requireOurOrigin(request: IncomingMessage, port: number): void {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const { host, origin } = request.headers
  if (host === undefined || !hosts.includes(host)) throw new HttpRefusal(403, 'forbidden')
  if (origin !== undefined && origin !== `http://${host}`) throw new HttpRefusal(403, 'forbidden')
  // A picture, a script or a form of another page sends no Origin, but the browser says whose it is. A link may lead here.
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers
  if ((site === 'cross-site' || site === 'same-site') && mode !== 'navigate') throw new HttpRefusal(403, 'forbidden')
}

/**
 * Refuses who does not know the token of this start, compared in constant time: a tab that was opened without the
 * whole address, or with that of an earlier start.
 */
export function requireToken(request: IncomingMessage, token: string): void {
  const given = /^Bearer ([\w-]+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  if (!timingSafeEqual(digest(given), digest(token))) {
    throw new HttpRefusal(401, 'no-token', {}, { 'www-authenticate': 'Bearer' })
  }
}

/** Which tab calls: an id that it made up itself. */
export function requireClientId(request: IncomingMessage): string {
  const id = request.headers['x-attune-client']
  if (typeof id !== 'string' || !clientIdPattern.test(id)) {
    throw new HttpRefusal(400, 'bad-input', { field: 'x-attune-client' })
  }
  return id
}

export function requireMethod(request: IncomingMessage, ...methods: string[]): void {
  if (!methods.includes(request.method ?? '')) {
    throw new HttpRefusal(405, 'bad-input', { field: 'method' }, { allow: methods.join(', ') })
  }
}

/** Digests have one length, as the comparison needs. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
