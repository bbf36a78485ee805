import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fileRefSchema } from '#shared/contract/parts/common.ts'
import { encounterIdSchema } from '#shared/domain/ids.ts'
import { createWebBridge, type WebBridge } from '#renderer/web-bridge.ts'

type Sent = { url: string; init: RequestInit }

let sent: Sent[] = []
let answer: (url: string) => Response | Promise<Response> = () => Response.json({ ok: true, data: {} })

const request = vi.fn((url: string | URL | Request, init: RequestInit = {}) => {
  const address = url instanceof Request ? url.url : url.toString()
  sent.push({ url: address, init })
  return Promise.resolve(answer(address))
})

const headersOf = (call: Sent | undefined) => new Headers(call?.init.headers)

/** The locks of all tabs of a browser. A page that asked with a signal that has ended gives up. */
function browserLocks() {
  const held = new Set<string>()
  const waiting: (() => void)[] = []
  const request = (name: string, { signal }: LockOptions, work: () => Promise<unknown>): Promise<unknown> =>
    new Promise((_resolve, reject) => {
      const take = () => {
        held.add(name)
        void work()
      }
      if (!held.has(name)) take()
      else if (signal?.aborted) reject(new DOMException('too late', 'TimeoutError'))
      else waiting.push(take)
    })
  const closeAllPages = () => {
    held.clear()
    for (const take of waiting.splice(0)) take()
  }
  return { request, closeAllPages }
}

let locks = browserLocks()
const clientOf = async (bridge: WebBridge): Promise<string | null> => {
  await bridge.invoke('app.info', {})
  return headersOf(sent.at(-1)).get('x-attune-client')
}

beforeEach(() => {
  sent = []
  locks = browserLocks()
  vi.stubGlobal('navigator', Object.create(navigator, { locks: { value: locks } }))
  sessionStorage.clear()
  localStorage.clear()
  history.replaceState(null, '', '/#token=abc-DEF_123')
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('the token leaves the address before anybody can take it for a route, and lasts for this tab', async () => {
  createWebBridge(request)
  expect(location.hash).toBe('')
  await createWebBridge(request).invoke('app.info', {})
  expect(headersOf(sent[0]).get('authorization')).toBe('Bearer abc-DEF_123')
})

test('a route in the address is left alone', () => {
  history.replaceState(null, '', '/#/examiner')
  createWebBridge(request)
  expect(location.hash).toBe('#/examiner')
})

test('a call is JSON posted to its channel, under the name of this tab', async () => {
  answer = () => Response.json({ ok: true, data: { soundVolume: 0, paper: 'A4', idleLockMinutes: 10 } })
  const bridge = createWebBridge(request)
  const result = await bridge.invoke('settings.set', { soundVolume: 0 })
  expect(result).toEqual({ ok: true, data: { soundVolume: 0, paper: 'A4', idleLockMinutes: 10 } })
  expect(sent[0]?.url).toBe('/api/settings.set')
  expect(sent[0]?.init.method).toBe('POST')
  expect(sent[0]?.init.body).toBe('{"soundVolume":0}')
  expect(headersOf(sent[0]).get('content-type')).toBe('application/json')

  await bridge.invoke('app.info', {})
  const [first, second] = sent.map((call) => headersOf(call).get('x-attune-client'))
  expect(first).toMatch(/^[A-Za-z0-9-]{8,64}$/)
  expect(second).toBe(first)
})

test('a reload keeps the name of its tab, though the page before lets go of it a little later', async () => {
  const before = await clientOf(createWebBridge(request))
  const after = clientOf(createWebBridge(request))
  locks.closeAllPages()
  expect(await after).toBe(before)
})

test('a tab with copied storage is a client of its own, under a name that it keeps', async () => {
  answer = () => Response.json({ ok: true, data: null })
  const original = createWebBridge(request)
  const examiner = await clientOf(original)
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort())
  const copy = createWebBridge(request)
  const other = await clientOf(copy)
  expect(other).not.toBe(examiner)
  expect(await clientOf(copy)).toBe(other)
  expect(await clientOf(original)).toBe(examiner)
  expect(headersOf(sent.at(-1)).get('authorization')).toBe('Bearer abc-DEF_123')
})

test('the copy of a tab that is lent to an SP is lent as well', async () => {
  const lent = await clientOf(createWebBridge(request))
  answer = () =>
    Response.json({ ok: true, data: { role: 'sp', examId: 'exam-1', personId: null, handedOver: 'encounter-1' } })
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort())
  expect(await clientOf(createWebBridge(request))).toBe(lent)
})

test('a new tab beside one that is lent is lent as well, and its own once the device is back', async () => {
  const bridge = createWebBridge(request)
  const lent = await clientOf(bridge)
  await bridge.invoke('handover.begin', { encounterId: encounterIdSchema.parse('e-1'), returnCode: '4711', spId: null })
  const session = { role: 'sp', examId: 'exam-1', personId: null, handedOver: 'e-1' }
  answer = () => Response.json({ ok: true, data: session })
  sessionStorage.removeItem('attune.client')
  expect(await clientOf(createWebBridge(request))).toBe(lent)

  answer = () => Response.json({ ok: true, data: { ...session, handedOver: null } })
  sessionStorage.removeItem('attune.client')
  expect(await clientOf(createWebBridge(request))).not.toBe(lent)
})

test('another window is opened with the token in its fragment, and knows nothing of this one', () => {
  const open = vi.spyOn(window, 'open').mockReturnValue(null)
  createWebBridge(request).openWindow()
  expect(open).toHaveBeenCalledWith('/#token=abc-DEF_123', '_blank', 'noopener')
})

