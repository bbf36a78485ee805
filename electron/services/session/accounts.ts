import { randomBytes, randomInt } from 'node:crypto'
import { AttuneError } from '#shared/contract/result.ts'
import type { PersonId } from '#shared/domain/ids.ts'
import { readRecoveryKey, writeRecoveryKey } from '#shared/domain/pin.ts'
import { RECOVERY_KEY, type CredentialId } from '#electron/store/repositories/accounts.ts'
import type { HashCost } from '#electron/base/derive.ts'
import type { Store } from '#electron/store/store.ts'
import { createLockout, type Outcome } from './lockout.ts'
import { hashSecret, isSecret, PIN_COST } from './secret-hash.ts'

/** So many wrong PINs in a row are mistakes; from here on each has to be waited for. */
export const FREE_TRIES = 5
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 900_000

/** Who is who: PINs of directors and of the exams' people, and the recovery key. */
export type Accounts = {
  /**
   * Lets somebody's PIN through, a director's or that of one of an exam's people. Throws 'no-pin', or 'wrong-pin' with
   * `waitSeconds` until the next try counts and how many are `left` before one has to wait.
   */
  verify(id: PersonId, pin: string): Promise<void>
  /** The same with the recovery key, however it is written. Throws 'wrong-recovery-key' with `waitSeconds`. */
  verifyRecoveryKey(typed: string): Promise<void>
  /** Hashes a PIN and hands the hash to `keep`, which writes it or refuses. */
  newPin(id: PersonId, pin: string, keep: (write: () => void) => void): Promise<void>
  /** A new recovery key, to be shown once. `keep` as with a PIN. */
  newRecoveryKey(keep: (write: () => void) => void): Promise<string>
  /** Six random digits. */
  randomPin(): string
}

type Parts = {
  store: Pick<Store, 'accounts'>
  /** The monotonic clock, in milliseconds. */
  now: () => number
  /** Told of every wrong secret that was looked at, whose it is (null: the recovery key), and how long it has to wait now. */
  onRefused: (id: PersonId | null, waitMs: number) => void
  cost?: HashCost | undefined
}

export function createAccounts({ store, now, onRefused, cost = PIN_COST }: Parts): Accounts {
  const lockout = createLockout(now, waitAfter)

  /** null: there is no such secret. */
  const attempt = async (id: CredentialId, secret: string): Promise<Outcome | null> => {
    const known = store.accounts.credential(id)
    if (!known) return null
    const tries = {
      failures: () => store.accounts.credential(id)?.failures ?? 0,
      keep: (failures: number) => {
        store.accounts.setFailures(id, failures)
      },
    }
    const outcome = await lockout.attempt(id, tries, () => isSecret(secret, known.hash))
    if (!outcome.right && outcome.counted) onRefused(id === RECOVERY_KEY ? null : id, outcome.waitMs)
    return outcome
  }
  const renew = async (id: CredentialId, secret: string, keep: (write: () => void) => void) => {
    const hash = await hashSecret(secret, cost)
    keep(() => {
      store.accounts.setSecret(id, hash)
    })
    lockout.forget(id)
  }

  return {
    verify: async (id, pin) => {
      const outcome = await attempt(id, pin)
      if (outcome === null) throw new AttuneError('no-pin')
      if (outcome.right) return
      const { waitMs, failures } = outcome
      throw new AttuneError('wrong-pin', { waitSeconds: seconds(waitMs), left: Math.max(0, FREE_TRIES - failures) })
    },
    verifyRecoveryKey: async (typed) => {
      const key = readRecoveryKey(typed)
      if (key === null) throw new AttuneError('wrong-recovery-key', { waitSeconds: 0 })
      const outcome = await attempt(RECOVERY_KEY, key)
      if (outcome?.right === true) return
      throw new AttuneError('wrong-recovery-key', { waitSeconds: seconds(outcome?.waitMs ?? 0) })
    },
    newPin: renew,
    newRecoveryKey: async (keep) => {
      const key = writeRecoveryKey(randomBytes(25))
      await renew(RECOVERY_KEY, readRecoveryKey(key) ?? key, keep)
      return key
    },
    randomPin: () => String(randomInt(1_000_000)).padStart(6, '0'),
  }
}

/** How long after so many wrong ones in a row the next has to wait, in milliseconds. */
export const waitAfter = (failures: number): number =>
  failures < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - FREE_TRIES))

const seconds = (ms: number): number => Math.ceil(ms / 1000)
