import { fileURLToPath } from 'node:url'
import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input, Output } from '#shared/contract/contract.ts'
import type { Services } from '#electron/services/services.ts'
import type { DataKey } from '#electron/store/connection.ts'
import type { SimulatedTime } from '#electron/services/demo/simulated-time.ts'
import { silentLog } from '#electron/base/log.ts'
import { QUICK } from './sign-in.ts'
import { openServices } from '#electron/services/open-services.ts'

export const root = fileURLToPath(new URL('../../', import.meta.url))
export const resourcesDir = fileURLToPath(new URL('../../resources', import.meta.url))
export const reportWorker = new URL('../../electron/threads/worker.ts', import.meta.url)

/** The whole app without a screen and outside of a test: for programs that measure it or take its picture. */
export const openWholeApp = (dataDir: string, time?: SimulatedTime, key: DataKey | null = null): Promise<Services> =>
  openServices({
    host: 'cli',
    version: '0.0.0-test',
    dataDir,
    key,
    resourcesDir,
    fontDir: null,
    reportWorker,
    log: silentLog,
    hashCost: QUICK,
    idleLock: false,
    ...(time && { time }),
  })

/** Calls as one window of the app; throws where the app refuses. */
export type Caller = <C extends ChannelName>(channel: C, input: Input<C>) => Promise<Output<C>>

export const callerOf =
  ({ router }: Services, clientId: string): Caller =>
  async <C extends ChannelName>(channel: C, input: Input<C>) => {
    const result = await router(clientId, channel, input)
    if (!result.ok) throw new Error(`${channel} was refused: ${result.code} ${JSON.stringify(result.params)}`)
    return result.data as Output<C>
  }
