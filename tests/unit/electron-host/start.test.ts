import { join } from 'node:path'
import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { appPaths } from '#electron/main/app-paths.ts'
import { closeBeforeQuit } from '#electron/main/close-before-quit.ts'
import { readAppFlags } from '#electron/main/flags.ts'
import { silentLog } from '#electron/base/log.ts'
import { eventually } from '#tests/support/eventually.ts'

describe('the flags of the desktop app', () => {
  it.each([
    [['electron', '/app', '--data', '/exam/day'], { dataDir: '/exam/day', demo: false, takeBack: false }],
    [
      ['electron', '--no-sandbox', '/app', '--data=/exam/day', '--demo', '--take-back'],
      { dataDir: '/exam/day', demo: true, takeBack: true },
    ],
    [['attune'], { dataDir: null, demo: false, takeBack: false }],
    [
      ['attune', '--remote-debugging-port=0', '--inspect=0', '--lang', 'de'],
      { dataDir: null, demo: false, takeBack: false },
    ],
    [['attune', '--data'], { dataDir: null, demo: false, takeBack: false }],
    [['attune', '--data='], { dataDir: null, demo: false, takeBack: false }],
  ])('%j', (argv, flags) => {
    expect(readAppFlags(argv)).toEqual(flags)
  })
})

describe('where the parts of the app lie', () => {
  it('in a checkout the fonts are those of node_modules', () => {
    expect(appPaths('/attune/out/main', null)).toEqual({
      preload: join('/attune/out/preload/preload.cjs'),
      screens: join('/attune/out/renderer'),
      resources: join('/attune/resources'),
      fonts: null,
    })
  })

  it('in a package the fonts lie beside the archive', () => {
    expect(appPaths('/opt/app.asar/out/main', '/opt').fonts).toBe(join('/opt/fonts'))
  })
})

describe('quitting', () => {
  class FakeApp extends EventEmitter {
    quit = vi.fn()
    /** Whether Electron would have ended the process. */
    willQuit(): boolean {
      const preventDefault = vi.fn()
      this.emit('will-quit', { preventDefault })
      return preventDefault.mock.calls.length === 0
    }
  }

  it('waits until the database is closed, however often it is asked for', async () => {
    const app = new FakeApp()
    const closing = Promise.withResolvers<undefined>()
    const shutdown = vi.fn(() => closing.promise)
    closeBeforeQuit(app, shutdown, silentLog)
    expect([app.willQuit(), app.willQuit()]).toEqual([false, false])
    expect(app.quit).not.toHaveBeenCalled()
    closing.resolve(undefined)
    await eventually(() => expect(app.quit).toHaveBeenCalledOnce())
    expect(shutdown).toHaveBeenCalledOnce()
    expect(app.willQuit()).toBe(true)
  })

  it('happens all the same when the database cannot be closed, and the log says so', async () => {
    const app = new FakeApp()
    const log = { ...silentLog, error: vi.fn() }
    closeBeforeQuit(app, () => Promise.reject(new Error('disk gone')), log)
    expect(app.willQuit()).toBe(false)
    await eventually(() => expect(app.quit).toHaveBeenCalledOnce())
    expect(log.error).toHaveBeenCalledOnce()
    expect(app.willQuit()).toBe(true)
  })
})
