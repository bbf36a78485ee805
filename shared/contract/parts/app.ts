import { z } from 'zod'
import { paperSchema } from '#shared/domain/exam.ts'
import { personIdSchema, encounterIdSchema } from '#shared/domain/ids.ts'
import { sessionSchema } from '#shared/domain/session.ts'
import { brokenEventSchema } from './audit.ts'
import { channel, everyRole, nothing } from './common.ts'

export const settingsSchema = z.strictObject({
  /** 0: silent; the flash beside each sound stays. */
  soundVolume: z.number().min(0).max(1),
  paper: paperSchema,
  /** After so many minutes without a touch a window asks for the PIN again. A director sets it. */
  idleLockMinutes: z.int().min(1).max(120),
})
export type Settings = z.infer<typeof settingsSchema>

export const storageStatusSchema = z.strictObject({
  state: z.enum(['ok', 'full', 'read-only', 'locked', 'failed']),
  /** How many events the ledger holds. */
  events: z.int().min(0),
  /** When the last one was written, ISO 8601; null for an empty ledger. */
  lastWriteAt: z.iso.datetime().nullable(),
  /** The room kept for a full disk: used once the disk was full, until there is room again; none on a tiny disk. */
  reserve: z.enum(['kept', 'used', 'none']),
  /** The first event of the ledger that does not hold, as the last walk found it; null where none was found. */
  broken: brokenEventSchema.nullable(),
})
export type StorageStatus = z.infer<typeof storageStatusSchema>

export const appChannels = {
  'app.info': channel(
    'anyone',
    nothing,
    z.strictObject({ version: z.string(), host: z.enum(['electron', 'web', 'cli']), storage: storageStatusSchema }),
  ),
  'settings.get': channel('anyone', nothing, settingsSchema),
  'settings.set': channel(everyRole, settingsSchema.partial(), settingsSchema),

  /**
   * Gives the device to an SP of the station (null only where it names none): from here on this window reaches nothing
   * but that encounter's SP form. While it is gone, after a restart or once it was closed, windows that nobody sits at
   * take its place. Refused while the exam is not running.
   */
  'handover.begin': channel(
    ['examiner'],
    z.strictObject({
      encounterId: encounterIdSchema,
      returnCode: z.string().regex(/^\d{4,8}$/),
      spId: personIdSchema.nullable(),
    }),
    sessionSchema,
  ),
  /** Gives it back to the examiner who lent it. Wrong codes are refused, slower each time. */
  'handover.end': channel(['sp'], z.strictObject({ returnCode: z.string().regex(/^\d{4,8}$/) }), sessionSchema),
} as const
