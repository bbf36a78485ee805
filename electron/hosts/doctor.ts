import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AttuneError, type ErrorCode } from '#shared/contract/result.ts'
import type { BackupEntry } from '#shared/domain/backup.ts'
import { phrase } from '#shared/locales/phrase.ts'
import { describeBackups, type BackupPlaces } from '#electron/files/backups.ts'
import { folderProblem, LOCK_FILE } from '#electron/files/data-folder.ts'
import type { DiskEncryption } from '#electron/files/disk-encryption.ts'
import { KEY_FILE, readKeyFile } from '#electron/files/key-file.ts'
import { isProtected, keyFileOf } from '#electron/files/protection.ts'
import { syncServiceOf } from '#electron/files/synced-folder.ts'
import { backupsOf, isPart } from '#electron/store/backup-file.ts'
import { DATABASE_FILE, type DataKey } from '#electron/store/connection.ts'
import { eventsIn, faultOf } from '#electron/store/database-facts.ts'
import { lockFile } from '#electron/store/folder-lock.ts'
import { migrations, newestVersion } from '#electron/store/migrations/index.ts'
import { openForReading } from '#electron/store/migrator.ts'
import { peekAt, type Peek } from '#electron/store/peek.ts'
import { keptAsideIn } from '#electron/store/restore.ts'
import { openingErrorCode } from '#electron/store/storage-error.ts'
import { hasDatabase, openReader } from '#electron/store/store.ts'
import { verifyLedger } from '#electron/store/verify-ledger.ts'
import { whenOf } from './backup-line.ts'

/** One way out of what is wrong, in words, and what is lost by taking it. */
export type WayOut = { action: string; loses: string }

/** What was looked at: "wrong" must be seen to, "warning" may become wrong, "note" and "ok" are for whoever wants to know. */
export type Finding = { code: string; level: 'ok' | 'note' | 'warning' | 'wrong'; message: string; waysOut: WayOut[] }

type Params = Readonly<Record<string, string | number>>

const MB = 1024 * 1024
/** A ledger grows by some 10 MB a day, and so does each of its backups. */
const LITTLE_ROOM = 500 * MB
const NO_ROOM = 32 * MB

/** How many backups are offered as ways out of a database that cannot be opened. */
const OFFERED = 3

type Known = { disk?: DiskEncryption; key?: DataKey | null; keyPutBack?: boolean }

/**
 * Looks at a data folder and changes nothing in it, beside a running app too, and says in plain words what is
 * found. Nothing is wrong where no finding is. `disk`: what the system says of the disk under the folder. `key`: of an
 * encrypted folder; without it what can be said is said. `keyPutBack`: unlocking it put its key file back just before.
 */
export function diagnose(dataDir: string, { disk = 'unknown', key = null, keyPutBack = false }: Known = {}): Finding[] {
  const there = statSync(dataDir, { throwIfNoEntry: false })
  if (!there?.isDirectory()) {
    return [found('folder-missing', 'wrong', { folder: dataDir }, there ? ['path'] : ['path', 'begin'])]
  }
  const isLocked = key === null && isProtected(dataDir)
  const present = isLocked ? null : peekAt(dataDir, key)
  const places = { dataDir, second: present?.secondFolder ?? null }
  const backups = describeBackups(places, present?.heads ?? null, newestVersion, key)
  const problem = folderProblem(dataDir)
  const canWrite = problem === null
  const database = isLocked
    ? [found('database-encrypted', 'note', { folder: dataDir })]
    : databaseFindings(dataDir, { backups, canWrite, key })
  return [
    ...folderFindings(dataDir, problem),
    ...diskFindings(dataDir, disk),
    ...(key === null && !isLocked ? [] : keyFindings(dataDir, keyPutBack)),
    ...database,
    ...backupFindings(backups, present, isHealthy(database)),
    ...cutFindings(places, backups, present, key),
    ...(places.second === null || folderProblem(places.second) === null
      ? []
      : [found('second-folder-unusable', 'warning', { folder: places.second }, ['second-folder'])]),
    ...leftFindings([dataDir, backupsOf(dataDir), ...(places.second === null ? [] : [places.second])]),
    ...asideFindings(dataDir),
  ]
}

const isWrong = ({ level }: Finding): boolean => level === 'wrong'
export const isHealthy = (findings: readonly Finding[]): boolean => !findings.some(isWrong)

/** A finding in the words of the locale: its sentence, and the sentences of its ways out. */
function found(
  code: string,
  level: Finding['level'],
  params: Params,
  ways: readonly string[] = [],
  more: readonly WayOut[] = [],
): Finding {
  const waysOut = ways.map((way) => ({
    action: phrase(`terminal.doctor.ways.${way}.action`, params),
    loses: phrase(`terminal.doctor.ways.${way}.loses`, params),
  }))
  return { code, level, message: phrase(`terminal.doctor.found.${code}`, params), waysOut: [...more, ...waysOut] }
}

