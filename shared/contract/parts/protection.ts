import { z } from 'zod'
import { channel, nothing } from './common.ts'

const director = ['director'] as const
const whoMayBegin = ['director', 'nobody'] as const

/** Long enough that guessing, a third of a second a try, is hopeless; sentences are welcome. */
export const MIN_PASSPHRASE = 12
export const passphraseSchema = z.string().min(MIN_PASSPHRASE).max(200)
const typed = z.string().max(200)

export const protectionSchema = z.strictObject({
  /** "locked": encrypted, and nobody has given the passphrase since the start. */
  state: z.enum(['plain', 'protected', 'locked']),
  /** Nobody has begun here yet: whoever does may encrypt the folder first. */
  offered: z.boolean(),
})
export type ProtectionState = z.infer<typeof protectionSchema>

/** What lies in plain, by the paths of its files. */
const plainFiles = z.array(z.string())

export const protectionChannels = {
  'data.state': channel('anyone', nothing, protectionSchema),
  /** Opens a locked folder for everybody. Whoever has the recovery key alone chooses a new passphrase with it. */
  'data.unlock': channel(
    'anyone',
    z.union([
      z.strictObject({ passphrase: typed }),
      z.strictObject({ recoveryKey: typed, newPassphrase: passphraseSchema }),
    ]),
    nothing,
  ),
  /**
   * Makes a key and tells its recovery key, this once; nothing is encrypted yet. For whoever begins, and once there is a
   * director for directors alone.
   */
  'data.prepare': channel(
    whoMayBegin,
    z.strictObject({ passphrase: passphraseSchema }),
    z.strictObject({ recoveryKey: z.string() }),
  ),
  /** Encrypts the folder with what this window prepared last. Everybody has to sit down anew. */
  'data.encrypt': channel(whoMayBegin, nothing, nothing),
  /** Writes the data in plain again. */
  'data.decrypt': channel(director, z.strictObject({ passphrase: typed }), nothing),
  /** `second`: whether the copy of the key file in the second folder knows it too. */
  'data.changePassphrase': channel(
    director,
    z.strictObject({ passphrase: typed, newPassphrase: passphraseSchema }),
    z.strictObject({ second: z.enum(['unset', 'ok', 'failed']) }),
  ),
  /** Backups and data kept aside that are from before the folder was encrypted. */
  'data.leftInPlain': channel(director, nothing, plainFiles),
  /** Makes an encrypted backup, then deletes them; answers what could not be deleted. */
  'data.removePlain': channel(director, nothing, plainFiles),
} as const
