import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findScreen, securityHeaders } from '#electron/hosts/screens.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

function built(): string {
  const dir = join(tempDir(), 'renderer')
  mkdirSync(join(dir, 'assets'), { recursive: true })
  writeFileSync(join(dir, 'index.html'), '<!doctype html>')
  for (const name of ['index-B1a2_C-d.js', 'inter-abcdefgh.woff2', 'bell-12345678.wav', 'theme.css']) {
    writeFileSync(join(dir, 'assets', name), name)
  }
  writeFileSync(join(dir, 'notes.exe'), '')
  writeFileSync(join(dir, '.env.json'), '{}')
  writeFileSync(join(dir, '..', 'secret.json'), '{}')
  return dir
}

describe('the built screens', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', false],
    ['/index.html', 'text/html; charset=utf-8', false],
    ['/assets/index-B1a2_C-d.js', 'text/javascript; charset=utf-8', true],
    ['/assets/inter-abcdefgh.woff2', 'font/woff2', true],
    ['/assets/bell-12345678.wav', 'audio/wav', true],
    ['/assets/theme.css', 'text/css; charset=utf-8', false],
  ])('%s is %s, to be kept for good: %s', async (path, mime, immutable) => {
    expect(await findScreen(built(), path)).toMatchObject({ mime, immutable })
  })

  it.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/..\\secret.json',
    '//secret.json',
    '/./index.html',
    '/index.html\0.js',
    '/index.html::$DATA.js',
    '/C:/secret.json',
    '/.env.json',
    '/notes.exe',
    '/assets',
    '/assets/',
    '/missing.js',
    '',
  ])('%j leads nowhere', async (path) => {
    expect(await findScreen(built(), path)).toBeNull()
  })

  it('change their tag with their content', async () => {
    const dir = built()
    const tag = async () => (await findScreen(dir, '/'))?.etag
    const before = await tag()
    expect(await tag()).toBe(before)
    writeFileSync(join(dir, 'index.html'), '<!doctype html><p>')
    const longer = await tag()
    expect(longer).not.toBe(before)
    utimesSync(join(dir, 'index.html'), new Date(0), new Date(0))
    expect(await tag()).not.toBe(longer)
  })
})

describe('the content security policy', () => {
  const policy = new Map(
    (securityHeaders['content-security-policy'] ?? '').split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ')
      return [name, sources.join(' ')]
    }),
  )

  it('allows nothing that is not named, and no frame around the screens', () => {
    expect(policy.get('default-src')).toBe("'none'")
    expect(policy.get('frame-ancestors')).toBe("'none'")
    expect(policy.get('base-uri')).toBe("'none'")
    expect(policy.get('form-action')).toBe("'none'")
  })

  it('runs and styles by our own files alone', () => {
    expect(policy.get('script-src')).toBe("'self'")
    expect(policy.get('style-src')).toBe("'self'")
    expect(policy.get('connect-src')).toBe("'self'")
  })
})
