import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'

type Given = { preload: string; isPackaged: boolean; bounds: Partial<Rectangle> }

/** How every window is made: sandboxed, isolated, without Node, and never slowed down while a clock may run in it. */
export function windowOptions({ preload, isPackaged, bounds }: Given): BrowserWindowConstructorOptions {
  return {
    title: 'Attune',
    minWidth: 900,
    minHeight: 600,
    ...bounds,
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: !isPackaged,
      backgroundThrottling: false,
    },
  }
}
