import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { answerAppScheme, appScheme } from '#electron/main/app-scheme.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

function screens(): string {
  const dir = join(tempDir(), 'renderer')
  mkdirSync(join(dir, 'assets'), { recursive: true })
  writeFileSync(join(dir, 'index.html'), '<!doctype html>')
  writeFileSync(join(dir, 'assets', 'index-B1a2_C-d.js'), 'export {}')
  writeFileSync(join(dir, '..', 'secret.json'), '{}')
  return dir
}

const get = (url: string, method = 'GET') => answerAppScheme(screens())({ url, method })

it('the scheme is an origin of its own that bypasses no policy', () => {
  expect(appScheme.scheme).toBe('app')
  expect(appScheme.privileges).toMatchObject({ standard: true, secure: true })
  expect(appScheme.privileges?.bypassCSP).toBeUndefined()
  expect(appScheme.privileges?.allowServiceWorkers).toBeUndefined()
})

it('serves the start page with its type and the strict policy', async () => {
  const response = await get('app://attune/')
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('<!doctype html>')
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; /)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
})

it('lets the files that the build names by content be kept', async () => {
  const script = await get('app://attune/assets/index-B1a2_C-d.js')
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(script.headers.get('cache-control')).toContain('immutable')
})

it.each([
  ['app://attune/../secret.json', 404],
  ['app://attune/..%2fsecret.json', 404],
  ['app://attune/assets/..%5c..%5csecret.json', 404],
  ['app://attune/%2e%2e/secret.json', 404],
  ['app://attune//etc/passwd', 404],
  ['app://attune/missing.js', 404],
  ['app://other/index.html', 403],
])('%s is refused with %i', async (url, status) => {
  expect((await get(url)).status).toBe(status)
})

it('answers nothing but a plain reading', async () => {
  expect((await get('app://attune/', 'POST')).status).toBe(405)
})
