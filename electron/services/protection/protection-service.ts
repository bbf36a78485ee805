import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { AttuneError } from '#shared/contract/result.ts'
import type { CallContext, HandlersOf } from '#electron/base/handlers.ts'
import type { HashCost } from '#electron/base/derive.ts'
import {
  changePassphrase,
  keepKeyFile,
  KEY_FILE,
  makeKey,
  unwrapKey,
  writeKeyFile,
  type KeyFile,
} from '#electron/files/key-file.ts'
import { keyFileOf, leftInPlain, removePlain } from '#electron/files/protection.ts'
import { backupsOf } from '#electron/store/backup-file.ts'
import type { DataKey } from '#electron/store/connection.ts'
import { rekeyDatabase } from '#electron/store/rekey.ts'
import { storageErrorCode } from '#electron/store/storage-error.ts'
import type { Store } from '#electron/store/store.ts'
import type { BackupKeeper } from '../backups/backup-keeper.ts'
import type { Renew } from '../backups/backup-service.ts'
import type { DataLock } from './data-lock.ts'
import { intend, noteProtection } from './protection-note.ts'

type Parts = {
  store: Store
  lock: DataLock
  keeper: BackupKeeper
  dataDir: string
  renew: Renew
  ids: () => string
  cost?: HashCost | undefined
}

/** The passphrase of a data folder: at set-up or later, changed, and taken away. */
export function createProtectionHandlers(parts: Parts): HandlersOf<'data'> {
  const { store, lock, keeper, dataDir, renew, ids, cost } = parts
  /** Made but not in use yet, by the window that shows its recovery key. */
  let prepared: { clientId: string; key: DataKey; file: KeyFile } | null = null
  const hasDirector = () => store.accounts.directors().length > 0
  const mayBegin = ({ session }: CallContext) => {
    if (hasDirector() && session?.role !== 'director') throw new AttuneError('forbidden')
    if (lock.key() !== null) throw new AttuneError('already-protected')
  }
  const mustBeProtected = () => {
    if (lock.key() === null) throw new AttuneError('not-protected')
  }
  const plain = () =>
    lock.key() === null ? [] : leftInPlain(dataDir, keeper.secondFolder(), store.installation.device())

  /** An earlier key file may be that of backups which are still there. */
  const keepEarlier = async () => {
    await keepKeyFile(dataDir, backupsOf(dataDir)).catch(() => undefined)
  }
  const keepInSecond = async (): Promise<'unset' | 'ok' | 'failed'> => {
    const second = keeper.secondFolder()
    if (second === null) return 'unset'
    return keepKeyFile(dataDir, second).then(
      () => 'ok',
      () => 'failed',
    )
  }

  /** It is done whatever the disk says now: the next start tells of it. */
  const noteNow = () => {
    try {
      noteProtection(parts)
    } catch (error) {
      if (storageErrorCode(error) === null) throw error
    }
  }

  return {
    'data.state': () => ({
      state: lock.key() === null ? 'plain' : 'protected',
      offered: lock.key() === null && !hasDirector(),
    }),
    // Somebody else was faster.
    'data.unlock': () => ({}),
    'data.prepare': async ({ passphrase }, context) => {
      mayBegin(context)
      const { key, file, recoveryKey } = await makeKey(passphrase, cost)
      prepared = { clientId: context.clientId, key, file }
      return { recoveryKey }
    },
    'data.encrypt': async (_input, context) => {
      mayBegin(context)
      if (prepared === null || prepared.clientId !== context.clientId) throw new AttuneError('not-prepared')
      const { key, file } = prepared
      await keepEarlier()
      // First: a database that is encrypted before its key file is on disk would be lost to a cut.
      await writeKeyFile(dataDir, file)
      await keepKeyFile(dataDir, backupsOf(dataDir))
      intend(parts, ids(), 'data.encrypted', context.session)
      await renew(() => {
        rekeyDatabase(dataDir, null, key)
        lock.hold(key)
      })
      return {}
    },
    'data.decrypt': async ({ passphrase }, { session }) => {
      mustBeProtected()
      const key = await unwrapKey(keyFileOf(dataDir), { passphrase })
      await keepEarlier()
      intend(parts, ids(), 'data.decrypted', session)
      await renew(() => {
        rekeyDatabase(dataDir, key, null)
        lock.hold(null)
        rmSync(join(dataDir, KEY_FILE), { force: true })
      })
      return {}
    },
    'data.changePassphrase': async ({ passphrase, newPassphrase }, { session }) => {
      mustBeProtected()
      const file = keyFileOf(dataDir)
      const key = await unwrapKey(file, { passphrase })
      const changed = await changePassphrase(file, key, newPassphrase)
      intend(parts, ids(), 'data.passphrase-changed', session)
      await writeKeyFile(dataDir, changed)
      noteNow()
      await keepKeyFile(dataDir, backupsOf(dataDir))
      return { second: await keepInSecond() }
    },
    'data.leftInPlain': plain,
    'data.removePlain': async () => {
      mustBeProtected()
      await keeper.make('asked')
      removePlain(plain())
      return plain()
    },
  }
}
