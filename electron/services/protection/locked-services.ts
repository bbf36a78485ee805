import { join } from 'node:path'
import { channels, type ChannelName } from '#shared/contract/channels.ts'
import { AttuneError, type Failure } from '#shared/contract/result.ts'
import { createEventHub } from '#electron/base/event-hub.ts'
import type { Handlers } from '#electron/base/handlers.ts'
import { KEY_FILE, changePassphrase, readKeyFile, writeKeyFile, type Secret } from '#electron/files/key-file.ts'
import { unlockFolder } from '#electron/files/protection.ts'
import type { Renew } from '../backups/backup-service.ts'
import type { Opened } from '../renewable.ts'
import type { DataLock } from './data-lock.ts'

type Parts = {
  dataDir: string
  lock: DataLock
  renew: Renew
  /** A router over handlers that know nobody. */
  routerOf: (handlers: Handlers) => Opened['router']
}

/** All that a locked folder answers. */
const doors: ReadonlySet<string> = new Set<ChannelName>(['data.state', 'data.unlock'])

const lockedFailure: Failure = { ok: false, code: 'data-locked', params: {} }

/** What stands in the place of the services until somebody gives the passphrase: nothing of the data is read. */
export function lockedServices({ dataDir, lock, renew, routerOf }: Parts): Opened {
  const refuse = () => {
    throw new AttuneError('data-locked')
  }
  const unlock = async (secret: Secret, newPassphrase: string | null): Promise<void> => {
    const key = await unlockFolder(dataDir, secret)
    if (newPassphrase !== null) {
      const file = readKeyFile(join(dataDir, KEY_FILE))
      await writeKeyFile(dataDir, await changePassphrase(file, key, newPassphrase))
    }
    await renew(() => {
      lock.hold(key)
    })
  }
  const own: Pick<Handlers, 'data.state' | 'data.unlock'> = {
    'data.state': () => ({ state: 'locked', offered: false }),
    'data.unlock': async (input) => {
      if ('passphrase' in input) await unlock(input, null)
      else await unlock({ recoveryKey: input.recoveryKey }, input.newPassphrase)
      return {}
    },
  }
  const handlers = { ...Object.fromEntries(channels.map((name) => [name, refuse])), ...own } as unknown as Handlers
  const router = routerOf(handlers)
  const events = createEventHub(() => null)
  const known: ReadonlySet<string> = new Set(channels)
  return {
    router: (clientId, channel, input) =>
      known.has(channel) && !doors.has(channel) ? Promise.resolve(lockedFailure) : router(clientId, channel, input),
    seat: () => () => Promise.resolve(lockedFailure),
    events,
    findFile: () => null,
    clockRuns: () => false,
    wake: () => undefined,
    forgetClient: () => undefined,
    close: () => Promise.resolve(),
  }
}
