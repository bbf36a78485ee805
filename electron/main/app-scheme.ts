import { readFile } from 'node:fs/promises'
import type { CustomScheme } from 'electron'
import { findScreen, securityHeaders } from '#electron/hosts/screens.ts'
import { APP_SCHEME, isAppUrl } from './app-address.ts'

/** To be registered before the app is ready: makes app:// an origin of its own, with `fetch` and media. */
export const appScheme: CustomScheme = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
}

/** Answers app://attune/ with the built screens and nothing else. */
export function answerAppScheme(staticDir: string): (request: Pick<Request, 'url' | 'method'>) => Promise<Response> {
  const refuse = (status: number) => new Response(null, { status, headers: securityHeaders })
  return async ({ url, method }) => {
    if (!isAppUrl(url)) return refuse(403)
    if (method !== 'GET') return refuse(405)
    const screen = await findScreen(staticDir, new URL(url).pathname)
    if (!screen) return refuse(404)
    const headers = {
      ...securityHeaders,
      'content-type': screen.mime,
      'cache-control': screen.immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
    }
    return new Response(await readFile(screen.path), { headers })
  }
}
