import { createRequire, registerHooks } from 'node:module'

/**
 * Run as a process of its own: the built main bundle that is its first argument, with the stand-in for Electron. It
 * does what its parent sends, and answers.
 */
const standInUrl = new URL('./electron-stand-in.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: standInUrl, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})

const { app, becomeReady, invokeFrom, powerMonitor, renderer, session, world } = await import('./electron-stand-in.ts')
world.isFirstInstance = process.env['ATTUNE_TEST_SECOND_INSTANCE'] !== '1'

/** What the parent can ask for. Each gives what can be sent back. */
const actions = {
  look: () => ({
    isSandboxed: world.isSandboxed,
    schemes: world.schemes,
    userData: world.paths.get('userData'),
    guarded: [...session.defaultSession.guarded],
    menu: world.menu.map(({ label, role }) => label ?? role),
    blockers: world.blockers.size,
    heard: renderer.heard,
    loads: renderer.loads,
    window: world.window && {
      preferences: world.window.options.webPreferences,
      isShown: world.window.isShown,
      page: world.window.page,
    },
  }),
  /** A call as the screens make it, through what the preload left them. */
  invoke: (channel: never, input: never) => renderer.bridge?.invoke(channel, input),
  invokeFrom: (frame: { url: string; parent: unknown }, channel: string, input: unknown) =>
    invokeFrom(frame, channel, input),
  exposed: () => ({ host: renderer.bridge?.host, names: Object.keys(renderer.bridge ?? {}) }),
  save: (file: never, to: string) => {
    world.saveTo = to
    return renderer.bridge?.saveFile(file)
  },
  fetch: async (url: string) => (await world.answerScheme?.(new Request(url)))?.status,
  crash: () => world.window?.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 9 }),
  resume: () => powerMonitor.emit('resume'),
  closeWindow: () => void setImmediate(() => world.window?.close()),
  quit: () => void setImmediate(() => app.quit()),
}
export type Actions = typeof actions

process.on('message', ({ id, action, args }: { id: number; action: keyof Actions; args: never[] }) => {
  const act = actions[action] as (...given: never[]) => unknown
  void Promise.resolve(act(...args)).then((answer) => process.send?.({ id, answer }))
})

// Electron is not ready before its main module has been run. `require` refuses one that waits at its top level.
createRequire(import.meta.url)(process.argv[2] ?? '')
becomeReady()
