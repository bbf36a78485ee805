import type { ServerResponse } from 'node:http'
import type { ErrorCode, ErrorParams, Failure } from '#shared/contract/result.ts'

/** A request that is refused before it reaches the router: the HTTP status, and the failure for the screens. */
export class HttpRefusal extends Error {
  readonly status: number
  readonly failure: Failure
  readonly headers: Readonly<Record<string, string>>
  constructor(status: number, code: ErrorCode, params: ErrorParams = {}, headers: Record<string, string> = {}) {
    super(code)
    this.status = status
    this.failure = { ok: false, code, params }
    this.headers = headers
  }
}

/** Answers with JSON that nobody keeps. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  })
  response.end(text)
}
