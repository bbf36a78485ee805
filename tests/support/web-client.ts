import { mkdirSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input, Output } from '#shared/contract/contract.ts'
import type { Result } from '#shared/contract/result.ts'
import { silentLog } from '#electron/base/log.ts'
import type { WebLimits } from '#electron/web/limits.ts'
import { startWebHost } from '#electron/web/server.ts'
import { testServices } from './services.ts'
import { tempDir } from './temp-dir.ts'

export const TOKEN = 'dGhlLXRva2VuLW9mLXRoaXMtc3RhcnQ'
export const CLIENT = 'tab-00000001'

/** What every call of the screens carries. */
export const credentials = { authorization: `Bearer ${TOKEN}`, 'x-attune-client': CLIENT }

/** A folder with the least that is a build of the screens, and a secret beside it. */
export function builtScreens(): string {
  const dir = join(tempDir(), 'renderer')
  mkdirSync(join(dir, 'assets'), { recursive: true })
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>Attune</title>')
  writeFileSync(join(dir, 'assets', 'index-B1a2_C-d.js'), 'export {}')
  writeFileSync(join(dir, '..', 'secret.json'), '{"secret":true}')
  return dir
}

type Answer = { status: number; headers: IncomingMessage['headers']; text: string }

/** A raw request with exactly these headers, so that a test can send what no browser would. */
export function send(
  url: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: OutgoingHttpHeaders; body?: string } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(url)
  const path = url.slice(url.indexOf('/', 'http://'.length))
  return new Promise((resolve, reject) => {
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
    const request = httpRequest({ hostname, port, path, method, headers: given, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
      response.on('error', reject)
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** A web host with the real services on a new folder. */
export async function testWebHost(limits: Partial<WebLimits> = {}) {
  const services = await testServices()
  const host = await startWebHost({
    services,
    port: 0,
    staticDir: builtScreens(),
    token: TOKEN,
    log: silentLog,
    limits: { closeMs: 200, ...limits },
  })
  onTestFinished(host.close)
  const at = (path: string) => `${host.url}${path}`
  const post = (channel: string, body: string, headers: OutgoingHttpHeaders = {}) =>
    send(at(`api/${channel}`), {
      method: 'POST',
      headers: { ...credentials, 'content-type': 'application/json', ...headers },
      body,
    })
  const call = async <C extends ChannelName>(channel: C, input: Input<C>) =>
    JSON.parse((await post(channel, JSON.stringify(input))).text) as Result<Output<C>>
  return { host, services, at, post, call }
}
