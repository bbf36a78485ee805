/**
 * Stands in for the module "electron" in a plain Node process, so that the built bundles of the main process and of the
 * preload can be run where Electron's program is missing. Each part is held against Electron's own declarations.
 */
import { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'
import type * as Electron from 'electron'
import type { Bridge } from '#shared/contract/bridge.ts'

type Handler = Parameters<Electron.IpcMain['handle']>[1]
type SchemeAnswer = Parameters<Electron.Protocol['handle']>[1]

/** What can be seen of the app from outside, and what a person would answer to its dialogs. */
export const world = {
  isFirstInstance: true,
  isSandboxed: false,
  isReady: false,
  schemes: [] as Electron.CustomScheme[],
  answerScheme: null as SchemeAnswer | null,
  handlers: new Map<string, Handler>(),
  paths: new Map<string, string>([['documents', '/']]),
  menu: [] as Electron.MenuItemConstructorOptions[],
  saveTo: '',
  blockers: new Set<number>(),
  window: null as StandInWindow | null,
}

/** The renderer's side of the one window: what its preload left, and all that its events brought to the screens. */
export const renderer = {
  bridge: null as Bridge | null,
  heard: [] as unknown[][],
  events: new EventEmitter(),
  loads: 0,
}

class StandInContents
  extends EventEmitter
  implements Pick<Electron.WebContents, 'id' | 'send' | 'reload' | 'setWindowOpenHandler'>
{
  readonly id = 1
  readonly runPreload: () => void
  constructor(runPreload: () => void) {
    super()
    this.runPreload = runPreload
  }
  send(channel: string, ...args: unknown[]): void {
    renderer.events.emit(channel, { sender: 'a way to every channel' }, ...structuredClone(args))
  }
  reload(): void {
    this.runPreload()
  }
  setWindowOpenHandler(): void {
    this.emit('window-open-handled')
  }
}

type WindowPart =
  | 'loadURL'
  | 'show'
  | 'focus'
  | 'isFocused'
  | 'restore'
  | 'isMinimized'
  | 'maximize'
  | 'isMaximized'
  | 'isDestroyed'
  | 'getNormalBounds'

class StandInWindow extends EventEmitter implements Pick<Electron.BrowserWindow, WindowPart> {
  readonly options: Electron.BrowserWindowConstructorOptions
  readonly webContents: StandInContents
  readonly page = { url: '', status: 0, policy: '' }
  isShown = false

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super()
    this.options = options
    this.webContents = new StandInContents(() => this.runPreload())
    world.window = this
  }
  async loadURL(url: string): Promise<void> {
    const response = await world.answerScheme?.(new Request(url))
    this.page.url = url
    this.page.status = response?.status ?? 0
    this.page.policy = response?.headers.get('content-security-policy') ?? ''
    this.runPreload()
    this.emit('ready-to-show')
  }
  /** The preload runs anew whenever the page is loaded. */
  private runPreload(): void {
    const load = createRequire(import.meta.url)
    const preload = this.options.webPreferences?.preload ?? ''
    Reflect.deleteProperty(load.cache, load.resolve(preload))
    renderer.events.removeAllListeners()
    renderer.loads += 1
    load(preload)
    renderer.bridge?.subscribe('session.changed', (...args) => renderer.heard.push(['session.changed', ...args]))
  }
  /** Tells the app that no window is left, unless the app itself closes them to quit. */
  close(): void {
    this.emit('close')
    world.window = null
    this.emit('closed')
    if (!app.isQuitting) app.emit('window-all-closed')
  }
  show(): void {
    this.isShown = true
  }
  focus(): void {
    this.emit('focus')
  }
  restore(): void {
    this.emit('restore')
  }
  maximize(): void {
    this.emit('maximize')
  }
  isFocused = () => true
  isMinimized = () => false
  isMaximized = () => false
  isDestroyed = () => world.window !== this
  getNormalBounds = () => ({ x: 10, y: 20, width: 1280, height: 860 })
}
export { StandInWindow as BrowserWindow }

type AppPart =
  | 'isPackaged'
  | 'enableSandbox'
  | 'exit'
  | 'getPath'
  | 'getVersion'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setPath'
  | 'whenReady'

const readiness = Promise.withResolvers<undefined>()

