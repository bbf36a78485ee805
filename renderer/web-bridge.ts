import type { Bridge } from '#shared/contract/bridge.ts'
import type { ChannelName, EventName } from '#shared/contract/channels.ts'
import type { Input, Output } from '#shared/contract/contract.ts'
import type { EventPayload } from '#shared/contract/events.ts'
import type { FileRef, Upload } from '#shared/contract/parts/common.ts'
import type { Failure, Result } from '#shared/contract/result.ts'
import { readUpload } from './read-upload.ts'
import { openEventStream, type EventStream } from './web-events.ts'

const TOKEN = 'attune.token'
const CLIENT = 'attune.client'
/** The tab of this browser that was lent last. */
const LENT = 'attune.lent'
const TOKEN_FRAGMENT = /^#token=([\w-]+)$/
/** How long the page before a reload may take to let go of its name. */
const LET_GO_MS = 500

const unreachable: Failure = { ok: false, code: 'host-unreachable', params: {} }

export type WebBridge = Bridge &
  Pick<EventStream, 'onConnection'> & {
    /** Opens the start screen in a tab of its own, for another person. */
    openWindow(): void
  }

/**
 * The loopback web host seen from a browser tab. Every request carries the bearer token that came in the address's
 * fragment and a name for this tab, so that two tabs may be two persons. `request` is the browser's fetch.
 */
export function createWebBridge(request: typeof fetch): WebBridge {
  takeToken(location.hash)
  // A fresh address pasted over this one changes only the fragment and loads nothing.
  addEventListener('hashchange', (event) => {
    if (takeToken(new URL(event.newURL).hash)) location.reload()
  })

  const post = <C extends ChannelName>(client: string, channel: C, input: Input<C>): Promise<Result<Output<C>>> =>
    answer(
      request(`/api/${channel}`, {
        method: 'POST',
        headers: { ...headers(client), 'Content-Type': 'application/json' },
        body: JSON.stringify(input),
      }),
    )
  const isLent = async (client: string): Promise<boolean> => {
    const session = await post(client, 'session.get', {})
    return session.ok && session.data !== null && session.data.handedOver !== null
  }
  let naming: Promise<string> | null = null
  const client = () => (naming ??= ownName(isLent))
  const get = async (path: string) => request(path, { headers: headers(await client()) })

  let stream: EventStream | null = null
  const events = () => (stream ??= openEventStream(() => get('/events')))

  return {
    host: 'web',
    invoke: async (channel, input) => {
      const own = await client()
      const result = await post(own, channel, input)
      if (channel === 'handover.begin' && result.ok) localStorage.setItem(LENT, own)
      return result
    },
    subscribe: <E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) =>
      events().subscribe(event, listener),
    onConnection: (listener) => events().onConnection(listener),
    saveFile: (file) => saveFile(file, get(`/files/${file.id}`)),
    pickFile,
    openWindow: () => {
      open(`${location.pathname}#token=${sessionStorage.getItem(TOKEN) ?? ''}`, '_blank', 'noopener')
    },
  }
}

/** Moves the token from the address to this tab's storage; true where there was one. */
function takeToken(fragment: string): boolean {
  const token = TOKEN_FRAGMENT.exec(fragment)?.[1]
  if (token === undefined) return false
  sessionStorage.setItem(TOKEN, token)
  history.replaceState(history.state, '', location.pathname + location.search)
  return true
}

/**
 * This tab's name, kept over a reload. A browser that duplicates a tab copies its name as well: the copy takes one of
 * its own. Whoever holds a lent device opens no way round the form: a copy of the lent tab, and a new one beside it, are
 * lent with it.
 */
async function ownName(isLent: (client: string) => Promise<boolean>): Promise<string> {
  const kept = sessionStorage.getItem(CLIENT)
  if (kept !== null && ((await hold(kept)) || (await isLent(kept)))) return kept
  const lent = localStorage.getItem(LENT)
  if (kept === null && lent !== null) {
    if (await isLent(lent)) {
      sessionStorage.setItem(CLIENT, lent)
      return lent
    }
    localStorage.removeItem(LENT)
  }
  const client = crypto.randomUUID()
  sessionStorage.setItem(CLIENT, client)
  void hold(client)
  return client
}

/** Holds a name until this page is gone; false where another page has it, and keeps it. */
function hold(client: string): Promise<boolean> {
  return new Promise((resolve) => {
    navigator.locks
      .request(`${CLIENT}/${client}`, { signal: AbortSignal.timeout(LET_GO_MS) }, () => {
        resolve(true)
        return new Promise(() => undefined)
      })
      .catch(() => {
        resolve(false)
      })
  })
}

const headers = (client: string): Record<string, string> => ({
  Authorization: `Bearer ${sessionStorage.getItem(TOKEN) ?? ''}`,
  'X-Attune-Client': client,
})

async function answer<T>(request: Promise<Response>): Promise<Result<T>> {
  try {
    const response = await request
    const body: unknown = await response.json()
    // The router of the host has parsed what it sends against the contract.
    return isResult<T>(body) ? body : unreachable
  } catch {
    return unreachable
  }
}

function isResult<T>(body: unknown): body is Result<T> {
  return typeof body === 'object' && body !== null && 'ok' in body && (body.ok === true || 'code' in body)
}

async function saveFile(file: FileRef, request: Promise<Response>): Promise<Result<{ saved: boolean }>> {
  try {
    const response = await request
    if (!response.ok) return await answer(request)
    const url = URL.createObjectURL(await response.blob())
    const link = document.createElement('a')
    link.href = url
    link.download = file.name
    link.click()
    // The browser reads the address after the click has returned.
    setTimeout(() => {
      URL.revokeObjectURL(url)
    }, 60_000)
    return { ok: true, data: { saved: true } }
  } catch {
    return unreachable
  }
}

function pickFile(accept: readonly string[]): Promise<Result<Upload | null>> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept.join(',')
  return new Promise((resolve) => {
    input.addEventListener('cancel', () => {
      resolve({ ok: true, data: null })
    })
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      resolve(file === undefined ? { ok: true, data: null } : readUpload(file))
    })
    input.click()
  })
}
