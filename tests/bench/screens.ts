import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'
import { buildIfStale } from '#electron/launch/build.ts'
import { root } from '#tests/support/whole-app.ts'

const addressesSchema = z.object({ screens: z.url(), blank: z.url() })

/** Addresses of the app and of a blank page, served by the same process in the same way. */
export type Screens = z.infer<typeof addressesSchema> & { stop(): Promise<void> }

/** Serves the built screens on a data folder, built anew where they are out of date. */
export async function serveScreens(dataDir: string): Promise<Screens> {
  if (!buildIfStale(root, 'screens')) throw new Error('the screens could not be built')
  const host = fork(join(import.meta.dirname, 'host.ts'), [dataDir, 'bench-token-of-this-run-and-no-other'])
  const ended = once(host, 'exit')
  const [told] = (await Promise.race([once(host, 'message'), ended])) as unknown[]
  const addresses = addressesSchema.parse(told)
  return {
    ...addresses,
    stop: async () => {
      host.disconnect()
      await ended
    },
  }
}
