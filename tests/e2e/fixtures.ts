import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, test as base, type Browser, type ElectronApplication, type Page } from '@playwright/test'
import type * as Electron from 'electron'
import { phrase } from '#shared/locales/phrase.ts'
import { electronArguments } from '#electron/launch/flags.ts'
import { launchBrowser } from '#tests/support/browser.ts'
import { electronHere } from '#tests/support/electron.ts'
import { runWebHost } from '#tests/support/web-host.ts'
import { demoFolder } from './demo-folder.ts'

interface TestOptions {
  /** What the data folder holds at the start: nothing, or the sample exam with a simulated exam day. */
  data: 'empty' | 'demo'
}

interface WorkerOptions {
  /** Where a journey takes place; a project sets it. */
  hostKind: 'web' | 'electron'
}

export type JourneyOptions = TestOptions & WorkerOptions

export interface SavedFile {
  readonly name: string
  readonly bytes: Buffer
}

/** The host of one journey, on a data folder of its own. */
export interface JourneyHost {
  readonly dataFolder: string
  /** Opens a host and its first window. */
  start(): Promise<Page>
  /** Opens another window of the running host. */
  openWindow(): Promise<Page>
  /** The file that a window saves when one does `deed` there. */
  saved(page: Page, deed: () => Promise<void>): Promise<SavedFile>
  /** Ends the host as Ctrl-C or closing the app does. */
  stop(): Promise<void>
  /** Ends the host without warning, as a power cut does. */
  kill(): Promise<void>
}

interface Fixtures {
  host: JourneyHost
}

interface WorkerFixtures {
  /** The browser of journeys in the web host; null in Electron, which is one itself. */
  journeyBrowser: Browser | null
}

const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'attune-journey-'))
const remove = (folder: string) => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

type HostSteps = Omit<JourneyHost, 'dataFolder'>

function webHost(dataFolder: string, openPage: () => Promise<Page>): HostSteps {
  let running: Awaited<ReturnType<typeof runWebHost>> | null = null
  const openWindow = async () => {
    const page = await openPage()
    await page.goto(running?.address ?? '')
    return page
  }
  return {
    async start() {
      running = await runWebHost(dataFolder)
      return openWindow()
    },
    openWindow,
    async saved(page, deed) {
      const [download] = await Promise.all([page.waitForEvent('download'), deed()])
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
    },
    async stop() {
      const code = await running?.stop()
      running = null
      if (code) throw new Error(`The web host stopped with exit code ${code}.`)
    },
    async kill() {
      await running?.kill()
      running = null
    },
  }
}

function electronHost(dataFolder: string, program: string): HostSteps {
  const root = join(import.meta.dirname, '..', '..')
  const flags = { browser: false, open: true, port: null, data: dataFolder, demo: false, takeBack: false }
  let app: ElectronApplication | null = null
  return {
    async start() {
      const args = electronArguments(flags, root, process.getuid?.() === 0)
      app = await _electron.launch({ executablePath: program, args })
      return app.firstWindow()
    },
    async openWindow() {
      if (app === null) throw new Error('The app does not run.')
      const opened = app.waitForEvent('window')
      await app.evaluate(({ Menu }, label) => {
        const entries = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? [])
        entries?.find((entry) => entry.label === label)?.click()
      }, phrase('desktop.newWindow'))
      return opened
    },
    async saved(_page, deed) {
      if (app === null) throw new Error('The app does not run.')
      // Nobody is there to answer the system's dialog: it saves under the name it proposes.
      const folder = temporaryFolder()
      const asked = app.evaluate(
        ({ dialog }, to) =>
          new Promise<string>((resolve) => {
            dialog.showSaveDialog = (...args: unknown[]) => {
              const { defaultPath = '' } = args.at(-1) as Electron.SaveDialogOptions
              const name = defaultPath.split(/[\\/]/).at(-1) ?? ''
              resolve(name)
              return Promise.resolve({ canceled: false, filePath: `${to}/${name}` })
            }
          }),
        folder,
      )
      await deed()
      const name = await asked
      const path = join(folder, name)
      await expect.poll(() => existsSync(path)).toBe(true)
      const bytes = readFileSync(path)
      remove(folder)
      return { name, bytes }
    },
    async stop() {
      await app?.close()
      app = null
    },
    async kill() {
      const exit = app?.waitForEvent('close')
      app?.process().kill('SIGKILL')
      await exit
      app = null
    },
  }
}

/** A journey: `page` shows Attune, freshly started on a data folder of its own. */
export const test = base.extend<Fixtures & TestOptions, WorkerFixtures & WorkerOptions>({
  data: ['empty', { option: true }],
  hostKind: ['web', { option: true, scope: 'worker' }],

  journeyBrowser: [
    async ({ hostKind }, use) => {
      const browser = hostKind === 'web' ? await launchBrowser() : null
      await use(browser)
      await browser?.close()
    },
    { scope: 'worker' },
  ],

  // Starting a host is not the journey: it has its own time.
  host: [
    async ({ hostKind, data, journeyBrowser, viewport, colorScheme, locale }, use, testInfo) => {
      const electron = electronHere()
      if (hostKind === 'electron' && 'missing' in electron) testInfo.skip(true, electron.missing)
      const dataFolder = temporaryFolder()
      if (data === 'demo') cpSync(demoFolder(), dataFolder, { recursive: true })
      // What moves has to be painted many times over, by the processor.
      const context = await journeyBrowser?.newContext({
        viewport,
        colorScheme,
        locale: locale ?? 'en-GB',
        reducedMotion: 'reduce',
      })
      context?.setDefaultTimeout(20_000)
      const steps =
        context === undefined
          ? electronHost(dataFolder, 'program' in electron ? electron.program : '')
          : webHost(dataFolder, () => context.newPage())
      await use({ dataFolder, ...steps })
      await context?.close()
      await steps.stop()
      remove(dataFolder)
    },
    { timeout: 90_000 },
  ],

  page: [
    async ({ host }, use) => {
      await use(await host.start())
    },
    { scope: 'test', timeout: 90_000 },
  ],
})

export { expect }
