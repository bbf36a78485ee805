import { z } from 'zod'
import { personFieldsSchema } from '#shared/domain/exam.ts'
import { examIdSchema, personIdSchema } from '#shared/domain/ids.ts'
import { pinSchema } from '#shared/domain/pin.ts'
import { sessionSchema } from '#shared/domain/session.ts'
import { channel, everyRole, fileRefSchema, nothing } from './common.ts'

const director = ['director'] as const

/** How many PINs are made in one call: each takes its time, and the screen says how far it is. */
export const PINS_AT_ONCE = 8

/** Whose PIN is asked for at the start, and where it is no secret because it is a sample's, the PIN. */
export const directorEntrySchema = z.strictObject({
  id: personIdSchema,
  name: z.string(),
  samplePin: pinSchema.nullable(),
})
export type DirectorEntry = z.infer<typeof directorEntrySchema>

export const accountsSchema = z.strictObject({
  directors: z.array(directorEntrySchema),
  /** Whether a lost PIN can be replaced with the recovery key; false where none was made yet. */
  recoverable: z.boolean(),
})
export type AccountList = z.infer<typeof accountsSchema>

/** A PIN that was given to one of the exam's people: told once. */
export const slipSchema = z.strictObject({ personId: personIdSchema, pin: pinSchema })
export type Slip = z.infer<typeof slipSchema>

const name = personFieldsSchema.shape.name
const newKey = z.strictObject({ session: sessionSchema, recoveryKey: z.string() })

export const accountChannels = {
  'session.get': channel('anyone', nothing, sessionSchema.nullable()),
  /** Director, examiner or SP, and from a locked window too: somebody else may take it over. Wrong PINs make one wait. */
  'session.signIn': channel(
    'anyone',
    z.strictObject({ personId: personIdSchema, pin: z.string().max(64) }),
    sessionSchema,
  ),
  'session.leave': channel(everyRole, nothing, nothing),
  /** Somebody touched the window within the last half minute. */
  'session.touched': channel(everyRole, nothing, nothing),
  'session.lock': channel(everyRole, nothing, sessionSchema),

  /** The directors of this installation. */
  'account.list': channel('anyone', nothing, accountsSchema),
  /** The first director, who sits down with it. Refused once there is one. The key is told this once. */
  'account.begin': channel('anyone', z.strictObject({ name, pin: pinSchema }), newKey),
  /** A director whose PIN is lost gets a new one, and the installation a new key, for the one that is used up. */
  'account.recover': channel(
    'anyone',
    z.strictObject({ directorId: personIdSchema, recoveryKey: z.string().max(64), pin: pinSchema }),
    newKey,
  ),
  /** A new recovery key in place of the one before. Asks for the director's PIN again. */
  'account.newKey': channel(
    director,
    z.strictObject({ pin: z.string().max(64) }),
    z.strictObject({ recoveryKey: z.string() }),
  ),
  'account.changePin': channel(director, z.strictObject({ pin: z.string().max(64), newPin: pinSchema }), nothing),
  'account.addDirector': channel(director, z.strictObject({ name, pin: pinSchema }), accountsSchema),
  'account.renameDirector': channel(director, z.strictObject({ directorId: personIdSchema, name }), accountsSchema),
  /** Never the last one. */
  'account.removeDirector': channel(director, z.strictObject({ directorId: personIdSchema }), accountsSchema),

  /** New random PINs for some of an exam's people; those they had do not hold any more. */
  'account.givePins': channel(
    director,
    z.strictObject({ examId: examIdSchema, personIds: z.array(personIdSchema).min(1).max(PINS_AT_ONCE) }),
    z.array(slipSchema),
  ),
  /** A sheet of slips to be cut, from what `account.givePins` told. */
  'account.printPins': channel(
    director,
    z.strictObject({ examId: examIdSchema, slips: z.array(slipSchema).min(1).max(400) }),
    fileRefSchema,
  ),
} as const
