import type { MenuItemConstructorOptions } from 'electron'
import type { EventPayload } from '#shared/contract/events.ts'
import { phrase } from '#shared/locales/phrase.ts'

type MenuParts = {
  platform: NodeJS.Platform
  /** Hands an entry to the screens of the window in front. */
  choose: (item: EventPayload<'menu.chosen'>['item']) => void
  openWindow: () => void
}

/** The app's menu with its shortcuts. What the screens bind themselves ("?", single keys) is not repeated here. */
export function menuTemplate({ platform, choose, openWindow }: MenuParts): MenuItemConstructorOptions[] {
  const app: MenuItemConstructorOptions[] = platform === 'darwin' ? [{ role: 'appMenu' }] : []
  return [
    ...app,
    {
      label: phrase('desktop.file'),
      submenu: [
        { label: phrase('desktop.startScreen'), accelerator: 'CmdOrCtrl+Shift+H', click: () => choose('home') },
        { label: phrase('desktop.newWindow'), accelerator: 'CmdOrCtrl+N', click: openWindow },
        { type: 'separator' },
        { role: 'close' },
      ],
    },
    {
      label: phrase('desktop.edit'),
      submenu: [
        { label: phrase('desktop.undoMark'), click: () => choose('undo') },
        { type: 'separator' },
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: phrase('desktop.view'),
      submenu: [
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    {
      label: phrase('desktop.help'),
      role: 'help',
      submenu: [{ label: phrase('desktop.shortcuts'), accelerator: 'F1', click: () => choose('help') }],
    },
  ]
}
