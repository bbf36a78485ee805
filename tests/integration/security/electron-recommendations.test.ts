/**
 * Electron's twenty recommendations for the security of an app, in the order and by the numbers of its documentation,
 * each held against the functions of this host and the bundles that are built of it. All twenty apply but these, which
 * ask for care with something that this app has not got; there the test is that it has not got it:
 * 2 and 5 (content from elsewhere: none is loaded), 11 and 12 (webviews), 15 (links that open outside).
 * tests/e2e/security.spec.ts asks the running app, in Electron where its program is there.
 */
import { EventEmitter } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { buildIfStale } from '#electron/launch/build.ts'
import { securityHeaders } from '#electron/hosts/screens.ts'
import { APP_URL } from '#electron/main/app-address.ts'
import { answerAppScheme, appScheme } from '#electron/main/app-scheme.ts'
import { guardContents, type GuardedContents } from '#electron/main/contents-guard.ts'
import { guardSession, mayLoad, type GuardedSession } from '#electron/main/session-guard.ts'
import { windowOptions } from '#electron/main/window-options.ts'
import { createWindowRegister } from '#electron/main/window-register.ts'
import { fromRoot } from '#tests/support/services.ts'
import { packageConfig } from '../../../.config/electron-builder.ts'

beforeAll(() => {
  expect(buildIfStale(fromRoot(''), 'everything')).toBe(true)
}, 120_000)

