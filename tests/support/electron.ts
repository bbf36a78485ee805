import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hasDisplay } from '#electron/launch/choose-host.ts'
import { findElectron } from '#electron/launch/electron-program.ts'

const packageFolder = join(import.meta.dirname, '..', '..', 'node_modules', 'electron')

/** A display that nobody sees, for Linux machines without one. */
export const virtualDisplay = '/usr/bin/Xvfb'

export type ElectronHere = { readonly program: string } | { readonly missing: string }

/** Electron's program on this machine, or in a few words what journeys lack to run in it. */
export function electronHere(): ElectronHere {
  const program = findElectron(packageFolder, process.env)
  if (program === null) return { missing: "Electron's program is not installed (npx install-electron fetches it)" }
  if (!hasDisplay(process.platform, process.env) && !existsSync(virtualDisplay))
    return { missing: 'there is no display, and no Xvfb to make one' }
  return { program }
}