function folderFindings(folder: string, problem: ErrorCode | null): Finding[] {
  const service = syncServiceOf(folder)
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  const params = { folder, service: service ?? '', megabytes: Math.floor(free / MB) }
  return [
    ...(problem === null ? [found('folder-writable', 'ok', params)] : []),
    ...(problem === 'storage-read-only' || problem === 'storage-failed'
      ? [found('folder-read-only', 'wrong', params, ['rights', 'copy-folder'])]
      : []),
    ...(service === null ? [] : [found('folder-synced', 'warning', params, ['move-folder'])]),
    free < NO_ROOM || problem === 'storage-full'
      ? found('disk-full', 'wrong', params, ['make-room'])
      : found(free < LITTLE_ROOM ? 'disk-nearly-full' : 'disk-room', free < LITTLE_ROOM ? 'warning' : 'ok', params),
    ...(problem === null && isHeld(folder) ? [found('folder-in-use', 'note', params)] : []),
  ]
}

/** Whether another process works on the folder just now. */
function isHeld(folder: string): boolean {
  const file = join(folder, LOCK_FILE)
  if (!existsSync(file)) return false
  const unlock = lockFile(file)
  unlock?.()
  return unlock === null
}

/** What the start screen tells the director, too. What the system does not say is not told. */
function diskFindings(folder: string, disk: DiskEncryption): Finding[] {
  if (disk === 'unknown') return []
  return disk === 'encrypted'
    ? [found('disk-encrypted', 'ok', { folder })]
    : [found('disk-plain', 'warning', { folder }, ['encrypt-disk'])]
}

/** Whether the file that holds the wrapped key is there, or at least its copy beside the backups. */
function keyFindings(dataDir: string, putBack: boolean): Finding[] {
  const params = { file: join(dataDir, KEY_FILE), folder: backupsOf(dataDir) }
  try {
    readKeyFile(params.file)
    return [putBack ? found('key-file-put-back', 'note', params) : found('key-file-sound', 'ok', params)]
  } catch (error) {
    if (error instanceof AttuneError && error.code === 'database-newer')
      return [found('database-newer', 'wrong', params, ['newer-app'])]
  }
  try {
    keyFileOf(dataDir)
    return [found('key-file-from-copy', 'warning', params)]
  } catch {
    return [found('key-file-lost', 'wrong', params, ['key-file'])]
  }
}

type Around = { backups: readonly BackupEntry[]; canWrite: boolean; key: DataKey | null }

function databaseFindings(dataDir: string, { backups, canWrite, key }: Around): Finding[] {
  const restoring = waysBack(dataDir, backups)
  const params = { folder: dataDir, file: join(dataDir, DATABASE_FILE) }
  try {
    if (!hasDatabase(dataDir)) return [found('database-none', 'wrong', params, ['path', 'begin'])]
    // What the ledger is walked by is not all that the app asks of a database.
    openReader(dataDir, key).close()
    return soundFindings(params, restoring, key)
  } catch (error) {
    const code = error instanceof AttuneError ? error.code : openingErrorCode(error)
    switch (code) {
      case 'database-missing':
        return [found('database-missing', 'wrong', params, ['find-file'], restoring)]
      case 'database-not-attune':
        return [found('database-not-attune', 'wrong', params, ['find-file'], restoring)]
      case 'database-newer':
        return [found('database-newer', 'wrong', params, ['newer-app'], restoring)]
      case 'database-older':
        return [found('database-older', 'note', params)]
      case 'database-corrupt':
        return [found('database-corrupt', 'wrong', params, ['ask-help'], restoring)]
      case 'storage-locked':
        return [found('database-locked', 'wrong', params, ['close-other'])]
      default:
        // A database with a log beside it needs to write that log's index, even to be read.
        if (!canWrite) return [found('database-unreadable-here', 'wrong', params, ['copy-folder'], restoring)]
        return [found('database-unreadable', 'wrong', { ...params, problem: String(error) }, ['ask-help'], restoring)]
    }
  }
}

