import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { app, dialog, protocol } from 'electron'
import { phrase } from '#shared/locales/phrase.ts'
import { stackOf } from '#electron/base/log.ts'
import { defaultDataDir, openDataFolder } from '#electron/files/data-folder.ts'
import { createFileLog, logFileOf } from '#electron/files/file-log.ts'
import { sentenceFor } from '#electron/hosts/sentences.ts'
import { startUpSentence } from '#electron/hosts/start-up-failure.ts'
import { openHost } from '#electron/hosts/open-host.ts'
import { appPaths } from './app-paths.ts'
import { appScheme } from './app-scheme.ts'
import { closeBeforeQuit } from './close-before-quit.ts'
import { readAppFlags } from './flags.ts'
import { openScreens } from './open-screens.ts'

const flags = readAppFlags(process.argv)
const dataDir = resolve(flags.dataDir ?? defaultDataDir(process.platform, process.env, homedir()))
const paths = appPaths(import.meta.dirname, app.isPackaged ? process.resourcesPath : null)
const log = createFileLog(dataDir)

process.on('uncaughtExceptionMonitor', (error) => log.error('the app fails', { error: stackOf(error) }))

// All of this comes before "ready", which waits for this module: nothing here may be awaited.
try {
  // What Chromium keeps lies with the data, and with it the single-instance lock: one app a data folder.
  const userData = join(openDataFolder(dataDir), 'electron')
  mkdirSync(userData, { recursive: true })
  app.setPath('userData', userData)
  if (app.requestSingleInstanceLock()) {
    // Chromium has no sandbox for root, who starts it with this switch; every window asks for its own all the same.
    if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
    protocol.registerSchemesAsPrivileged([appScheme])
    app.whenReady().then(run).catch(fail)
  } else {
    app.quit()
  }
} catch (error) {
  void app.whenReady().then(() => fail(error))
}

/** Says why the app cannot start, and ends it. */
function fail(error: unknown): void {
  const sentence = startUpSentence(error, dataDir)
  if (!sentence) log.error('the app did not start', { error: stackOf(error) })
  dialog.showErrorBox(phrase('desktop.cannotStart'), sentence ?? sentenceFor('internal', { log: logFileOf(dataDir) }))
  app.exit(1)
}

async function run(): Promise<void> {
  const services = await openHost(
    {
      host: 'electron',
      version: app.getVersion(),
      dataDir,
      resourcesDir: paths.resources,
      fontDir: paths.fonts,
      reportWorker: new URL('./worker.js', import.meta.url),
      log,
    },
    { demo: flags.demo, takeBack: flags.takeBack, say: (sentence) => process.stdout.write(`${sentence}\n`) },
  )
  closeBeforeQuit(app, () => services.shutdown(), log)
  openScreens({ services, dataDir, paths, log })
}