class StandInApp extends EventEmitter implements Pick<Electron.App, AppPart> {
  readonly isPackaged = false
  readonly commandLine: Pick<Electron.CommandLine, 'hasSwitch'> = { hasSwitch: () => false }
  isQuitting = false
  whenReady = () => readiness.promise
  requestSingleInstanceLock = () => world.isFirstInstance
  getVersion = () => '0.0.0-test'
  getPath = (name: string) => world.paths.get(name) ?? ''
  setPath(name: string, path: string): void {
    world.paths.set(name, path)
  }
  enableSandbox(): void {
    world.isSandboxed = !world.isReady
  }
  quit(): void {
    this.isQuitting = true
    world.window?.close()
    const event = new Event('will-quit', { cancelable: true })
    this.emit('will-quit', event)
    if (!event.defaultPrevented) this.exit(0)
  }
  exit(code = 0): void {
    process.exit(code)
  }
}
export const app = new StandInApp()

/** To be called when the main module has been run: Electron is not ready before. */
export function becomeReady(): void {
  world.isReady = true
  readiness.resolve(undefined)
}

/** Sends a call to the main process as a frame would. */
export async function invokeFrom(frame: { url: string; parent: unknown }, channel: string, input: unknown) {
  const event: unknown = { sender: { id: 1 }, senderFrame: frame }
  const answer: unknown = await world.handlers.get(channel)?.(
    event as Electron.IpcMainInvokeEvent,
    structuredClone(input),
  )
  return structuredClone(answer)
}

export const ipcMain: Pick<Electron.IpcMain, 'handle'> = {
  handle: (channel, listener) => void world.handlers.set(channel, listener),
}

export const ipcRenderer: Pick<Electron.IpcRenderer, 'invoke'> & Pick<EventEmitter, 'on' | 'removeListener'> = {
  invoke: (channel, input) => invokeFrom({ url: 'app://attune/#/', parent: null }, channel, input),
  on: (channel, listener) => renderer.events.on(channel, listener),
  removeListener: (channel, listener) => renderer.events.removeListener(channel, listener),
}

export const contextBridge: Pick<Electron.ContextBridge, 'exposeInMainWorld'> = {
  exposeInMainWorld: (_name, api: Bridge) => {
    renderer.bridge = api
  },
}

export const protocol: Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'> = {
  registerSchemesAsPrivileged: (schemes) => {
    if (world.isReady) throw new Error('schemes are registered before the app is ready')
    world.schemes = schemes
  },
  handle: (_scheme, handler) => {
    world.answerScheme = handler
  },
}

type SessionPart =
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setSpellCheckerEnabled'

class StandInSession extends EventEmitter implements Pick<Electron.Session, SessionPart> {
  readonly guarded = new Set<string>()
  setPermissionRequestHandler = () => void this.guarded.add('permission requests')
  setPermissionCheckHandler = () => void this.guarded.add('permission checks')
  setDevicePermissionHandler = () => void this.guarded.add('devices')
  setDisplayMediaRequestHandler = () => void this.guarded.add('screen capture')
  setSpellCheckerEnabled = () => void this.guarded.add('dictionaries')
  readonly webRequest: Pick<Electron.WebRequest, 'onBeforeRequest'> = {
    onBeforeRequest: () => void this.guarded.add('network'),
  }
}
export const session = { defaultSession: new StandInSession() } satisfies {
  [K in keyof typeof Electron.session]?: unknown
}

export const dialog = {
  // As Electron does on Linux before it is ready.
  showErrorBox: (title, content) => void process.stderr.write(`${title}: ${content}\n`),
  showSaveDialog: () => Promise.resolve({ canceled: world.saveTo === '', filePath: world.saveTo }),
  showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] }),
  showMessageBox: () => Promise.resolve({ response: 0, checkboxChecked: false }),
} satisfies Pick<Electron.Dialog, 'showErrorBox' | 'showSaveDialog' | 'showOpenDialog' | 'showMessageBox'>

export const Menu = {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (menu: Electron.MenuItemConstructorOptions[]) => {
    world.menu = menu
  },
} satisfies { [K in keyof typeof Electron.Menu]?: unknown }

export const powerMonitor = new EventEmitter()

export const powerSaveBlocker: Pick<Electron.PowerSaveBlocker, 'start' | 'stop'> = {
  start: () => {
    world.blockers.add(7)
    return 7
  },
  stop: (id) => world.blockers.delete(id),
}

export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
} satisfies { [K in keyof Electron.Screen]?: unknown }
