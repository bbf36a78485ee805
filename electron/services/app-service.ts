import { settingsSchema, type Settings } from '#shared/contract/parts/app.ts'
import { AttuneError } from '#shared/contract/result.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import type { Repositories } from '#electron/store/store.ts'
import type { StorageMonitor } from './encounter/storage-monitor.ts'
import type { ServiceOptions } from './services.ts'

type Parts = { store: Repositories; monitor: StorageMonitor; options: Pick<ServiceOptions, 'host' | 'version'> }

const KEY = 'settings'
const defaults: Settings = { soundVolume: 0.7, paper: 'A4', idleLockMinutes: 10 }

/** What the app says of itself, and what a person set. */
export function createAppService({ store, monitor, options }: Parts): {
  handlers: HandlersOf<'app' | 'settings'>
  settings: () => Settings
} {
  const read = (): Settings => {
    const stored = store.settings.get(KEY)
    return stored === null ? defaults : settingsSchema.parse({ ...defaults, ...(JSON.parse(stored) as object) })
  }
  return {
    settings: read,
    handlers: {
      'app.info': () => ({ version: options.version, host: options.host, storage: monitor.status() }),
      'settings.get': read,
      'settings.set': (changes, { session }) => {
        if (changes.idleLockMinutes !== undefined && session?.role !== 'director') throw new AttuneError('forbidden')
        const next = settingsSchema.parse({ ...read(), ...changes })
        store.settings.set(KEY, JSON.stringify(next))
        return next
      },
    },
  }
}
