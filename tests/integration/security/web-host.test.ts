import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { CLIENT, credentials, send, testWebHost, TOKEN } from '#tests/support/web-client.ts'

type Host = Awaited<ReturnType<typeof testWebHost>>

/** Sends bytes as they are and gives all that comes back until the host closes, or until it has said enough. */
async function raw({ host }: Host, text: string, enough = (_said: string) => false): Promise<string> {
  const socket = connect(Number(new URL(host.url).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  let said = ''
  const heard = new Promise<void>((resolve) => {
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      said += chunk
      if (enough(said)) resolve()
    })
    socket.once('close', () => {
      resolve()
    })
  })
  socket.on('error', () => undefined)
  socket.write(text, 'latin1')
  await heard
  socket.destroy()
  return said
}

const statusOf = (said: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? 0)

const everyPath = ['', 'index.html', 'api/app.info', 'events', 'files/x'] as const

describe('a name that another site points at this machine', () => {
  it.each(everyPath)('does not reach /%s, token or not', async (path) => {
    const web = await testWebHost()
    const { port } = new URL(web.host.url)
    const names = [
      `rebound.example.org:${port}`,
      `127.0.0.1.example.org:${port}`,
      `localhost.:${port}`,
      `0.0.0.0:${port}`,
      `[::1]:${port}`,
      `2130706433:${port}`,
      `127.1:${port}`,
      `127.0.0.1:${port}@example.org`,
      `127.0.0.1:${port}, example.org`,
      '127.0.0.1:1',
      ' ',
    ]
    const method = path.startsWith('api/') ? 'POST' : 'GET'
    for (const host of names) {
      const headers = { ...credentials, 'content-type': 'application/json', host }
      const answer = await send(web.at(path), { method, headers, ...(method === 'POST' && { body: '{}' }) })
      expect([host, answer.status]).toEqual([host, 403])
      expect(answer.text).not.toContain('<title>')
    }
  })

  it('does not get through by an address in the request line, or without any name', async () => {
    const web = await testWebHost()
    const { host, port } = new URL(web.host.url)
    const head = `Authorization: Bearer ${TOKEN}\r\nX-Attune-Client: ${CLIENT}\r\nConnection: close\r\n\r\n`
    expect(statusOf(await raw(web, `GET http://example.org/ HTTP/1.1\r\nHost: ${host}\r\n${head}`))).toBe(404)
    expect(statusOf(await raw(web, `GET / HTTP/1.0\r\n${head}`))).toBe(403)
    expect(statusOf(await raw(web, `GET / HTTP/1.1\r\n${head}`))).toBe(400)
    const twice = `Host: example.org:${port}\r\nHost: ${host}\r\n`
    expect(statusOf(await raw(web, `GET / HTTP/1.1\r\n${twice}${head}`))).toBe(403)
  })
})

describe('what a page of another site can send by itself', () => {
  it.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a form with a file', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['plain text that is JSON', { 'content-type': 'text/plain;application/json' }],
    ['a beacon', { 'content-type': 'text/plain;charset=UTF-8' }],
    ['two types', { 'content-type': 'text/plain, application/json' }],
  ])('%s does nothing, even with the token', async (_what, type) => {
    const web = await testWebHost()
    const router = vi.spyOn(web.services, 'router')
    const simple = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }
    for (const origin of [{ origin: 'https://example.org' }, { origin: 'null' }, simple])
      expect((await web.post('session.leave', '{}', { ...type, ...origin })).status).toBe(403)
    expect((await web.post('session.leave', '{}', type)).status).toBe(415)
    expect(router).not.toHaveBeenCalled()
  })

  it.each(everyPath)('a picture, a script or a frame of another page gets nothing of /%s', async (path) => {
    const web = await testWebHost()
    for (const site of ['cross-site', 'same-site']) {
      const headers = { ...credentials, 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' }
      expect((await send(web.at(path), { headers })).status).toBe(403)
    }
  })

  it('a link leads to the screens, which nobody may frame, and which know no token', async () => {
    const web = await testWebHost()
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    const page = await send(web.at(''), { headers })
    expect(page.status).toBe(200)
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(page.text).not.toContain(TOKEN)
  })

  it.each(['OPTIONS', 'TRACE', 'PUT', 'PATCH', 'PROPFIND'])('%s reaches nothing', async (method) => {
    const web = await testWebHost()
    const router = vi.spyOn(web.services, 'router')
    for (const path of everyPath) expect((await send(web.at(path), { method, headers: credentials })).status).toBe(405)
    expect(router).not.toHaveBeenCalled()
  })
})

