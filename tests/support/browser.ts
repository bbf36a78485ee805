import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium, type Browser } from '@playwright/test'
import { chromiumFlags, findBrowser, installers, noBrowser, type Installer, type Surroundings } from './find-browser.ts'

const isRoot = process.getuid?.() === 0
const here = (): Surroundings => ({
  platform: process.platform,
  env: process.env,
  exists: existsSync,
  playwright: chromium.executablePath(),
})

const commands: Record<Installer, readonly (readonly [string, ...string[]])[]> = {
  apt: [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
  ],
  playwright: [[process.execPath, 'node_modules/playwright/cli.js', 'install', 'chromium']],
}

function runInstaller(installer: Installer): boolean {
  console.log(`No browser was found; installing Chromium with ${installer === 'apt' ? 'apt-get' : 'Playwright'}…`)
  return commands[installer].every(([program, ...args]) => {
    const { status } = spawnSync(program, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    return status === 0
  })
}

/** Path of the browser that tests drive; installs one where that is possible, else throws with what to install. */
export function ensureBrowser(): string {
  const found = findBrowser(here())
  if (found !== null) return found
  for (const installer of installers(here(), isRoot)) {
    if (!runInstaller(installer)) continue
    const installed = findBrowser(here())
    if (installed !== null) return installed
  }
  throw new Error(noBrowser)
}

/** Starts the browser that tests, benchmarks and screenshots share. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: ensureBrowser(), args: chromiumFlags(isRoot) })
