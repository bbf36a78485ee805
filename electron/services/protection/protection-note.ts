import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { eventIdSchema } from '#shared/domain/ids.ts'
import { ledgerEventSchema } from '#shared/domain/ledger-event.ts'
import type { Session } from '#shared/domain/session.ts'
import { KEY_FILE } from '#electron/files/key-file.ts'
import { actorOf } from '#electron/services/encounter/access.ts'
import type { Store } from '#electron/store/store.ts'
import type { DataLock } from './data-lock.ts'

/** What somebody is about to do to the protection of the folder. */
const INTENT = 'protection-intended'

type What = 'data.encrypted' | 'data.decrypted' | 'data.passphrase-changed'
type Parts = { store: Pick<Store, 'settings' | 'ledger'>; lock: Pick<DataLock, 'key'>; dataDir: string }

const intentSchema = z.strictObject({
  id: eventIdSchema,
  what: z.enum(['data.encrypted', 'data.decrypted', 'data.passphrase-changed']),
  raterId: ledgerEventSchema.options[0].shape.raterId,
  role: ledgerEventSchema.options[0].shape.role,
  /** Of the key file before it. */
  keyFile: z.string().nullable(),
})

/**
 * Keeps who is about to do what: encrypting happens while the database is closed, and no cut may leave it untold. Throws
 * where the disk takes no writes.
 */
export function intend({ store, dataDir }: Parts, id: string, what: What, session: Session | null): void {
  store.settings.set(INTENT, JSON.stringify({ id, what, ...actorOf(session), keyFile: keyFileSign(dataDir) }))
}

/** Writes what was intended into the ledger, once, if it was done; for whenever the folder is opened, and after it. */
export function noteProtection({ store, lock, dataDir }: Parts): void {
  const text = store.settings.get(INTENT)
  if (text === null) return
  const { id, what, raterId, role, keyFile } = intentSchema.parse(JSON.parse(text))
  const isDone = {
    'data.encrypted': () => lock.key() !== null,
    'data.decrypted': () => lock.key() === null,
    'data.passphrase-changed': () => keyFileSign(dataDir) !== keyFile,
  }[what]()
  store.ledger.appendWith((append) => {
    if (isDone) append({ id, examId: null, encounterId: null, raterId, role, offsetMs: null, payload: { type: what } })
    store.settings.remove(INTENT)
  })
}

function keyFileSign(dataDir: string): string | null {
  try {
    return createHash('sha256')
      .update(readFileSync(join(dataDir, KEY_FILE)))
      .digest('hex')
  } catch {
    return null
  }
}