test('a refusal of the host comes through, and a host that is gone or answers nonsense is unreachable', async () => {
  const bridge = createWebBridge(request)
  const failure = { ok: false, code: 'forbidden', params: {} }
  answer = () => Response.json(failure, { status: 403 })
  expect(await bridge.invoke('exam.list', {})).toEqual(failure)
  const unreachable = { ok: false, code: 'host-unreachable', params: {} }
  answer = () => Promise.reject(new TypeError('connection refused'))
  expect(await bridge.invoke('exam.list', {})).toEqual(unreachable)
  answer = () => new Response('<html>another server</html>')
  expect(await bridge.invoke('exam.list', {})).toEqual(unreachable)
})

/** A stream of events that the test writes to. */
function eventStream() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) })
  return {
    response: new Response(body),
    write: (text: string) => controller?.enqueue(new TextEncoder().encode(text)),
    end: () => controller?.close(),
  }
}
const settle = () => vi.advanceTimersByTimeAsync(0)

test('events reach who listens for them, however the stream was cut into pieces', async () => {
  const stream = eventStream()
  answer = () => stream.response
  const bridge = createWebBridge(request)
  const heard: unknown[] = []
  const stop = bridge.subscribe('exam.changed', (payload) => heard.push(payload))
  await settle()
  expect(sent[0]?.url).toBe('/events')
  expect(headersOf(sent[0]).get('authorization')).toBe('Bearer abc-DEF_123')

  stream.write(': open\n\nevent: exam.changed\nda')
  stream.write('ta: {"examId":"exam-1"}\n\nevent: session.changed\ndata: {}\n\n')
  await settle()
  expect(heard).toEqual([{ examId: 'exam-1' }])
  stop()
  stream.write('event: exam.changed\ndata: {"examId":"exam-2"}\n\n')
  await settle()
  expect(heard).toHaveLength(1)
})

test('a broken stream is told, opened again after pauses that grow, and told when it is back', async () => {
  const stream = eventStream()
  answer = () => stream.response
  const bridge = createWebBridge(request)
  const told: boolean[] = []
  bridge.onConnection((connected) => told.push(connected))
  await settle()
  expect(told).toEqual([])

  answer = () => Promise.reject(new TypeError('connection refused'))
  stream.end()
  await settle()
  expect(told).toEqual([false])
  expect(sent).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(500)
  expect(sent).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(999)
  expect(sent).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(1)
  expect(sent).toHaveLength(3)

  answer = () => eventStream().response
  await vi.advanceTimersByTimeAsync(2000)
  expect(told).toEqual([false, true])
})

const file = fileRefSchema.parse({ id: 'file-1', name: 'cohort.pdf', mime: 'application/pdf', bytes: 3 })

test('a file is fetched with the token and handed to the browser under its name', async () => {
  answer = () => new Response('PDF')
  const clicked: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    clicked.push(this.download)
  })
  const result = await createWebBridge(request).saveFile(file)
  expect(result).toEqual({ ok: true, data: { saved: true } })
  expect(sent[0]?.url).toBe('/files/file-1')
  expect(headersOf(sent[0]).get('authorization')).toBe('Bearer abc-DEF_123')
  expect(clicked).toEqual(['cohort.pdf'])
})

test('a file that the host no longer has is not saved, and the reason comes through', async () => {
  answer = () => Response.json({ ok: false, code: 'not-found', params: {} }, { status: 404 })
  expect(await createWebBridge(request).saveFile(file)).toEqual({ ok: false, code: 'not-found', params: {} })
})

/** Stands for the system's dialog: what the person does there. */
function inFileDialog(act: (input: HTMLInputElement) => void) {
  vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function (this: HTMLInputElement) {
    act(this)
  })
}
const choose = (chosen: File) => {
  inFileDialog((input) => {
    Object.defineProperty(input, 'files', { value: [chosen] })
    input.dispatchEvent(new Event('change'))
  })
}

test('a chosen file comes as its name and its content in base64', async () => {
  vi.useRealTimers()
  choose(new File(['number;name\n1;Ž'], 'list.csv'))
  const result = await createWebBridge(request).pickFile(['.csv', '.xlsx'])
  expect(result).toEqual({ ok: true, data: { name: 'list.csv', base64: btoa('number;name\n1;\xc5\xbd') } })
})

test('a dialog that is cancelled is no failure', async () => {
  inFileDialog((input) => input.dispatchEvent(new Event('cancel')))
  expect(await createWebBridge(request).pickFile(['.csv'])).toEqual({ ok: true, data: null })
})

test('a file of more than 20 MB is refused before it is read', async () => {
  const large = new File(['x'], 'large.xlsx')
  Object.defineProperty(large, 'size', { value: 20_000_001 })
  choose(large)
  const result = await createWebBridge(request).pickFile(['.xlsx'])
  expect(result).toMatchObject({ ok: false, code: 'file-too-large', params: { name: 'large.xlsx' } })
})

test('a file that cannot be read is not called empty', async () => {
  const gone = new File(['number;name'], 'gone.csv')
  choose(gone)
  vi.spyOn(FileReader.prototype, 'readAsDataURL').mockImplementation(function (this: FileReader) {
    this.dispatchEvent(new ProgressEvent('error'))
  })
  const result = await createWebBridge(request).pickFile(['.csv'])
  expect(result).toEqual({ ok: false, code: 'file-unreadable', params: { name: 'gone.csv' } })
})
