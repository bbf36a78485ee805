import type { MenuItemConstructorOptions } from 'electron'
import type { EventPayload } from '#shared/contract/events.ts'
import { texts } from './texts.ts'

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
      label: texts.file,
      submenu: [
        { label: texts.startScreen, accelerator: 'CmdOrCtrl+Shift+H', click: () => choose('home') },
        { label: texts.newWindow, accelerator: 'CmdOrCtrl+N', click: openWindow },
        { type: 'separator' },
        { role: 'close' },
      ],
    },
    {
      label: texts.edit,
      submenu: [
        { label: texts.undoMark, click: () => choose('undo') },
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
      label: texts.view,
      submenu: [
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    {
      label: texts.help,
      role: 'help',
      submenu: [{ label: texts.shortcuts, accelerator: 'F1', click: () => choose('help') }],
    },
  ]
}
