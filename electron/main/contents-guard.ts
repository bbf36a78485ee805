import type { WebContents } from 'electron'
import { isAppUrl } from './app-address.ts'

type Navigation = { url: string; preventDefault(): void }

/** The part of a window's contents that can lead away from the screens. */
export type GuardedContents = {
  setWindowOpenHandler: WebContents['setWindowOpenHandler']
  on(event: 'will-frame-navigate' | 'will-redirect', listener: (event: Navigation) => void): unknown
  on(event: 'will-attach-webview', listener: (event: { preventDefault(): void }) => void): unknown
}

/** Keeps a window on the screens: no other page in any frame, no second window, no webview. No link leads outside. */
export function guardContents(contents: GuardedContents): void {
  const stayHere = (event: Navigation) => {
    if (!isAppUrl(event.url)) event.preventDefault()
  }
  contents.on('will-frame-navigate', stayHere)
  contents.on('will-redirect', stayHere)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
