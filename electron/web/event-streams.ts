import type { ServerResponse } from 'node:http'
import type { Services } from '#electron/services/services.ts'
import type { WebLimits } from './limits.ts'

/** A tab that does not read its events any more loses its stream at this many waiting bytes. */
const MAX_WAITING_BYTES = 1024 * 1024

export type EventStreams = {
  /** Answers with server-sent events until either side goes. */
  open(clientId: string, response: ServerResponse): void
  /** How many are open. */
  count(): number
  /** Notes a call of a client, with or without a stream. */
  seen(clientId: string): void
  closeAll(): void
}

/** The open event streams of all tabs; a tab without one for a while is forgotten. */
export function createEventStreams(
  services: Pick<Services, 'events' | 'forgetClient'>,
  { heartbeatMs, absenceMs }: Pick<WebLimits, 'heartbeatMs' | 'absenceMs'>,
): EventStreams {
  const streams = new Map<string, Set<ServerResponse>>()
  const absences = new Map<string, NodeJS.Timeout>()
  let closed = false

  const seen = (clientId: string) => {
    clearTimeout(absences.get(clientId))
    absences.delete(clientId)
    if (closed || streams.has(clientId)) return
    const timer = setTimeout(() => {
      absences.delete(clientId)
      services.forgetClient(clientId)
    }, absenceMs)
    absences.set(clientId, timer.unref())
  }

  const open = (clientId: string, response: ServerResponse) => {
    const own = streams.get(clientId) ?? new Set()
    streams.set(clientId, own.add(response))
    seen(clientId)
    const write = (text: string) => {
      if (response.writableLength > MAX_WAITING_BYTES) response.destroy()
      else response.write(text)
    }
    const unsubscribe = services.events.subscribe(clientId, ({ name, payload }) => {
      write(`event: ${name}\ndata: ${JSON.stringify(payload)}\n\n`)
    })
    const heartbeat = setInterval(() => {
      write(':\n\n')
    }, heartbeatMs)
    response.on('close', () => {
      unsubscribe()
      clearInterval(heartbeat)
      own.delete(response)
      if (own.size === 0) streams.delete(clientId)
      seen(clientId)
    })
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    write(': open\n\n')
  }

  const count = () => [...streams.values()].reduce((sum, own) => sum + own.size, 0)

  const closeAll = () => {
    closed = true
    for (const own of streams.values()) for (const response of own) response.end()
    for (const timer of absences.values()) clearTimeout(timer)
    absences.clear()
  }

  return { open, count, seen, closeAll }
}
