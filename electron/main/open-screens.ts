import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  screen,
  session,
} from 'electron'
import { phrase } from '#shared/locales/phrase.ts'
import type { Log } from '#electron/base/log.ts'
import { syncWarning } from '#electron/files/synced-folder.ts'
import type { Services } from '#electron/services/services.ts'
import { answerCalls } from './answer-calls.ts'
import { APP_SCHEME } from './app-address.ts'
import type { appPaths } from './app-paths.ts'
import { answerAppScheme } from './app-scheme.ts'
import { pickFile, saveFile } from './file-dialogs.ts'
import { keepAwake } from './keep-awake.ts'
import { isLent } from './lent-device.ts'
import { menuTemplate } from './menu.ts'
import { bringToFront, openWindow } from './open-window.ts'
import { guardSession } from './session-guard.ts'
import { createWindowRegister } from './window-register.ts'

type Parts = { services: Services; dataDir: string; paths: ReturnType<typeof appPaths>; log: Log }

/** Puts Electron's own objects together with the decisions of this folder, and opens the first window. */
export function openScreens({ services, dataDir, paths, log }: Parts): void {
  guardSession(session.defaultSession)
  protocol.handle(APP_SCHEME, answerAppScheme(paths.screens))

  const register = createWindowRegister<BrowserWindow>()
  const open = () =>
    openWindow({
      create: (options) => new BrowserWindow(options),
      register,
      services,
      workAreas: () => screen.getAllDisplays().map(({ workArea }) => workArea),
      dataDir,
      preload: paths.preload,
      isPackaged: app.isPackaged,
      giveUp: () => {
        dialog.showErrorBox(phrase('desktop.stopped'), phrase('desktop.stoppedWhy'))
        app.quit()
      },
      log,
    })
  const openAnother = async () => {
    if (
      await isLent(
        services.router,
        register.all().map(({ clientId }) => clientId),
      )
    ) {
      await dialog.showMessageBox({ type: 'info', message: phrase('desktop.lent') })
    } else {
      open()
    }
  }

  answerCalls({
    ipcMain,
    router: services.router,
    clientOf: (event) => register.clientOf(event),
    saveFile: (clientId, file) =>
      saveFile(file, {
        findFile: (id) => services.findFile(id),
        folder: app.getPath('documents'),
        showSaveDialog: (options) => dialog.showSaveDialog(register.windowOf(clientId), options),
      }),
    pickFile: (clientId, accept) =>
      pickFile(accept, {
        showOpenDialog: (options) => dialog.showOpenDialog(register.windowOf(clientId), options),
      }),
  })
  keepAwake({ services, powerSaveBlocker, powerMonitor })
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        platform: process.platform,
        choose: (item) => {
          const inFront = register.all().find(({ window }) => window.isFocused())
          if (inFront) services.events.publishTo(inFront.clientId, 'menu.chosen', { item })
        },
        openWindow: () => void openAnother(),
      }),
    ),
  )
  app.on('second-instance', () => {
    const first = register.all()[0]
    if (first) bringToFront(first.window)
  })
  app.on('window-all-closed', () => app.quit())

  const window = open()
  const warning = syncWarning(dataDir)
  if (warning)
    void dialog.showMessageBox(window, { type: 'warning', title: phrase('desktop.syncedFolder'), message: warning })
}
