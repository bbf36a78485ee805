import type { EventName } from '#shared/contract/channels.ts'
import type { EventPayload } from '#shared/contract/events.ts'

type Listener = (payload: unknown) => void

export type EventStream = {
  subscribe<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void
  /** Tells that the stream broke off (false) or is back after a break, in which events may have been missed (true). */
  onConnection(listener: (connected: boolean) => void): () => void
}

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000

/**
 * Server-sent events read from a fetch, because EventSource cannot send the token's header. Reconnects by itself, with
 * a pause that doubles from half a second to ten.
 */
export function openEventStream(connect: () => Promise<Response>): EventStream {
  const listeners = new Map<string, Set<Listener>>()
  const watchers = new Set<(connected: boolean) => void>()
  let pause = FIRST_PAUSE_MS
  let broken = false

  const tell = (connected: boolean) => {
    if (broken !== connected) return
    broken = !connected
    for (const watcher of watchers) watcher(connected)
  }

  const run = async (): Promise<void> => {
    try {
      const response = await connect()
      if (response.ok && response.body !== null) {
        pause = FIRST_PAUSE_MS
        tell(true)
        await readEvents(response.body, (name, payload) => {
          for (const listener of listeners.get(name) ?? []) listener(payload)
        })
      }
    } catch {
      // A broken stream is an ended stream: connect again.
    }
    tell(false)
    setTimeout(() => void run(), pause)
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
  }
  void run()

  return {
    subscribe(event, listener) {
      // The host sends under each name only what the schema of that name describes.
      const entry = listener as Listener
      const of = listeners.get(event) ?? new Set<Listener>()
      listeners.set(event, of.add(entry))
      return () => of.delete(entry)
    },
    onConnection(listener) {
      watchers.add(listener)
      return () => watchers.delete(listener)
    },
  }
}

/** Reads `event:` and `data:` lines until the stream ends; one JSON value in the data of each event. */
async function readEvents(body: ReadableStream<Uint8Array>, emit: (name: string, payload: unknown) => void) {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    text += decoder.decode(value, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      let name = ''
      let data = ''
      for (const line of block.split('\n')) {
        if (line.startsWith('event:')) name = line.slice(6).trim()
        else if (line.startsWith('data:')) data += line.slice(5)
      }
      if (name !== '' && data !== '') emit(name, JSON.parse(data))
    }
  }
}
