import { isAppUrl } from './app-address.ts'

/** Who sends a call, as Electron tells it. */
export type Sender = {
  sender: { id: number }
  senderFrame: { url: string; parent: unknown } | null
}

type Listed = { webContents: { id: number } }

/** The app's open windows, each with the name by which the services know it. */
export type WindowRegister<W extends Listed> = {
  /** The lowest free name: whoever closes a lent window and opens another finds it lent still. */
  add(window: W): string
  remove(clientId: string): void
  all(): { clientId: string; window: W }[]
  windowOf(clientId: string): W
  /**
   * The name of the window that a call comes from. Null, and the call is to be refused, unless it was sent by the main
   * frame of one of these windows while that showed the screens.
   */
  clientOf(event: Sender): string | null
}

export function createWindowRegister<W extends Listed>(): WindowRegister<W> {
  const windows = new Map<string, { window: W; contentsId: number }>()
  return {
    add: (window) => {
      let number = 1
      while (windows.has(`window-${number}`)) number += 1
      const clientId = `window-${number}`
      windows.set(clientId, { window, contentsId: window.webContents.id })
      return clientId
    },
    remove: (clientId) => {
      windows.delete(clientId)
    },
    all: () => [...windows].map(([clientId, { window }]) => ({ clientId, window })),
    windowOf: (clientId) => {
      const listed = windows.get(clientId)
      if (!listed) throw new Error(`there is no window ${clientId}`)
      return listed.window
    },
    clientOf: ({ sender, senderFrame }) => {
      if (!senderFrame || senderFrame.parent !== null || !isAppUrl(senderFrame.url)) return null
      return [...windows].find(([, { contentsId }]) => contentsId === sender.id)?.[0] ?? null
    },
  }
}