describe('the token', () => {
  const wrong = [
    ['none', {}],
    ['an empty one', { authorization: 'Bearer ' }],
    ['one in another case', { authorization: `Bearer ${TOKEN.toLowerCase()}` }],
    ['one with more behind it', { authorization: `Bearer ${TOKEN}A` }],
    ['one with a word before it', { authorization: `Bearer x ${TOKEN}` }],
    ['one in a cookie', { cookie: `token=${TOKEN}; authorization=Bearer ${TOKEN}` }],
    ['one as a subprotocol', { 'sec-websocket-protocol': TOKEN }],
    ['one of a proxy', { 'proxy-authorization': `Bearer ${TOKEN}` }],
  ] as const

  it.each(wrong)('%s opens nothing', async (_what, given) => {
    const web = await testWebHost()
    const router = vi.spyOn(web.services, 'router')
    for (const path of ['events', 'files/x']) {
      const answer = await send(web.at(path), { headers: { 'x-attune-client': CLIENT, ...given } })
      expect(answer.status).toBe(401)
    }
    const headers = { 'x-attune-client': CLIENT, 'content-type': 'application/json', ...given }
    expect((await send(web.at('api/app.info'), { method: 'POST', headers, body: '{}' })).status).toBe(401)
    expect(router).not.toHaveBeenCalled()
  })

  it('in an address is none, since addresses are kept and shared', async () => {
    const web = await testWebHost()
    for (const path of ['events', 'files/x', 'api/app.info']) {
      for (const query of [`token=${TOKEN}`, `access_token=${TOKEN}`, `authorization=Bearer%20${TOKEN}`]) {
        const method = path.startsWith('api/') ? 'POST' : 'GET'
        const headers = { 'x-attune-client': CLIENT, 'content-type': 'application/json' }
        expect((await send(web.at(`${path}?${query}`), { method, headers })).status).toBe(401)
      }
    }
  })

  it('is not said back, whatever is wrong', async () => {
    const web = await testWebHost()
    const answers = [
      await send(web.at('events')),
      await send(web.at('nothing'), { headers: credentials }),
      await web.post('exam.destroy', '{}'),
      await web.post('app.info', '{'),
    ]
    for (const { text, headers } of answers) expect(JSON.stringify([text, headers])).not.toContain(TOKEN)
  })
})

describe('a socket in place of the event stream', () => {
  const upgrade = (web: Host, path: string, more = '') =>
    `GET /${path} HTTP/1.1\r\nHost: ${new URL(web.host.url).host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${more}\r\n`

  it.each([
    ['without a token', '', 401],
    ['of another site', `Authorization: Bearer ${TOKEN}\r\nOrigin: https://example.org\r\n`, 403],
    ['with the token as its protocol', `Sec-WebSocket-Protocol: ${TOKEN}\r\n`, 401],
  ])('%s is refused', async (_what, more, status) => {
    const web = await testWebHost()
    const said = await raw(web, upgrade(web, 'events', `${more}X-Attune-Client: ${CLIENT}\r\n`), (text) =>
      text.includes('\r\n\r\n'),
    )
    expect(statusOf(said)).toBe(status)
  })

  it('is never opened, whoever asks: there is no protocol to switch to', async () => {
    const web = await testWebHost()
    const own = `Authorization: Bearer ${TOKEN}\r\nX-Attune-Client: ${CLIENT}\r\n`
    for (const path of ['', 'api/app.info', 'files/x', 'nothing']) {
      const said = await raw(web, upgrade(web, path, own), (text) => text.includes('\r\n\r\n'))
      expect(said).not.toMatch(/^HTTP\/1\.1 101/)
    }
    const tunnel = `CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:22\r\n${own}\r\n`
    expect(await raw(web, tunnel)).not.toMatch(/^HTTP\/1\.1 200/)
  })
})

