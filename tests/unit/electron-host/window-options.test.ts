import { expect, it } from 'vitest'
import { windowOptions } from '#electron/main/window-options.ts'

const options = (isPackaged: boolean) =>
  windowOptions({ preload: '/app/preload.cjs', isPackaged, bounds: { x: 5, y: 6, width: 1280, height: 860 } })

it('a window is sandboxed, isolated and without Node', () => {
  expect(options(true).webPreferences).toMatchObject({
    preload: '/app/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  })
})

it('a clock behind another window is not slowed down', () => {
  expect(options(true).webPreferences?.backgroundThrottling).toBe(false)
})

it('a packaged app has no developer tools; a checkout has', () => {
  expect(options(true).webPreferences?.devTools).toBe(false)
  expect(options(false).webPreferences?.devTools).toBe(true)
})

it('a window opens where it is told, and is shown only once there is something to see', () => {
  expect(options(true)).toMatchObject({ x: 5, y: 6, width: 1280, height: 860, show: false })
})
