import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { ServiceOptions, Services } from '#electron/services/services.ts'
import { silentLog } from '#electron/base/log.ts'
import { openServices } from '#electron/services/open-services.ts'
import { QUICK } from './sign-in.ts'
import { dataFolder } from './data-folder.ts'

export const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** The whole app without a screen on a new folder, let go of when the test is over. */
export async function testServices(options: Partial<ServiceOptions> = {}): Promise<Services> {
  // Registered before the services' own end, so that it comes after it.
  const dataDir = options.dataDir ?? dataFolder()
  const services = await openServices({
    host: 'web',
    version: '0.0.0-test',
    resourcesDir: fromRoot('resources'),
    fontDir: null,
    reportWorker: new URL('../../electron/threads/worker.ts', import.meta.url),
    log: silentLog,
    hashCost: QUICK,
    // In time that a test moves nobody touches a window.
    idleLock: false,
    ...options,
    dataDir,
  })
  // A test whose app does not end cleanly says so itself.
  onTestFinished(() => services.shutdown().catch(() => undefined))
  return services
}
