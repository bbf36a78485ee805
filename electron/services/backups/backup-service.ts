import { accessSync, constants, statSync } from 'node:fs'
import { isAbsolute, relative } from 'node:path'
import type { BackupOverview } from '#shared/contract/parts/backups.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { parseBackupName } from '#shared/domain/backup.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import { pathOfBackup } from '#electron/files/backups.ts'
import type { DataKey } from '#electron/store/connection.ts'
import { readRestored, restoreBackup, undoRestore } from '#electron/store/restore.ts'
import type { Store } from '#electron/store/store.ts'
import type { Reader } from '#electron/threads/reader.ts'
import { entryAbout } from '#electron/services/set-up/set-up.ts'
import type { BackupKeeper } from './backup-keeper.ts'

/** Closes everything that stands on the data, lets `exchange` do its work, and opens everything anew. */
export type Renew = (exchange: () => void) => Promise<void>

type Parts = {
  store: Store
  ids: () => string
  keeper: BackupKeeper
  reader: Reader
  dataDir: string
  key: DataKey | null
  renew: Renew
}

/** Backups as the director sees them, and the way back to one. */
export function createBackupHandlers({ store, ids, keeper, reader, dataDir, key, renew }: Parts): HandlersOf<'backup'> {
  const places = () => ({ dataDir, second: keeper.secondFolder() })
  const overview = (): BackupOverview => {
    const secondFolder = keeper.secondFolder()
    const restored = readRestored((key) => store.settings.get(key))
    const backupAt = restored?.backup ? (parseBackupName(restored.backup)?.at ?? null) : null
    return {
      status: keeper.status(),
      secondFolder,
      sameDisk: secondFolder !== null && onSameDisk(secondFolder, dataDir),
      restored: restored?.keptAside
        ? {
            at: restored.at,
            backupAt: backupAt === null ? null : new Date(backupAt).toISOString(),
            missing: restored.missing,
            goneOn: restored.goneOn.length,
          }
        : null,
    }
  }
  return {
    'backup.status': () => keeper.status(),
    'backup.overview': overview,
    'backup.list': () => reader.read('backups', places()),
    'backup.create': async () => {
      await keeper.make('asked')
      return keeper.status()
    },
    'backup.restore': async ({ evenBroken = false, ...chosen }) => {
      const path = pathOfBackup(places(), chosen)
      if (path === null) throw new AttuneError('backup-not-found', { backup: chosen.name })
      // Before anybody is sent away from their window.
      const state = await reader.read('backup', { path })
      if (state === 'damaged') throw new AttuneError('backup-damaged', { backup: chosen.name })
      if (state === 'locked') throw new AttuneError('backup-locked', { backup: chosen.name })
      if (state === 'newer') throw new AttuneError('database-newer')
      if (state === 'ledger-broken' && !evenBroken) {
        throw new AttuneError('backup-ledger-broken', { backup: chosen.name })
      }
      await renew(() => {
        restoreBackup(dataDir, path, { key, evenBroken })
      })
      return {}
    },
    'backup.undoRestore': async () => {
      if (overview().restored === null) throw new AttuneError('nothing-to-undo')
      await renew(() => {
        undoRestore(dataDir, { key })
      })
      return {}
    },
    'backup.setSecondFolder': ({ path }, { session }) => {
      if (path !== null) mustBeUsable(path, dataDir)
      if (path !== keeper.secondFolder()) {
        const entry = entryAbout(ids, { examId: null, session }, { type: 'second-folder.changed', set: path !== null })
        store.ledger.append(entry, () => {
          keeper.setSecondFolder(path)
        })
      }
      return overview()
    },
  }
}

/** Throws 'backup-folder-unusable' for what is no folder that can be written to, or lies in the data folder itself. */
function mustBeUsable(path: string, dataDir: string): void {
  const within = relative(dataDir, path)
  try {
    if (isAbsolute(path) && (within.startsWith('..') || isAbsolute(within)) && statSync(path).isDirectory()) {
      accessSync(path, constants.W_OK)
      return
    }
  } catch {
    // Told below.
  }
  throw new AttuneError('backup-folder-unusable')
}

function onSameDisk(a: string, b: string): boolean {
  try {
    return statSync(a).dev === statSync(b).dev
  } catch {
    return false
  }
}
