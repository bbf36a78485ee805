import type { ErrorCode } from '#shared/contract/result.ts'
import { eventIdSchema, type PersonId } from '#shared/domain/ids.ts'
import type { AdministrativePayload } from '#shared/domain/ledger-event.ts'
import type { Session } from '#shared/domain/session.ts'
import type { StorageMonitor } from '#electron/services/encounter/storage-monitor.ts'
import type { LedgerEntry } from '#electron/store/ledger.ts'
import type { Store } from '#electron/store/store.ts'
import { everFewer } from '#electron/services/ever-fewer.ts'

type By = Pick<Session, 'role' | 'personId'>

/** Who signed in, was refused, locked and left: in the installation's chain, by ids alone. */
export type SignInLog = {
  /**
   * Writes what somebody did. A disk that takes no writes holds nobody back, who may have an encounter to go on with: it
   * is told to the monitor, counted, and how many are missing is written as soon as something can be.
   */
  note(by: By, payload: AdministrativePayload): void
  /** A wrong PIN, in the name of the person; null: the recovery key. */
  refused(personId: PersonId | null, waitMs: number): void
  /**
   * A try to sign in that no PIN could let through: of somebody without one, or (null) of nobody who is here. No lockout
   * holds it up, so only a few are written, and then one in an ever longer time.
   */
  hopeless(personId: PersonId | null): void
}

type Parts = {
  store: { ledger: Pick<Store['ledger'], 'appendAll'> }
  monitor: Pick<StorageMonitor, 'refused' | 'wrote'>
  /** What an error of the disk means; null for any other. */
  storageCodeOf: (error: unknown) => ErrorCode | null
  ids: () => string
  /** The monotonic clock, in milliseconds. */
  now: () => number
}

export function createSignInLog({ store, monitor, storageCodeOf, ids, now }: Parts): SignInLog {
  let unrecorded = 0
  const told = new Map<PersonId | null, () => boolean>()

  const entryOf = ({ role, personId }: { role: LedgerEntry['role']; personId: PersonId | null }) => ({
    ...{ id: eventIdSchema.parse(ids()), examId: null, encounterId: null, offsetMs: null },
    ...{ role, raterId: personId },
  })
  const app = { role: 'system', personId: null } as const
  const write = (entry: LedgerEntry) => {
    try {
      const gap: LedgerEntry[] =
        unrecorded === 0 ? [] : [{ ...entryOf(app), payload: { type: 'sign-ins.unrecorded', count: unrecorded } }]
      store.ledger.appendAll([...gap, entry])
      unrecorded = 0
      monitor.wrote()
    } catch (error) {
      const code = storageCodeOf(error)
      if (code === null) throw error
      unrecorded += 1
      monitor.refused(code)
    }
  }
  const refuse = (secret: 'pin' | 'recovery-key', personId: PersonId | null, waitMs: number) => {
    const waitSeconds = Math.ceil(waitMs / 1000)
    write({ ...entryOf(app), payload: { type: 'sign-in.refused', with: secret, personId, waitSeconds } })
  }

  return {
    note: (by, payload) => {
      write({ ...entryOf(by), payload })
    },
    refused: (personId, waitMs) => {
      refuse(personId === null ? 'recovery-key' : 'pin', personId, waitMs)
    },
    hopeless: (personId) => {
      const isTold = told.get(personId) ?? everFewer(now)
      told.set(personId, isTold)
      if (isTold()) refuse('pin', personId, 0)
    },
  }
}
