import { join } from 'node:path'

/**
 * Where the parts of the app lie. `mainDir` is the folder of the built main bundle; `resourcesPath` is Electron's own
 * in a packaged app, where the fonts lie unpacked beside the archive, and null in a checkout.
 */
export function appPaths(mainDir: string, resourcesPath: string | null) {
  return {
    preload: join(mainDir, '..', 'preload', 'preload.cjs'),
    screens: join(mainDir, '..', 'renderer'),
    resources: join(mainDir, '..', '..', 'resources'),
    fonts: resourcesPath === null ? null : join(resourcesPath, 'fonts'),
  }
}
