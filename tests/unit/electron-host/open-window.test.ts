import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { bringToFront, openWindow, type AppWindow } from '#electron/main/open-window.ts'
import { createWindowRegister } from '#electron/main/window-register.ts'
import { createEventHub } from '#electron/base/event-hub.ts'
import { silentLog } from '#electron/base/log.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

let contentsId = 0
class FakeContents extends EventEmitter {
  id = ++contentsId
  reload = vi.fn()
  send = vi.fn()
  setWindowOpenHandler = vi.fn()
}

class FakeWindow extends EventEmitter {
  webContents = new FakeContents()
  options: BrowserWindowConstructorOptions
  isDestroyedNow = false
  loadURL = vi.fn<AppWindow['loadURL']>(() => Promise.resolve())
  show = vi.fn()
  maximize = vi.fn()
  restore = vi.fn()
  focus = vi.fn()
  isMinimized = () => false
  isMaximized = () => true
  isDestroyed = () => this.isDestroyedNow
  getNormalBounds = () => ({ x: 100, y: 50, width: 1300, height: 800 })
  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
  }
}

function desk(dataDir = tempDir()) {
  const events = createEventHub(() => null)
  const forgetClient = vi.fn()
  const giveUp = vi.fn()
  const register = createWindowRegister<FakeWindow>()
  const open = () =>
    openWindow({
      create: (options) => new FakeWindow(options),
      register,
      services: { events, forgetClient },
      workAreas: () => [{ x: 0, y: 0, width: 1920, height: 1080 }],
      dataDir,
      preload: '/app/preload.cjs',
      isPackaged: true,
      giveUp,
      log: silentLog,
    })
  return { dataDir, events, forgetClient, giveUp, register, open }
}

describe('a window', () => {
  it('loads the screens with our preload and shows itself when they are drawn', () => {
    const window = desk().open()
    expect(window.options.webPreferences).toMatchObject({ preload: '/app/preload.cjs', sandbox: true })
    expect(window.loadURL).toHaveBeenCalledExactlyOnceWith('app://attune/')
    expect(window.show).not.toHaveBeenCalled()
    window.emit('ready-to-show')
    expect(window.show).toHaveBeenCalledOnce()
  })

  it('hears what is published, until it is closed and forgotten', () => {
    const { open, events, forgetClient, register } = desk()
    const window = open()
    events.publish('session.changed', {})
    expect(window.webContents.send).toHaveBeenCalledExactlyOnceWith('session.changed', {})
    window.emit('closed')
    events.publish('session.changed', {})
    expect(window.webContents.send).toHaveBeenCalledOnce()
    expect(forgetClient).toHaveBeenCalledExactlyOnceWith('window-1')
    expect(register.all()).toEqual([])
  })

  it('hears only what is meant for it', () => {
    const { open, events } = desk()
    const [first, second] = [open(), open()]
    events.publishTo('window-2', 'menu.chosen', { item: 'help' })
    expect(first.webContents.send).not.toHaveBeenCalled()
    expect(second.webContents.send).toHaveBeenCalledOnce()
  })

  it('is sent nothing while it is being torn down', () => {
    const { open, events } = desk()
    const window = open()
    window.isDestroyedNow = true
    events.publish('session.changed', {})
    expect(window.webContents.send).not.toHaveBeenCalled()
  })

  it('opens where it was closed, maximized if it was; a second one beside it opens anywhere', () => {
    const before = desk()
    before.open().emit('close')
    const { open } = desk(before.dataDir)
    const again = open()
    expect(again.options).toMatchObject({ x: 100, y: 50, width: 1300, height: 800 })
    again.emit('ready-to-show')
    expect(again.maximize).toHaveBeenCalledOnce()
    expect(open().options).not.toHaveProperty('x')
  })

  it('is kept on the screens', () => {
    const preventDefault = vi.fn()
    desk().open().webContents.emit('will-frame-navigate', { url: 'https://example.org/', preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
  })
})

describe('a window whose process dies', () => {
  const dies = (window: FakeWindow, reason = 'crashed') =>
    window.webContents.emit('render-process-gone', {}, { reason, exitCode: 1 })

  it('loads the screens again and is known by the same name', () => {
    const { open, register, forgetClient, giveUp } = desk()
    const window = open()
    dies(window)
    expect(window.webContents.reload).toHaveBeenCalledOnce()
    expect(register.all()[0]?.clientId).toBe('window-1')
    expect(forgetClient).not.toHaveBeenCalled()
    expect(giveUp).not.toHaveBeenCalled()
  })

  it('is left alone when it ended as it should', () => {
    const window = desk().open()
    dies(window, 'clean-exit')
    expect(window.webContents.reload).not.toHaveBeenCalled()
  })

  it('is given up at the fourth time within a minute', () => {
    const { open, giveUp } = desk()
    const window = open()
    for (let times = 0; times < 4; times += 1) dies(window)
    expect(window.webContents.reload).toHaveBeenCalledTimes(3)
    expect(giveUp).toHaveBeenCalledOnce()
  })

  it('is loaded again as often as it takes where the crashes lie apart', () => {
    const now = vi.spyOn(performance, 'now')
    const { open, giveUp } = desk()
    const window = open()
    for (let minute = 0; minute < 10; minute += 1) {
      now.mockReturnValue(minute * 61_000)
      dies(window)
    }
    expect(window.webContents.reload).toHaveBeenCalledTimes(10)
    expect(giveUp).not.toHaveBeenCalled()
  })
})

describe('a second start of the app', () => {
  it.each([true, false])('brings the window to the front, minimized or not: %s', (minimized) => {
    const window = { isMinimized: () => minimized, restore: vi.fn(), focus: vi.fn() }
    bringToFront(window)
    expect(window.restore).toHaveBeenCalledTimes(minimized ? 1 : 0)
    expect(window.focus).toHaveBeenCalledOnce()
  })
})
