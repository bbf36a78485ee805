import { z } from 'zod'
import { backupEntrySchema } from '#shared/domain/backup.ts'
import { channel, nothing } from './common.ts'
import { errorCodeSchema } from '../result.ts'

const director = ['director'] as const

export const backupStatusSchema = z.strictObject({
  /**
   * "ok": there is one, and nothing waits for long; "none": there is none yet; "old": an exam runs, and what was recorded
   * has waited too long for one; "failed": the last try failed, and `failure` says how; "ledger-broken": somebody
   * changed the data outside Attune, and a backup made now is a copy of that.
   */
  state: z.enum(['ok', 'none', 'old', 'failed', 'ledger-broken']),
  failure: errorCodeSchema.nullable(),
  /** When the newest was made, ISO 8601. */
  lastAt: z.iso.datetime().nullable(),
  /** What became of the last copy in the second folder; "unset" where none is set. */
  second: z.enum(['unset', 'waiting', 'ok', 'failed']),
})
export type BackupStatus = z.infer<typeof backupStatusSchema>

export const backupOverviewSchema = z.strictObject({
  status: backupStatusSchema,
  secondFolder: z.string().nullable(),
  /** The second folder lies on the disk of the data folder: it would die with it. */
  sameDisk: z.boolean(),
  /** That the present data was put in the place of other data, which can be brought back; null where it was not. */
  restored: z
    .strictObject({
      at: z.iso.datetime(),
      /** When the backup was made; null where an undoing brought the present data back. */
      backupAt: z.iso.datetime().nullable(),
      /** Events that went aside with the other data; null: not known. */
      missing: z.int().min(0).nullable(),
      /** Exams that go on with the set-up of the other data, because their packages are out. */
      goneOn: z.int().min(0),
    })
    .nullable(),
})
export type BackupOverview = z.infer<typeof backupOverviewSchema>

export const backupChannels = {
  'backup.status': channel(['director', 'nobody'], nothing, backupStatusSchema),
  'backup.overview': channel(director, nothing, backupOverviewSchema),
  /** Reads every backup whole: takes seconds where they are large. */
  'backup.list': channel(director, nothing, z.array(backupEntrySchema)),
  'backup.create': channel(director, nothing, backupStatusSchema),
  /**
   * Puts a backup in the place of the present data, which is kept aside. Everybody has to sit down anew. `evenBroken`:
   * the director was told that its ledger is broken, without which such a one is refused.
   */
  'backup.restore': channel(
    director,
    backupEntrySchema.pick({ place: true, name: true }).extend({ evenBroken: z.boolean().optional() }),
    nothing,
  ),
  /** Brings back what the last restoring, or the last undoing, put aside. */
  'backup.undoRestore': channel(director, nothing, nothing),
  /** An absolute path; null for none. */
  'backup.setSecondFolder': channel(
    director,
    z.strictObject({ path: z.string().trim().min(1).max(1000).nullable() }),
    backupOverviewSchema,
  ),
} as const
