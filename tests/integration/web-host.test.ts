import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { AttuneError, type Result } from '#shared/contract/result.ts'
import { silentLog } from '#electron/base/log.ts'
import { startWebHost } from '#electron/web/server.ts'
import { eventually } from '#tests/support/eventually.ts'
import { builtScreens, CLIENT, credentials, send, testWebHost, TOKEN } from '#tests/support/web-client.ts'
import { sitAsDirector } from '#tests/support/sign-in.ts'

const failure = (text: string): unknown => (JSON.parse(text) as { code: unknown }).code

describe('the screens', () => {
  it('are served under the strict policy', async () => {
    const { at } = await testWebHost()
    const page = await send(at(''))
    expect(page).toMatchObject({ status: 200, text: '<!doctype html><title>Attune</title>' })
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
    expect(page.headers['permissions-policy']).toContain('camera=()')
    expect(page.headers).not.toHaveProperty('set-cookie')
    expect(page.headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('are not sent again where the browser has them', async () => {
    const { at } = await testWebHost()
    const { headers } = await send(at('index.html'))
    const again = await send(at('index.html'), { headers: { 'if-none-match': headers.etag } })
    expect(again).toMatchObject({ status: 304, text: '' })
    const script = await send(at('assets/index-B1a2_C-d.js'), { method: 'HEAD' })
    expect(script).toMatchObject({ status: 200, text: '' })
    expect(script.headers['cache-control']).toContain('immutable')
  })

  it.each(['../secret.json', '..%2fsecret.json', '%2e%2e/secret.json', 'assets/../../secret.json', '/etc/passwd'])(
    'are all that %s can reach',
    async (path) => {
      const { at } = await testWebHost()
      const answer = await send(at(path))
      expect(answer.status).toBe(404)
      expect(answer.text).not.toContain('secret')
    },
  )

  it('are read and never written', async () => {
    const { at } = await testWebHost()
    const answer = await send(at('index.html'), { method: 'PUT', headers: credentials, body: 'x' })
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
  })
})

describe('a call', () => {
  it('reaches the services and comes back', async () => {
    const { call } = await testWebHost()
    expect(await call('app.info', {})).toMatchObject({ ok: true, data: { host: 'web', version: '0.0.0-test' } })
  })

  it('is refused by the services with their own code', async () => {
    const { call } = await testWebHost()
    expect(await call('exam.create', {})).toEqual({ ok: false, code: 'forbidden', params: {} })
  })

  it('belongs to its tab: two tabs with the same token are two persons', async () => {
    const { call, post } = await testWebHost()
    await sitAsDirector(call)
    expect(await call('session.get', {})).toMatchObject({ data: { role: 'director' } })
    const other = await post('session.get', '{}', { 'x-attune-client': 'tab-00000002' })
    expect(JSON.parse(other.text)).toEqual({ ok: true, data: null })
  })

  it('by a name that the contract does not have is refused', async () => {
    const { post } = await testWebHost()
    for (const channel of ['exam.destroy', '__proto__', 'constructor', '', 'exam.list/x']) {
      const answer = await post(channel, '{}')
      expect([answer.status, failure(answer.text)]).toEqual([404, 'unknown-channel'])
    }
  })
})

describe('a request that another page could have sent', () => {
  it.each([
    ['a Host that is not ours', { host: 'attune.example.org' }, 403, 'forbidden'],
    ['our address under another name', { host: 'localhost.example.org' }, 403, 'forbidden'],
    ['our address without its port', { host: '127.0.0.1' }, 403, 'forbidden'],
    ['a foreign Origin', { origin: 'https://example.org' }, 403, 'forbidden'],
    ['an Origin that is hidden', { origin: 'null' }, 403, 'forbidden'],
    ['another program on this machine as Origin', { origin: 'http://127.0.0.1:1' }, 403, 'forbidden'],
    ['no token', { authorization: undefined }, 401, 'no-token'],
    ['a wrong token', { authorization: `Bearer ${TOKEN.slice(0, -1)}x` }, 401, 'no-token'],
    ['half a token', { authorization: `Bearer ${TOKEN.slice(0, 5)}` }, 401, 'no-token'],
    ['the token by another scheme', { authorization: `Basic ${TOKEN}` }, 401, 'no-token'],
    ['no name of its tab', { 'x-attune-client': undefined }, 400, 'bad-input'],
    ['a name of its tab that is none', { 'x-attune-client': 'a b' }, 400, 'bad-input'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'bad-input'],
    ['plain text', { 'content-type': 'text/plain' }, 415, 'bad-input'],
    ['no type', { 'content-type': undefined }, 415, 'bad-input'],
  ] as const)('with %s reaches nothing', async (_what, headers, status, code) => {
    const { post, services } = await testWebHost()
    const router = vi.spyOn(services, 'router')
    const answer = await post('app.info', '{}', headers)
    expect([answer.status, failure(answer.text)]).toEqual([status, code])
    expect(router).not.toHaveBeenCalled()
  })

  it('is answered when it comes from our own page, by either name of this machine', async () => {
    const { host, post } = await testWebHost()
    const { port } = new URL(host.url)
    for (const name of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      expect((await post('app.info', '{}', { host: name, origin: `http://${name}` })).status).toBe(200)
    }
  })

  it('may not even ask what it is allowed to', async () => {
    const { at } = await testWebHost()
    const headers = { 'access-control-request-method': 'POST', origin: 'https://example.org' }
    const answer = await send(at('api/exam.list'), { method: 'OPTIONS', headers })
    expect(answer.status).toBe(403)
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it.each(['api/app.info', 'events', 'files/x'])('%s by another method is refused', async (path) => {
    const { at } = await testWebHost()
    expect((await send(at(path), { method: 'DELETE', headers: credentials })).status).toBe(405)
  })

  it.each(['events', 'files/x'])('%s without the token is refused', async (path) => {
    const { at } = await testWebHost()
    expect((await send(at(path), { headers: { 'x-attune-client': CLIENT } })).status).toBe(401)
  })
})

describe('a body', () => {
  it.each(['', '{', 'undefined', '{"a":1}}', '\u0000'])('%j is not JSON and is refused', async (body) => {
    const { post } = await testWebHost()
    const answer = await post('app.info', body)
    expect([answer.status, failure(answer.text)]).toEqual([400, 'bad-input'])
  })

  it('of more than 32 MB is refused before it is read', async () => {
    const { post } = await testWebHost()
    const answer = await post('app.info', '', { 'content-length': 32 * 1024 * 1024 + 1 })
    expect([answer.status, failure(answer.text)]).toEqual([413, 'file-too-large'])
  })

  it('that grows beyond the limit without saying so is refused', async () => {
    const { post } = await testWebHost({ bodyBytes: 1000 })
    const answer = await post('app.info', `{"a":"${'x'.repeat(5000)}"}`, { 'transfer-encoding': 'chunked' })
    expect([answer.status, failure(answer.text)]).toEqual([413, 'file-too-large'])
  })

  it('that does not come in time is refused, and its sender is cut off', async () => {
    const { host } = await testWebHost({ bodyMs: 50 })
    const { port, host: name } = new URL(host.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(`POST /api/app.info HTTP/1.1\r\nHost: ${name}\r\nContent-Type: application/json\r\n`)
    socket.write(`Authorization: Bearer ${TOKEN}\r\nX-Attune-Client: ${CLIENT}\r\nContent-Length: 100\r\n\r\n{"a":`)
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    await once(socket, 'close')
    expect(text).toContain('HTTP/1.1 408')
    expect(text).toContain('"bad-input"')
  })

  it('of a person who goes away in the middle harms nobody', async () => {
    const { host, call } = await testWebHost()
    const { port, host: name } = new URL(host.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(`POST /api/app.info HTTP/1.1\r\nHost: ${name}\r\nContent-Type: application/json\r\n`)
    socket.write(`Authorization: Bearer ${TOKEN}\r\nX-Attune-Client: ${CLIENT}\r\nContent-Length: 100\r\n\r\n{"a":`)
    socket.destroy()
    await once(socket, 'close')
    expect(await call('app.info', {})).toMatchObject({ ok: true })
  })
})

describe('the events', () => {
  it('reach the tab that listens', async () => {
    const { at, call, services } = await testWebHost()
    const stream = await fetch(at('events'), { headers: credentials })
    expect(stream.headers.get('content-type')).toBe('text/event-stream')
    const next = reader(stream)
    expect(await next()).toBe(': open\n\n')
    await sitAsDirector(call)
    expect(await next()).toBe('event: session.changed\ndata: {}\n\n')
    services.events.publishTo('tab-00000002', 'menu.chosen', { item: 'home' })
    services.events.publishTo(CLIENT, 'menu.chosen', { item: 'help' })
    expect(await next()).toBe('event: menu.chosen\ndata: {"item":"help"}\n\n')
  })

  it('end with the host', async () => {
    const { host, at } = await testWebHost()
    const next = reader(await fetch(at('events'), { headers: credentials }))
    await next()
    const ended = next()
    await host.close()
    expect(await ended).toBeNull()
  })

  it('that nobody reads any more let the tab be forgotten', async () => {
    const { at, services } = await testWebHost({ absenceMs: 20 })
    const forget = vi.spyOn(services, 'forgetClient')
    const leave = new AbortController()
    await reader(await fetch(at('events'), { headers: credentials, signal: leave.signal }))()
    leave.abort()
    await eventually(() => expect(forget).toHaveBeenCalledExactlyOnceWith(CLIENT))
  })
})

describe('a file', () => {
  it('is downloaded under its own name by who has the token', async () => {
    const { at, call } = await testWebHost()
    await sitAsDirector(call)
    const { id: examId } = granted(await call('exam.create', { title: 'Spring é' }))
    const { id, name, bytes } = granted(await call('exam.exportFile', { examId }))
    const file = await send(at(`files/${id}`), { headers: credentials })
    expect(file.status).toBe(200)
    expect(Buffer.byteLength(file.text)).toBe(bytes)
    expect(file.headers['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent(name)}`)
    expect(file.headers['cache-control']).toBe('no-store')
    expect(JSON.parse(file.text)).toHaveProperty('exam.title', 'Spring é')
  })

  it('that is not there is said to be missing', async () => {
    const { at } = await testWebHost()
    for (const id of ['unknown', '', '../../etc/passwd', '..%2f..%2fattune.db']) {
      expect((await send(at(`files/${id}`), { headers: credentials })).status).toBe(404)
    }
  })
})

describe('the address', () => {
  it('is this machine alone', async () => {
    const { host } = await testWebHost()
    expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  })

  it('whose port is taken is refused with the port', async () => {
    const { host, services } = await testWebHost()
    const port = Number(new URL(host.url).port)
    const second = startWebHost({ services, port, staticDir: builtScreens(), token: TOKEN, log: silentLog })
    await expect(second).rejects.toThrow(AttuneError)
    await expect(second).rejects.toMatchObject({ code: 'port-in-use', params: { port } })
  })
})

function granted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.code)
  return result.data
}

/** Reads a stream chunk by chunk; null at its end. */
function reader(response: Response): () => Promise<string | null> {
  const chunks = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  return async () => (await chunks?.read())?.value ?? null
}

describe('restoring a backup', () => {
  it('keeps address, token and streams: the same host goes on, on the data of then', async () => {
    const { services, call } = await testWebHost()
    const director = () => sitAsDirector(call)
    await director()
    await call('exam.create', { title: 'Of then' })
    await call('backup.create', {})
    await call('exam.create', { title: 'Of later' })
    const listed = await call('backup.list', {})
    if (!listed.ok || !listed.data[0]) throw new Error('no backup is listed')
    const heard: string[] = []
    services.events.subscribe('another-tab', ({ name }) => heard.push(name))
    const { place, name } = listed.data[0]
    expect(await call('backup.restore', { place, name })).toEqual({ ok: true, data: {} })
    expect(heard).toEqual(['data.exchanged'])
    expect(await call('session.get', {})).toEqual({ ok: true, data: null })
    const titles = async () => {
      const exams = await call('exam.list', {})
      return exams.ok ? exams.data.map(({ exam }) => exam.title) : exams.code
    }
    expect(await titles()).toEqual(['Of then'])
    await director()
    await call('backup.undoRestore', {})
    expect(await titles()).toHaveLength(2)
  })
})