function soundFindings(
  params: { folder: string; file: string },
  restoring: readonly WayOut[],
  key: DataKey | null,
): Finding[] {
  const db = openForReading(params.file, migrations, key)
  try {
    const fault = faultOf(db)
    if (fault !== null) return [found('database-corrupt', 'wrong', params, ['ask-help'], restoring)]
    const { events, broken, differing, statements, setUps } = verifyLedger(db)
    if (broken) {
      const { id, seq, device } = broken
      return id === null
        ? [found('ledger-cut', 'wrong', { ...params, seq, device }, ['ask-help'], restoring)]
        : [found('ledger-broken', 'wrong', { ...params, event: id }, ['ask-help'], restoring)]
    }
    const failing = statements.filter(({ problem }) => problem !== null)
    const unsound = Object.entries({
      'ledger-differs': differing,
      'statement-broken': failing,
      'set-up-differs': setUps,
    }).filter(([, those]) => those.length > 0)
    if (unsound.length === 0) return [found('database-sound', 'ok', { ...params, count: events })]
    return unsound.map(([code, { length }]) =>
      found(code, 'wrong', { ...params, count: length }, ['ask-help'], restoring),
    )
  } finally {
    db.close()
  }
}

/** Restoring each of the newest good backups, with what that would lose. */
function waysBack(dataDir: string, backups: readonly BackupEntry[]): WayOut[] {
  return backups
    .filter(({ state }) => state === 'good')
    .slice(0, OFFERED)
    .map(({ name, at, holds }) => {
      const params = { folder: dataDir, backup: name, when: whenOf(at), count: holds?.missing ?? '' }
      const known = holds !== null && holds.missing !== null
      return {
        action: phrase('terminal.doctor.ways.restore.action', params),
        loses: phrase(`terminal.doctor.ways.restore.${known ? 'loses' : 'losesUnknown'}`, params),
      }
    })
}

/** `holds`: nothing is wrong with the database. Of another one no good backup can be made. */
function backupFindings(backups: readonly BackupEntry[], present: Peek | null, holds: boolean): Finding[] {
  const damaged = backups.filter(({ state }) => state === 'damaged')
  const broken = backups.filter(({ state }) => state === 'ledger-broken')
  const locked = backups.filter(({ state }) => state === 'locked')
  const [newest] = backups.filter(({ state }) => state === 'good')
  const recorded = present === null ? 0 : eventsIn(present.heads)
  const params = newest
    ? {
        count: backups.filter(({ state }) => state === 'good').length,
        when: whenOf(newest.at),
        backup: newest.name,
        // Of one that goes on where the database ends, nothing was recorded since.
        lacks: goesBeyond(newest, present) ? '' : (newest.holds?.missing ?? ''),
      }
    : { count: 0 }
  return [
    ...(newest
      ? [found('backups', 'ok', params)]
      : locked.length > 0
        ? []
        : [found('backups-none', recorded > 0 ? 'warning' : 'note', params, recorded > 0 && holds ? ['back-up'] : [])]),
    ...(locked.length === 0 ? [] : [found('backups-encrypted', 'note', { count: locked.length })]),
    ...(broken.length === 0 ? [] : [found('backups-broken', 'warning', { count: broken.length }, ['ledger'])]),
    ...damaged.map(({ name }) => found('backup-damaged', 'wrong', { backup: name }, ['set-apart'])),
  ]
}

/**
 * Whether a good backup that this very device made holds what its database does not. A chain only grows, and what a
 * restoring brings back goes on under a new device, so no deed in Attune explains it.
 */
const goesBeyond = ({ state, device, holds }: BackupEntry, present: Peek | null): boolean =>
  state === 'good' && device !== null && device === present?.device && (holds?.more ?? 0) > 0

/** That the end of the ledger is gone, or an older database stands in its place: what is left of it are the backups. */
function cutFindings(
  places: BackupPlaces,
  backups: readonly BackupEntry[],
  present: Peek | null,
  key: DataKey | null,
): Finding[] {
  if (!backups.some((backup) => goesBeyond(backup, present))) return []
  // A running app may have backed up what it wrote since the database was looked at: so look once more.
  const now = peekAt(places.dataDir, key)
  const known = new Set(backups.map(({ name }) => name))
  const beyond = describeBackups(places, now?.heads ?? null, newestVersion, key)
    .filter((backup) => known.has(backup.name) && goesBeyond(backup, now))
    .toSorted((a, b) => (b.holds?.more ?? 0) - (a.holds?.more ?? 0))
  const [furthest] = beyond
  if (!furthest) return []
  const params = { backup: furthest.name, when: whenOf(furthest.at), count: furthest.holds?.more ?? 0 }
  return [found('ledger-ends-early', 'wrong', params, ['go-on', 'ask-help'], waysBack(places.dataDir, beyond))]
}

function leftFindings(folders: readonly string[]): Finding[] {
  const left = folders.flatMap((folder) => (existsSync(folder) ? readdirSync(folder).filter(isPart) : []))
  return left.length === 0 ? [] : [found('parts-left', 'note', { count: left.length })]
}

function asideFindings(dataDir: string): Finding[] {
  const count = keptAsideIn(dataDir).length
  return count === 0 ? [] : [found('kept-aside', 'note', { count, folder: join(dataDir, 'kept-aside') })]
}
