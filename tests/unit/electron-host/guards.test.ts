import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { isAppUrl } from '#electron/main/app-address.ts'
import { guardContents, type GuardedContents } from '#electron/main/contents-guard.ts'
import { guardSession, type GuardedSession } from '#electron/main/session-guard.ts'

const foreign = [
  'https://example.org/',
  'http://127.0.0.1:8080/',
  'file:///etc/passwd',
  'app://attune.example.org/',
  'app://other/',
  'app://user@attune/',
  'javascript:alert(1)',
  'about:blank',
  'app:attune',
  'nonsense',
]

describe('the screens’ own address', () => {
  it.each(['app://attune/', 'app://attune/index.html#/exams', 'app://attune/assets/index.js'])('%s is one', (url) => {
    expect(isAppUrl(url)).toBe(true)
  })

  it.each(foreign)('%s is none', (url) => {
    expect(isAppUrl(url)).toBe(false)
  })
})

describe('a guarded window', () => {
  class FakeContents extends EventEmitter {
    setWindowOpenHandler = vi.fn<GuardedContents['setWindowOpenHandler']>()
    isPrevented(event: string, url: string): boolean {
      const preventDefault = vi.fn()
      this.emit(event, { url, preventDefault })
      return preventDefault.mock.calls.length === 1
    }
  }
  const guarded = () => {
    const contents = new FakeContents()
    guardContents(contents)
    return contents
  }

  it.each(foreign)('does not go to %s, in no frame and by no redirect', (url) => {
    expect(guarded().isPrevented('will-frame-navigate', url)).toBe(true)
    expect(guarded().isPrevented('will-redirect', url)).toBe(true)
  })

  it('may load its own screens again', () => {
    expect(guarded().isPrevented('will-frame-navigate', 'app://attune/#/start')).toBe(false)
  })

  it('opens no window of its own, for our address either', () => {
    const handler = guarded().setWindowOpenHandler.mock.calls[0]?.[0]
    const details = { url: 'app://attune/', frameName: '', features: '', disposition: 'new-window' } as const
    expect(handler?.({ ...details, referrer: { url: '', policy: 'default' } })).toEqual({ action: 'deny' })
  })

  it('attaches no webview', () => {
    expect(guarded().isPrevented('will-attach-webview', 'app://attune/')).toBe(true)
  })
})

describe('a guarded session', () => {
  class FakeSession extends EventEmitter {
    setPermissionRequestHandler = vi.fn<GuardedSession['setPermissionRequestHandler']>()
    setPermissionCheckHandler = vi.fn<GuardedSession['setPermissionCheckHandler']>()
    setDevicePermissionHandler = vi.fn<GuardedSession['setDevicePermissionHandler']>()
    setDisplayMediaRequestHandler = vi.fn<GuardedSession['setDisplayMediaRequestHandler']>()
    setSpellCheckerEnabled = vi.fn<GuardedSession['setSpellCheckerEnabled']>()
    webRequest = { onBeforeRequest: vi.fn() }
  }
  const guarded = () => {
    const session = new FakeSession()
    guardSession(session)
    return session
  }
  /** Calls what was given to one of Electron's setters, as Electron would. */
  const handlerOf = (setter: { mock: { calls: readonly (readonly unknown[])[] } }) =>
    setter.mock.calls[0]?.[0] as (...args: unknown[]) => unknown

  it.each(['media', 'geolocation', 'notifications', 'openExternal', 'fullscreen'])('refuses %s when asked', (what) => {
    const decide = vi.fn()
    handlerOf(guarded().setPermissionRequestHandler)({}, what, decide)
    expect(decide).toHaveBeenCalledExactlyOnceWith(false)
  })

  it('lets a screen copy a table, and read nothing that was copied elsewhere', () => {
    const session = guarded()
    const decide = vi.fn()
    const ask = handlerOf(session.setPermissionRequestHandler)
    ask({}, 'clipboard-sanitized-write', decide)
    ask({}, 'clipboard-read', decide)
    expect(decide.mock.calls).toEqual([[true], [false]])
    const look = handlerOf(session.setPermissionCheckHandler)
    expect([look({}, 'clipboard-sanitized-write'), look({}, 'clipboard-read')]).toEqual([true, false])
  })

  it('refuses every permission that is looked up, and every device', () => {
    const session = guarded()
    expect(handlerOf(session.setPermissionCheckHandler)({}, 'media')).toBe(false)
    expect(handlerOf(session.setDevicePermissionHandler)({ deviceType: 'hid' })).toBe(false)
  })

  it('shows the screen to nobody', () => {
    const give = vi.fn()
    handlerOf(guarded().setDisplayMediaRequestHandler)({}, give)
    expect(give).toHaveBeenCalledExactlyOnceWith(null)
  })

  it('fetches no dictionary and downloads nothing', () => {
    const session = guarded()
    expect(session.setSpellCheckerEnabled).toHaveBeenCalledExactlyOnceWith(false)
    const preventDefault = vi.fn()
    session.emit('will-download', { preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
  })

  it.each([
    ['app://attune/assets/index.js', false],
    ['blob:app://attune/1234', false],
    ['data:image/png;base64,AAAA', false],
    ['https://example.org/track.gif', true],
    ['ws://127.0.0.1:9000/', true],
    ['file:///etc/passwd', true],
    ['app://elsewhere/', true],
  ])('a request for %s is cancelled: %s', (url, cancel) => {
    const decide = vi.fn()
    handlerOf(guarded().webRequest.onBeforeRequest)({ url }, decide)
    expect(decide).toHaveBeenCalledExactlyOnceWith({ cancel })
  })
})
