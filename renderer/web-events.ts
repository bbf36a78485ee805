import type { EventName } from '#shared/contract/channels.ts'
import type { EventPayload } from '#shared/contract/events.ts'

type Listener = (payload: unknown) => void

export type EventStream = {
  subscribe<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void
  /** Calls when the stream is back after a break, in which events may have been missed. */
  onReturn(listener: () => void): () => void
}

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000

/**
 * Server-sent events read from a fetch, because EventSource cannot send the token's header. Reconnects by itself, with
 * a pause that doubles from half a second to ten.
 */
export function openEventStream(connect: () => Promise<Response>): EventStream {
  const listeners = new Map<string, Set<Listener>>()
  const returnListeners = new Set<() => void>()
  let pause = FIRST_PAUSE_MS
  let broken = false

  const run = async (): Promise<void> => {
    try {
      const response = await connect()
      if (response.ok && response.body !== null) {
        pause = FIRST_PAUSE_MS
        if (broken) for (const listener of returnListeners) listener()
        broken = false
        await readEvents(response.body, (name, payload) => {
          for (const listener of listeners.get(name) ?? []) listener(payload)
        })
      }
    } catch {
      // A broken stream is an ended stream: connect again.
    }
    broken = true
    setTimeout(() => void run(), pause)
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
  }
  void run()

  return {
    subscribe(event, listener) {
      // The host parses every payload against the schema of its name.
      const entry = listener as Listener
      const of = listeners.get(event) ?? new Set<Listener>()
      listeners.set(event, of.add(entry))
      return () => of.delete(entry)
    },
    onReturn(listener) {
      returnListeners.add(listener)
      return () => returnListeners.delete(listener)
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
