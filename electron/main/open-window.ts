import { join } from 'node:path'
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron'
import { stackOf, type Log } from '#electron/base/log.ts'
import type { Services } from '#electron/services/services.ts'
import { APP_URL } from './app-address.ts'
import { guardContents, type GuardedContents } from './contents-guard.ts'
import { recoverFromCrash, type RecoverableContents } from './crash-recovery.ts'
import { windowOptions } from './window-options.ts'
import type { WindowRegister } from './window-register.ts'
import { placeWindow, readWindowState, rememberWindow, type PlacedWindow } from './window-state.ts'

/** The part of Electron's window that is used here. */
export type AppWindow = PlacedWindow &
  Pick<BrowserWindow, 'loadURL' | 'show' | 'maximize' | 'isMinimized' | 'restore' | 'focus' | 'isDestroyed'> & {
    webContents: GuardedContents & RecoverableContents & { id: number; send(name: string, payload: unknown): void }
    once(event: 'ready-to-show', listener: () => void): unknown
    on(event: 'closed', listener: () => void): unknown
  }

export type WindowParts<W extends AppWindow> = {
  create: (options: BrowserWindowConstructorOptions) => W
  register: WindowRegister<W>
  services: Pick<Services, 'events' | 'forgetClient'>
  workAreas: () => Rectangle[]
  dataDir: string
  preload: string
  isPackaged: boolean
  giveUp: () => void
  log: Log
}

/** Opens a window on the start screen. The first one lies where it lay when it was closed. */
export function openWindow<W extends AppWindow>(parts: WindowParts<W>): W {
  const { create, register, services, workAreas, dataDir, preload, isPackaged, giveUp, log } = parts
  const isFirst = register.all().length === 0
  const stateFile = join(dataDir, 'window.json')
  const state = isFirst ? readWindowState(stateFile) : null
  const window = create(windowOptions({ preload, isPackaged, bounds: placeWindow(state, workAreas()) }))
  const clientId = register.add(window)

  guardContents(window.webContents)
  recoverFromCrash(window.webContents, { now: () => performance.now(), giveUp, log })
  if (isFirst) rememberWindow(window, stateFile)

  const unsubscribe = services.events.subscribe(clientId, ({ name, payload }) => {
    if (!window.isDestroyed()) window.webContents.send(name, payload)
  })
  window.on('closed', () => {
    unsubscribe()
    register.remove(clientId)
    services.forgetClient(clientId)
  })
  window.once('ready-to-show', () => {
    if (state?.maximized) window.maximize()
    window.show()
  })
  window.loadURL(APP_URL).catch((error: unknown) => {
    log.error('a window could not load the screens', { error: stackOf(error) })
  })
  return window
}

/** Brings a window to the front, from wherever it was put away. */
export function bringToFront(window: Pick<BrowserWindow, 'isMinimized' | 'restore' | 'focus'>): void {
  if (window.isMinimized()) window.restore()
  window.focus()
}
