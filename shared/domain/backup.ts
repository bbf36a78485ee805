import { z } from 'zod'
import { examStatusSchema } from './exam.ts'
import { localDate } from './local-date.ts'

/** Why a backup was made: by itself while an exam runs, at a close, with an exam's first package, because somebody asked, or before a big step. */
export const backupReasonSchema = z.enum([
  'while-running',
  'exam-closed',
  'app-closed',
  'package-made',
  'asked',
  'before-import',
  'before-migration',
])
export type BackupReason = z.infer<typeof backupReasonSchema>

/** What the name of a backup's file tells. */
export type BackupName = {
  /** Milliseconds since 1970. */
  at: number
  why: BackupReason
  /** Before a migration: the version that the database still has. */
  fromVersion: number | null
  /** The installation that made it; null in names of before 2026-11, which did not tell. */
  device: string | null
  /** The first 16 hex digits of the file's SHA-256; null in names of before 2026-11. */
  digest: string | null
}

const pattern =
  /^attune-(\d{8}T\d{9}Z)-(while-running|exam-closed|app-closed|package-made|asked|before-import|before-migration-from-(\d+))-([A-Za-z0-9]{1,64})-([0-9a-f]{16})\.db$/
const earlierPattern = /^before-migration-from-(\d+)-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z)\.db$/

/**
 * The name of a backup's file: when, why, whose, and how its content is proved. Names sort by time, tell laptops apart
 * that share a folder, and hold nothing that a file system refuses.
 */
export function backupFileName({ at, why, fromVersion, device, digest }: BackupName): string {
  const reason = why === 'before-migration' ? `${why}-from-${fromVersion ?? 0}` : why
  return `attune-${stampOf(at)}-${reason}-${device ?? 'unknown'}-${digest ?? '0'.repeat(16)}.db`
}

/** "20261123T101500000Z": an instant as names of files tell it. */
export const stampOf = (at: number): string => new Date(at).toISOString().replaceAll(/[-:.]/g, '')

/** What a name tells; null for a file that is no backup. */
export function parseBackupName(name: string): BackupName | null {
  const [, stamp = '', reason = '', version, device = null, digest = null] = pattern.exec(name) ?? []
  if (device !== null && digest !== null) {
    const why = backupReasonSchema.parse(version === undefined ? reason : 'before-migration')
    return dated(instantOf(stamp), { why, fromVersion: version === undefined ? null : Number(version), device, digest })
  }
  const [, from, earlier = ''] = earlierPattern.exec(name) ?? []
  if (from === undefined) return null
  const at = instantOf(earlier.replaceAll('-', ''))
  return dated(at, { why: 'before-migration', fromVersion: Number(from), device: null, digest: null })
}

const dated = (at: number, name: Omit<BackupName, 'at'>): BackupName | null =>
  Number.isNaN(at) ? null : { at, ...name }

const instantOf = (stamp: string): number =>
  Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, '$1-$2-$3T$4:$5:$6.$7Z'))

/** How many of each kind are kept, and on how many days one more. */
const KEPT = 6
const DAYS = 14

/** Before an import or a migration: what it did wrong may be found out long after, so these go by no count. */
export const isKeptForGood = ({ why }: Pick<BackupName, 'why'>): boolean =>
  why === 'before-import' || why === 'before-migration'

/** What is thinned together. By far the most come while an exam runs: they must not push out what is rarer. */
const kindOf = ({ why }: Pick<BackupName, 'why'>): string => (why === 'asked' ? why : 'usual')

/**
 * Which backups are to go. Kept are: every one from before an import or a migration, until somebody deletes its file;
 * the last 6 of the usual ones (made while an exam runs, at each close and with a first package); the last 6 that were asked for; and the last
 * of each of the last 14 days on which any was made, whatever the calendar says today. The newest of all is always
 * among them.
 */
export function backupsToRemove<B extends Pick<BackupName, 'at' | 'why'>>(backups: readonly B[]): B[] {
  const newestFirst = backups.toSorted((a, b) => b.at - a.at)
  const thinned = newestFirst.filter((backup) => !isKeptForGood(backup))
  const perKind = Map.groupBy(thinned, kindOf)
  const perDay = Map.groupBy(newestFirst, ({ at }) => localDate(new Date(at)))
  const kept = new Set([
    ...[...perKind.values()].flatMap((sameKind) => sameKind.slice(0, KEPT)),
    ...[...perDay.values()].slice(0, DAYS).flatMap((sameDay) => sameDay.slice(0, 1)),
  ])
  return thinned.filter((backup) => !kept.has(backup))
}

/** An exam as a backup holds it. */
export const backupExamSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  heldOn: z.string(),
  status: examStatusSchema,
  encounters: z.int().min(0),
  submitted: z.int().min(0),
  /** Eight letters that stand for all its events, as they are printed; null where nothing is recorded. */
  code: z.string().nullable(),
})

/** What a backup holds, by its own tables. */
export const backupHoldsSchema = z.strictObject({
  exams: z.array(backupExamSchema),
  /** How many events its ledger has, and when the newest was written, ISO 8601. */
  events: z.int().min(0),
  newestEventAt: z.iso.datetime().nullable(),
  /** The `user_version` of its tables. */
  version: z.int().min(0),
  /** Events of the present database that it does not have: what restoring it would take away. Null: not known. */
  missing: z.int().min(0).nullable(),
  /** Events of it that the present database does not have: what restoring it would bring. Null: not known. */
  more: z.int().min(0).nullable(),
})
export type BackupHolds = z.infer<typeof backupHoldsSchema>

/** One file of a list of backups. */
export const backupEntrySchema = z.strictObject({
  name: z.string().min(1).max(255),
  place: z.enum(['data-folder', 'second-folder']),
  /** ISO 8601. */
  at: z.iso.datetime(),
  why: backupReasonSchema,
  device: z.string().nullable(),
  bytes: z.int().min(0),
  /**
   * "good": read whole just now and found as it was made, by a version that this one knows; only such a one is
   * offered as the way back.
   * "ledger-broken": it is as it was made, of data that somebody had changed outside Attune; it is restored for whoever
   * was told so and asks for it all the same.
   */
  state: z.enum(['good', 'ledger-broken', 'damaged', 'newer', 'locked']),
  /** Null unless it can be read. */
  holds: backupHoldsSchema.nullable(),
})
export type BackupEntry = z.infer<typeof backupEntrySchema>
