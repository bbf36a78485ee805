import { existsSync, mkdirSync, readdirSync, statfsSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AttuneError } from '#shared/contract/result.ts'
import {
  backupsToRemove,
  type BackupEntry,
  type BackupHolds,
  type BackupName,
  type BackupReason,
} from '#shared/domain/backup.ts'
import {
  backupsIn,
  backupsOf,
  copyDatabase,
  isPart,
  keepBackup,
  lookAtBackup,
  partIn,
  removePart,
  sizeOf,
  type Walked,
} from '#electron/store/backup-file.ts'
import { DATABASE_FILE, type DataKey } from '#electron/store/connection.ts'
import {
  eventsBeyond,
  eventsIn,
  examCode,
  type DatabaseFacts,
  type LedgerHead,
} from '#electron/store/database-facts.ts'
import type { BrokenEvent } from '#electron/store/walk-chains.ts'
import { keepKeyFile } from './key-file.ts'
import { saveCopy } from './save-copy.ts'

/** What became of the copy in the second folder. */
export type SecondCopy = 'unset' | 'copied' | 'failed'
/** `broken`: the first event that does not hold, where it is a copy of data that somebody changed outside Attune. */
export type MadeBackup = { name: string; at: number; bytes: number; second: SecondCopy; broken: BrokenEvent | null }

/** Must stay free for marks when the backup is written. */
const ROOM_FOR_MARKS = 64 * 1024 * 1024
/** What a kill left is older than anything that is still being written. */
const PART_LIFE_MS = 3_600_000

type MakeOptions = {
  dataDir: string
  /** Of an encrypted folder: its backups are encrypted with it too. Absent: null. */
  key?: DataKey | null
  why: BackupReason
  second: string | null
  now?: number
}

/**
 * Makes a verified backup of a data folder's database, beside whoever writes it, thins those that are there, and does
 * both in the second folder too, whose failing is told and stops nothing. Where the ledger is broken nothing is thinned:
 * its copies must not push out the good ones. Throws "backup-no-room", "backup-failed", or
 * what SQLite or the file system refused with; nothing half-written is left.
 */
export async function makeBackup({
  dataDir,
  key = null,
  why,
  second,
  now = Date.now(),
}: MakeOptions): Promise<MadeBackup> {
  const folder = backupsOf(dataDir)
  const database = join(dataDir, DATABASE_FILE)
  if (sizeOf(database) === 0) throw new AttuneError('database-missing', { folder: dataDir })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  await sweep(folder)
  mustHaveRoom(folder, sizeOf(database) + sizeOf(`${database}-wal`))
  const part = partIn(folder)
  let kept: ReturnType<typeof keepBackup>
  try {
    const facts = await copyDatabase(database, part, key)
    kept = keepBackup(part, folder, facts, { at: now, why, fromVersion: null }, key)
  } finally {
    removePart(part)
  }
  const { name, broken } = kept
  const own = new Set(broken === null ? backupsIn(folder).map(({ device }) => device) : [])
  if (broken === null) await thin(folder, () => true)
  const keyFile = key === null ? null : await keepKeyFile(dataDir, folder)
  const path = join(folder, name)
  const copied = second === null ? 'unset' : await copyToSecond({ path, keyFile }, second, own)
  return { name, at: now, bytes: sizeOf(path), second: copied, broken }
}

/** A backup must never take the room that the next mark needs. */
function mustHaveRoom(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < bytes + ROOM_FOR_MARKS) throw new AttuneError('backup-no-room')
}

/** Removes what an interrupted backup left. */
async function sweep(folder: string): Promise<void> {
  const now = Date.now()
  for (const name of readdirSync(folder).filter(isPart)) {
    const written = statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? now
    if (Math.abs(now - written) > PART_LIFE_MS) await rm(join(folder, name), { force: true })
  }
}

async function thin(folder: string, isOwn: (backup: BackupName) => boolean): Promise<void> {
  for (const { file } of backupsToRemove(backupsIn(folder).filter(isOwn))) await rm(join(folder, file), { force: true })
}

/** A stick that is not in must not be made as a folder of its own: a folder that is gone is a failure. */
async function copyToSecond(
  { path, keyFile }: { path: string; keyFile: string | null },
  second: string,
  own: ReadonlySet<string | null>,
): Promise<SecondCopy> {
  try {
    if (!statSync(second).isDirectory()) return 'failed'
    await sweep(second)
    await saveCopy(path, join(second, basename(path)))
    // Without it the copy could be opened on no other computer.
    if (keyFile !== null) await saveCopy(keyFile, join(second, basename(keyFile)))
    // Other laptops may keep theirs here: each thins its own.
    await thin(second, ({ device }) => device !== null && own.has(device))
    return 'copied'
  } catch {
    return 'failed'
  }
}

/** When the newest backup of a data folder was made, by its name; null where there is none. */
export const newestBackupAt = (dataDir: string): number | null => backupsIn(backupsOf(dataDir))[0]?.at ?? null

/** Where a backup of a list lies; null for a name that is not in it. */
export function pathOfBackup(
  { dataDir, second }: BackupPlaces,
  { place, name }: Pick<BackupEntry, 'place' | 'name'>,
): string | null {
  const folder = place === 'data-folder' ? backupsOf(dataDir) : second
  if (folder === null || !existsSync(folder)) return null
  return backupsIn(folder).some(({ file }) => file === name) ? join(folder, name) : null
}

/** Where backups are; `second` is null where no second folder is set. */
export type BackupPlaces = { dataDir: string; second: string | null }

/**
 * Every backup of both folders, the newest first, each read whole. What lies in both is told once, from the data folder
 * unless it is damaged there. `present`: where the ledger of the present database stands; null where that is not known.
 * `newest`: the newest version of the tables known here. `key`: of the folder, null for a plain one. `walked`: see
 * `lookAtBackup`.
 */
export function describeBackups(
  places: BackupPlaces,
  present: readonly LedgerHead[] | null,
  newest: number,
  key: DataKey | null = null,
  walked: Walked = new Map(),
): BackupEntry[] {
  const describe = (folder: string, place: BackupEntry['place']): BackupEntry[] =>
    backupsIn(folder).map(({ file, at, why, device }) => {
      const path = join(folder, file)
      const look = lookAtBackup(path, newest, key, walked)
      return {
        name: file,
        place,
        at: new Date(at).toISOString(),
        why,
        device,
        bytes: sizeOf(path),
        state: look.state,
        holds: 'facts' in look ? holdsOf(look.facts, present) : null,
      }
    })
  const entries = describe(backupsOf(places.dataDir), 'data-folder')
  const whole = new Set(entries.flatMap(({ name, holds }) => (holds === null ? [] : [name])))
  const others = places.second === null ? [] : readable(() => describe(places.second ?? '', 'second-folder'))
  return [...entries, ...others.filter(({ name }) => !whole.has(name))].sort((a, b) => b.at.localeCompare(a.at))
}

const readable = <T>(read: () => T[]): T[] => {
  try {
    return read()
  } catch {
    return []
  }
}

function holdsOf(facts: DatabaseFacts, present: readonly LedgerHead[] | null): BackupHolds {
  const { heads, exams, version, newestMs } = facts
  return {
    exams: exams.map((exam) => ({ ...exam, code: examCode(facts, exam.id) })),
    events: eventsIn(heads),
    newestEventAt: newestMs === null ? null : new Date(newestMs).toISOString(),
    version,
    missing: present && eventsBeyond(present, heads),
    more: present && eventsBeyond(heads, present),
  }
}
