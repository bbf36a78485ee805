import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildIfStale } from '#electron/launch/build.ts'
import { hasDisplay } from '#electron/launch/choose-host.ts'
import { ensureBrowser } from '#tests/support/browser.ts'
import { electronHere, virtualDisplay } from '#tests/support/electron.ts'
import { makeDemoFolder } from './demo-folder.ts'

/** Starts a display that nobody sees and answers how to end it. The workers inherit its name. */
async function startVirtualDisplay(): Promise<() => void> {
  const display = spawn(virtualDisplay, ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const number = await new Promise<string>((resolve, reject) => {
    display.once('error', reject)
    display.once('exit', () => reject(new Error('Xvfb stopped before it had a display.')))
    display.stdio[3]?.once('data', (text: Buffer) => resolve(text.toString().trim()))
  })
  process.env['DISPLAY'] = `:${number}`
  return () => void display.kill()
}

/** Before all journeys: a browser, fresh screens, a simulated exam day and, where Electron is there, a display for it. */
export default async function setUp(): Promise<() => void> {
  ensureBrowser()
  const electron = electronHere()
  const root = join(import.meta.dirname, '..', '..')
  if (!buildIfStale(root, 'missing' in electron ? 'screens' : 'everything'))
    throw new Error('The screens could not be built.')
  const removeDemo = await makeDemoFolder()
  const needsDisplay = 'program' in electron && !hasDisplay(process.platform, process.env)
  const endDisplay = needsDisplay ? await startVirtualDisplay() : null
  return () => {
    endDisplay?.()
    removeDemo()
  }
}