describe('the event stream', () => {
  it('of one tab carries nothing that is meant for another', async () => {
    const { at, services } = await testWebHost()
    const other = await fetch(at('events'), { headers: { ...credentials, 'x-attune-client': 'tab-00000002' } })
    const chunks = other.body?.pipeThrough(new TextDecoderStream()).getReader()
    await chunks?.read()
    services.events.publishTo(CLIENT, 'menu.chosen', { item: 'home' })
    services.events.publishTo('tab-00000002', 'menu.chosen', { item: 'help' })
    expect((await chunks?.read())?.value).toBe('event: menu.chosen\ndata: {"item":"help"}\n\n')
  })

  it('is refused once there are as many as a day of exams never needs, and given again when one has gone', async () => {
    const { at } = await testWebHost({ streams: 2 })
    const leave = new AbortController()
    const open = (signal?: AbortSignal) => fetch(at('events'), { headers: credentials, ...(signal && { signal }) })
    await open(leave.signal)
    await open()
    expect((await open()).status).toBe(429)
    leave.abort()
    await expect.poll(async () => (await open()).status).toBe(200)
  })
})

describe('too much', () => {
  it('of a head is refused', async () => {
    const web = await testWebHost()
    const { host } = new URL(web.host.url)
    const said = await raw(web, `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Much: ${'x'.repeat(100_000)}\r\n\r\n`)
    expect(statusOf(said)).toBe(431)
  })

  it('time over a head cuts its sender off, and nobody else', async () => {
    const web = await testWebHost({ headersMs: 100 })
    const { host } = new URL(web.host.url)
    const said = await raw(web, `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `)
    expect(statusOf(said)).toBe(408)
    expect(await web.call('app.info', {})).toMatchObject({ ok: true })
  })

  it('connections are closed, and those that work go on', async () => {
    const web = await testWebHost({ connections: 3 })
    const stream = await fetch(web.at('events'), { headers: credentials })
    const port = Number(new URL(web.host.url).port)
    const sockets = Array.from({ length: 12 }, () => connect(port, '127.0.0.1'))
    onTestFinished(() => sockets.forEach((socket) => socket.destroy()))
    const dropped = sockets.map((socket) =>
      once(
        socket.on('error', () => undefined),
        'close',
      ),
    )
    await Promise.any(dropped)
    const chunks = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    await chunks?.read()
    web.services.events.publishTo(CLIENT, 'menu.chosen', { item: 'help' })
    expect((await chunks?.read())?.value).toContain('menu.chosen')
  })

  it.each([
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 200\r\n\r\n{}'],
    ['a length and chunks', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'],
    ['chunks within chunks', 'Transfer-Encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n'],
    ['a length below nothing', 'Content-Length: -1\r\n\r\n{}'],
  ])('meaning in one request, as %s, is refused', async (_what, tail) => {
    const web = await testWebHost()
    const router = vi.spyOn(web.services, 'router')
    const head =
      `POST /api/app.info HTTP/1.1\r\nHost: ${new URL(web.host.url).host}\r\nContent-Type: application/json\r\n` +
      `Authorization: Bearer ${TOKEN}\r\nX-Attune-Client: ${CLIENT}\r\n`
    expect(statusOf(await raw(web, head + tail))).toBe(400)
    expect(router).not.toHaveBeenCalled()
  })
})

describe('a path that leaves the screens', () => {
  const secret = 'secret.json'
  it.each([
    `..%252f${secret}`,
    `%252e%252e%252f${secret}`,
    `..\\${secret}`,
    `..%5c${secret}`,
    `assets/..%5c..%5c${secret}`,
    `assets/%2e%2e/%2e%2e/${secret}`,
    `....//${secret}`,
    `.;/../${secret}`,
    `..%c0%af${secret}`,
    `..%ef%bc%8f${secret}`,
    `%00/../${secret}`,
    `index.html%00.json`,
    `../${secret}%00.html`,
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    'C:/Windows/win.ini',
    'C:%5cWindows%5cwin.ini',
    '//server/share/file.html',
    'file:///etc/passwd',
    'index.html::$DATA',
    'index.html/',
    'assets',
    '.git/config.json',
    `assets/${'../'.repeat(40)}etc/passwd`,
    `${'a/'.repeat(4000)}index.html`,
  ])('%s finds nothing', async (path) => {
    const web = await testWebHost()
    const { host } = new URL(web.host.url)
    const said = await raw(web, `GET /${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    expect(statusOf(said)).toBe(404)
    expect(said).not.toContain('"secret":true')
    expect(said).not.toContain('root:')
  })

  it.each(['../x', '..%2fx', '%2e%2e%2fattune.db', '..\\attune.db', '%00', 'a'.repeat(5000)])(
    'as the id of a file, %s finds nothing',
    async (id) => {
      const web = await testWebHost()
      expect((await send(web.at(`files/${id}`), { headers: credentials })).status).toBe(404)
    },
  )
})
