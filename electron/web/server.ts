import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AttuneError } from '#shared/contract/result.ts'
import { stackOf, type Log } from '#electron/base/log.ts'
import { securityHeaders } from '#electron/hosts/screens.ts'
import type { Services } from '#electron/services/services.ts'
import { createEventStreams } from './event-streams.ts'
import { requireClientId, requireMethod, requireOurOrigin, requireToken } from './guard.ts'
import { readJson } from './json-body.ts'
import { webLimits, type WebLimits } from './limits.ts'
import { HttpRefusal, sendJson } from './refusal.ts'
import { sendDownload, sendScreen } from './send-file.ts'

export type WebHostOptions = {
  services: Services
  /** 0: any free one. */
  port: number
  /** The built screens. */
  staticDir: string
  /** What every call must carry; base64url. */
  token: string
  log: Log
  limits?: Partial<WebLimits>
}

/** `url` is the address without the token. `close` ends all streams and waits for calls under way. */
export type WebHost = { url: string; close: () => Promise<void> }

/**
 * Serves the screens and the contract to the browsers of this machine.
 *
 * `POST /api/<channel>` takes the channel's input and answers its result; `GET /events` is the event stream;
 * `GET /files/<id>` downloads a finished file. These need `Authorization: Bearer <token>`, and the first two
 * `X-Attune-Client: <id of the tab>`. Everything else is a file of the screens. A refused request is answered with
 * its HTTP status and a failure of the contract. Throws AttuneError "port-in-use".
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const limits = { ...webLimits, ...options.limits }
  const { services, staticDir, token, log } = options
  const streams = createEventStreams(services, limits)
  let port = options.port

  const call = async (channel: string, request: IncomingMessage, response: ServerResponse) => {
    requireMethod(request, 'POST')
    requireToken(request, token)
    const clientId = requireClientId(request)
    const input = await readJson(request, limits)
    streams.seen(clientId)
    const result = await services.router(clientId, channel, input)
    sendJson(response, !result.ok && result.code === 'unknown-channel' ? 404 : 200, result)
  }

  const listen = (request: IncomingMessage, response: ServerResponse) => {
    requireMethod(request, 'GET')
    requireToken(request, token)
    const clientId = requireClientId(request)
    if (streams.count() >= limits.streams) throw new HttpRefusal(429, 'bad-input', { problem: 'too many streams' })
    streams.open(clientId, response)
  }

  const download = async (id: string, request: IncomingMessage, response: ServerResponse) => {
    requireMethod(request, 'GET')
    requireToken(request, token)
    const file = services.findFile(id)
    if (!file) throw new HttpRefusal(404, 'not-found')
    await sendDownload(response, file)
  }

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    requireOurOrigin(request, port)
    const path = (request.url ?? '').split('?')[0] ?? ''
    if (path.startsWith('/api/')) return call(path.slice('/api/'.length), request, response)
    if (path === '/events') {
      listen(request, response)
      return
    }
    if (path.startsWith('/files/')) return download(path.slice('/files/'.length), request, response)
    requireMethod(request, 'GET', 'HEAD')
    await sendScreen(request, response, staticDir, path)
  }

  const refuse = (error: unknown, request: IncomingMessage, response: ServerResponse) => {
    const refusal = error instanceof HttpRefusal ? error : new HttpRefusal(500, 'internal')
    if (refusal !== error) log.error('a request failed', { error: stackOf(error) })
    if (response.headersSent) {
      response.destroy()
      return
    }
    for (const [name, value] of Object.entries(refusal.headers)) response.setHeader(name, value)
    // A client that goes on sending what was refused is cut off.
    if (!request.complete) setTimeout(() => request.destroy(), limits.closeMs).unref()
    sendJson(response, refusal.status, refusal.failure)
  }

  const { headersMs } = limits
  const times = { headersTimeout: headersMs, connectionsCheckingInterval: headersMs / 2, requestTimeout: 60_000 }
  const server = createServer(times, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      refuse(error, request, response)
    })
  })
  server.maxConnections = limits.connections
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES'
      reject(taken ? new AttuneError('port-in-use', { port }, { cause: error }) : error)
    })
    server.listen(port, '127.0.0.1', resolve)
  })
  port = (server.address() as AddressInfo).port

  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        streams.closeAll()
        setTimeout(() => {
          server.closeAllConnections()
        }, limits.closeMs).unref()
      }),
  }
}
