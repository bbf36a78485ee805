import type { Handlers } from '#electron/base/handlers.ts'
import { holdFolder, openDataFolder } from '#electron/files/data-folder.ts'
import { sweepParts } from '#electron/files/protection.ts'
import { createRouter } from '#electron/ipc/router.ts'
import { readRestored, tellRestored } from '#electron/store/restore.ts'
import { storageErrorCode } from '#electron/store/storage-error.ts'
import { openStore, type Store } from '#electron/store/store.ts'
import type { Renew } from './backups/backup-service.ts'
import { createDataLock, type DataLock } from './protection/data-lock.ts'
import { lockedServices } from './protection/locked-services.ts'
import { noteProtection } from './protection/protection-note.ts'
import { renewable, type Opened } from './renewable.ts'
import type { ServiceOptions, Services } from './services.ts'
import { buildServices } from './build-services.ts'

/**
 * Opens a data folder and builds the whole app on it, in one place, from the store up. `prepare` may put something into
 * the folder once nobody else can, before its database is opened. An encrypted folder whose key is not given is locked: all
 * that it answers is asking for the passphrase. Throws AttuneError, with the folder let go of again, when the folder or the
 * database cannot be used.
 */
export async function openServices(
  options: ServiceOptions,
  prepare?: (dataDir: string) => Promise<void>,
): Promise<Services> {
  const dataDir = openDataFolder(options.dataDir)
  const folder = holdFolder(dataDir, { host: options.host, pid: process.pid })
  try {
    sweepParts(dataDir)
    await prepare?.(dataDir)
    const { log } = options
    const lock = createDataLock(dataDir, options.key ?? null)
    const routerOf = (handlers: Handlers) =>
      createRouter({
        handlers,
        sessionOf: () => null,
        guard: () => undefined,
        onStorageError: () => undefined,
        storageCodeOf: storageErrorCode,
        log,
      })
    const openNow = (renew: Renew) =>
      lock.isLocked() ? lockedServices({ dataDir, lock, renew, routerOf }) : open({ ...options, dataDir }, lock, renew)
    return renewable({ open: openNow, release: folder.release, log })
  } catch (error) {
    folder.release()
    throw error
  }
}

function open(options: ServiceOptions, lock: DataLock, renew: Renew): Opened {
  const { dataDir, time } = options
  const store = openStore({ dataDir, key: lock.key(), ...(time && { wallClock: time.wallClock }) })
  try {
    noteRestored(store)
    noteProtection({ store, lock, dataDir })
    const services = buildServices(options, lock, store, renew)
    return {
      ...services,
      close: async (how) => {
        try {
          await services.close(how)
        } finally {
          store.close()
        }
      },
    }
  } catch (error) {
    store.close()
    throw error
  }
}

function noteRestored({ settings, installation, ledger }: Store): void {
  const restored = readRestored((key) => settings.get(key))
  if (restored !== null) tellRestored(ledger, installation.device(), restored)
}