const filesOf = (folder: string, ending: RegExp): string[] =>
  readdirSync(fromRoot(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => join(fromRoot(folder), name))
const textOf = (folder: string, ending: RegExp): string =>
  filesOf(folder, ending)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')

const preferences = (isPackaged: boolean) =>
  windowOptions({ preload: '/app/preload.cjs', isPackaged, bounds: {} }).webPreferences ?? {}

class FakeContents extends EventEmitter {
  readonly setWindowOpenHandler = vi.fn<GuardedContents['setWindowOpenHandler']>()
  isStopped(event: string, details: object = {}): boolean {
    const preventDefault = vi.fn()
    this.emit(event, { preventDefault, ...details }, {}, {})
    return preventDefault.mock.calls.length > 0
  }
}
function guardedContents(): FakeContents {
  const contents = new FakeContents()
  guardContents(contents)
  return contents
}

class FakeSession extends EventEmitter {
  readonly setPermissionRequestHandler = vi.fn<GuardedSession['setPermissionRequestHandler']>()
  readonly setPermissionCheckHandler = vi.fn<GuardedSession['setPermissionCheckHandler']>()
  readonly setDevicePermissionHandler = vi.fn<GuardedSession['setDevicePermissionHandler']>()
  readonly setDisplayMediaRequestHandler = vi.fn<GuardedSession['setDisplayMediaRequestHandler']>()
  readonly setSpellCheckerEnabled = vi.fn()
  readonly webRequest = { onBeforeRequest: vi.fn() }
}

const foreign = ['https://example.org/', 'http://example.org/', 'file:///etc/passwd', 'data:text/html,x', 'about:blank']

describe('Electron’s recommendations', () => {
  it('1: only secure content is loaded, and all of it is the app’s own', () => {
    expect(APP_URL).toBe('app://attune/')
    for (const address of [
      'http://example.org/a.js',
      'ws://example.org/',
      'ftp://example.org/',
      'https://example.org/',
    ])
      expect(mayLoad(address)).toBe(false)
    const page = readFileSync(fromRoot('out/renderer/index.html'), 'utf8')
    expect([...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link)).not.toHaveLength(0)
    for (const [, link = ''] of page.matchAll(/(?:src|href)="([^"]+)"/g)) expect(link).toMatch(/^\.{0,1}\/?[\w./-]+$/)
  })

  it('2: no page has Node, of whatever kind', () => {
    expect(preferences(false)).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    })
    expect(textOf('out/renderer', /\.js$/)).not.toMatch(/\brequire\(["'](?:node:|electron)/)
  })

  it('3: context isolation is on', () => {
    expect(preferences(false).contextIsolation).toBe(true)
  })

  it('4: every window is sandboxed, the whole app too', () => {
    expect(preferences(false).sandbox).toBe(true)
    const main = textOf('out/main', /\.js$/)
    expect(main).toContain('enableSandbox()')
    expect(main).not.toMatch(/appendSwitch\(["'`]no-sandbox/)
  })

  it('5: every permission is refused, asked for or looked up', () => {
    const session = new FakeSession()
    guardSession(session)
    const decide = vi.fn()
    const ask = session.setPermissionRequestHandler.mock.calls[0]?.[0] as (...args: unknown[]) => void
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'fileSystem', 'openExternal'])
      ask({}, permission, decide, {})
    expect(decide.mock.calls).toEqual(Array.from({ length: 6 }, () => [false]))
    const look = session.setPermissionCheckHandler.mock.calls[0]?.[0] as (...args: unknown[]) => boolean
    expect(look(null, 'media', APP_URL, {})).toBe(false)
  })

  it('6: webSecurity is on', () => {
    expect(preferences(false).webSecurity).toBe(true)
  })

  it('7: every answer of the app’s scheme carries a policy that allows no foreign and no inline script', async () => {
    const answer = answerAppScheme(fromRoot('out/renderer'))
    for (const url of [APP_URL, `${APP_URL}missing.js`, 'app://other/']) {
      const policy = (await answer({ url, method: 'GET' })).headers.get('content-security-policy') ?? ''
      expect(policy).toBe(securityHeaders['content-security-policy'])
      const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]))
      expect(rules.get('default-src')).toEqual(["'none'"])
      expect(rules.get('script-src')).toEqual(["'self'"])
      for (const rule of ['base-uri', 'form-action', 'frame-ancestors']) expect(rules.get(rule)).toEqual(["'none'"])
      expect(policy).not.toMatch(/unsafe|http|\*|script-src[^;]*(data|blob):/)
    }
    expect(readFileSync(fromRoot('out/renderer/index.html'), 'utf8')).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=/)
  })

  it('8: insecure content is not let in', () => {
    expect(preferences(false).allowRunningInsecureContent).toBe(false)
  })

  it('9 and 10: no experimental feature of Chromium is switched on', () => {
    expect(preferences(false).experimentalFeatures).toBe(false)
    expect(preferences(false)).not.toHaveProperty('enableBlinkFeatures')
    expect(textOf('out/main', /\.js$/)).not.toMatch(/enableBlinkFeatures|enable-(?:blink-|experimental-)?features/)
  })

  it('11 and 12: there is no webview, and none can be attached', () => {
    expect(preferences(false).webviewTag).toBe(false)
    expect(guardedContents().isStopped('will-attach-webview')).toBe(true)
    expect(textOf('out/renderer', /\.(?:js|html)$/)).not.toMatch(/<webview|allowpopups/)
  })

  it('13: no frame of a window goes to another page', () => {
    const contents = guardedContents()
    for (const url of foreign) {
      expect(contents.isStopped('will-frame-navigate', { url })).toBe(true)
      expect(contents.isStopped('will-redirect', { url })).toBe(true)
    }
    expect(contents.isStopped('will-frame-navigate', { url: APP_URL })).toBe(false)
    expect(preferences(false).navigateOnDragDrop).toBe(false)
  })

  it('14: no page opens a window, not even on the screens', () => {
    const open = guardedContents().setWindowOpenHandler.mock.calls[0]?.[0]
    for (const url of [...foreign, APP_URL]) expect(open?.({ url } as never)).toEqual({ action: 'deny' })
  })

  it('15: nothing is handed to the system to open', () => {
    expect(textOf('out/main', /\.js$/)).not.toMatch(/openExternal|openPath\b|\bshell\b\s*[,}.]/)
  })

  it('16: Electron is pinned to one version, released, of this year’s', () => {
    const { devDependencies } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    const { version } = JSON.parse(readFileSync(fromRoot('node_modules/electron/package.json'), 'utf8')) as {
      version: string
    }
    expect(version).toBe(devDependencies['electron'])
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    // Electron keeps three majors alive; below this one none is. Raise it with each release of the app.
    expect(Number(version.split('.')[0])).toBeGreaterThanOrEqual(45)
  })

  it('17: a call is answered to the main frame of one of the app’s windows on the screens alone', () => {
    const register = createWindowRegister()
    register.add({ webContents: { id: 1 } })
    const from = (url: string, parent: unknown = null, id = 1) =>
      register.clientOf({ sender: { id }, senderFrame: { url, parent } })
    expect(from(APP_URL)).not.toBeNull()
    for (const url of foreign) expect(from(url)).toBeNull()
    expect(from(APP_URL, { url: APP_URL })).toBeNull()
    expect(from(APP_URL, null, 2)).toBeNull()
    // Every listener of the built main process stands behind that question.
    const main = textOf('out/main', /\.js$/)
    expect([...main.matchAll(/ipcMain(?:\$\d+)?\.(\w+)/g)].map(([, verb]) => verb)).toEqual(['handle'])
  })

  it('18: the screens have a scheme of their own, which is no way to files', async () => {
    expect(appScheme.privileges).not.toHaveProperty('bypassCSP')
    expect(appScheme.privileges).not.toHaveProperty('corsEnabled')
    expect(textOf('out/main', /\.js$/)).not.toMatch(/loadFile\(|loadURL\([`'"]file:/)
    expect(packageConfig.electronFuses.grantFileProtocolExtraPrivileges).toBe(false)
    const answer = answerAppScheme(fromRoot('out/renderer'))
    for (const url of ['app://attune/../main/main.js', 'app://attune/%2e%2e%2fmain/main.js', 'file:///etc/passwd'])
      expect((await answer({ url, method: 'GET' })).status).toBeGreaterThanOrEqual(400)
  })

  it('19: the fuses that a packaged app does not need are blown', () => {
    expect(packageConfig.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
    })
    expect(preferences(true).devTools).toBe(false)
  })

  it('20: the preload hands over functions of its own, nothing of Electron', () => {
    const preload = readFileSync(fromRoot('out/preload/preload.cjs'), 'utf8')
    const parts = [...preload.matchAll(/electron(?:\$\d+)?\.(\w+\.\w+)/g)].map(([, part]) => part)
    expect(new Set(parts)).toEqual(
      new Set([
        'ipcRenderer.invoke',
        'ipcRenderer.on',
        'ipcRenderer.removeListener',
        'contextBridge.exposeInMainWorld',
      ]),
    )
    expect([...preload.matchAll(/exposeInMainWorld\(["'](\w+)/g)].map(([, name]) => name)).toEqual(['attune'])
    expect([...preload.matchAll(/require\(["']([^"']+)/g)].map(([, name]) => name)).toEqual(['electron'])
  })
})
