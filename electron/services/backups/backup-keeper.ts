import type { BackupStatus } from '#shared/contract/parts/backups.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { parseBackupName, type BackupReason } from '#shared/domain/backup.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import type { EventHub } from '#electron/base/event-hub.ts'
import { stackOf, type Log } from '#electron/base/log.ts'
import { newestBackupAt, type MadeBackup } from '#electron/files/backups.ts'
import type { DataKey } from '#electron/store/connection.ts'
import type { Store } from '#electron/store/store.ts'
import type { StorageMonitor } from '#electron/services/encounter/storage-monitor.ts'
import { runBackup } from '#electron/threads/backup-runner.ts'

/** While an exam runs, what was recorded waits no longer for a backup. */
const EVERY_MS = 600_000
/** After two that should have been made, the director is told. */
const OLD_MS = 2 * EVERY_MS
const LOOK_MS = 30_000
/** How long after one that failed the next is tried. */
const AGAIN_MS = 120_000
/** How long the end of the app waits for its backup: a share that hangs must not hold it. */
const AT_CLOSE_MS = 30_000

/** The folder besides the data folder, a setting of the installation. */
export const SECOND_FOLDER = 'backup-folder'

/** Makes backups, one at a time, and knows how they stand. */
export type BackupKeeper = {
  status(): BackupStatus
  /** Makes one now. Rejects with AttuneError. */
  make(why: BackupReason): Promise<void>
  /** Makes one where there is an exam that an import could spoil. Rejects as `make`: then nothing is to be imported. */
  makeBeforeImport(): Promise<void>
  /** Makes one that nobody waits for; what comes of it is in the status, and in the log where it fails. */
  makeAfterPackage(): void
  secondFolder(): string | null
  /** null for none. */
  setSecondFolder(path: string | null): void
  /** Looks now whether one is due, as the timer does. */
  look(): Promise<void>
  /** Ends it; makes a last one of what is in none yet, unless the data is about to be exchanged. */
  stop(last: 'app-closed' | null): Promise<void>
}

type Parts = {
  store: Store
  dataDir: string
  key: DataKey | null
  worker: URL
  events: EventHub
  /** Whether the ledger holds. */
  monitor: Pick<StorageMonitor, 'status' | 'walked'>
  log: Log
  /** Makes them by itself: while an exam runs, at each close and before each import. */
  automatic: boolean
  /** Makes one with an exam's first package. */
  withPackages: boolean
  /** Milliseconds on an axis that nobody can set back. */
  now: () => number
  wallNow: () => number
}

export function createBackupKeeper({
  store,
  dataDir,
  key,
  worker,
  events,
  monitor,
  log,
  automatic,
  withPackages,
  now,
  wallNow,
}: Parts): BackupKeeper {
  let newestAt = newestBackupAt(dataDir)
  let failure: BackupStatus['failure'] = null
  let second: 'waiting' | 'ok' | 'failed' = 'waiting'
  /** When the newest was made, on the axis of `now`; long ago where there is none or its name tells a time to come. */
  let madeAt = newestAt === null || newestAt > wallNow() ? -Infinity : now() - (wallNow() - newestAt)
  /** What was written when the last one began; null: more than it has, as far as one can tell after a start. */
  const standing = () => `${store.ledger.count()} ${store.setUpVersion() ?? ''}`
  const isBehind = (store.ledger.lastWallMs() ?? -Infinity) > (newestAt ?? -Infinity)
  let backedUp: string | null = isBehind ? null : standing()
  let notBefore = -Infinity
  let told = ''
  let queue: Promise<void> = Promise.resolve()
  const ending = new AbortController()

  const isChanged = () => backedUp !== standing()
  const running = () => store.exams.list().filter(({ status }) => status === 'running')
  const isDue = (after: number) => isChanged() && now() - madeAt >= after && running().length > 0
  const secondFolder = () => store.settings.get(SECOND_FOLDER)

  const status = (): BackupStatus => ({
    state:
      failure !== null
        ? 'failed'
        : monitor.status().broken !== null
          ? 'ledger-broken'
          : newestAt === null
            ? 'none'
            : isDue(OLD_MS)
              ? 'old'
              : 'ok',
    failure,
    lastAt: newestAt === null ? null : new Date(newestAt).toISOString(),
    second: secondFolder() === null ? 'unset' : second,
  })
  const tell = () => {
    const current = JSON.stringify(status())
    if (current === told) return
    told = current
    events.publish('backup.changed', {})
  }

  const makeNow = async (why: BackupReason): Promise<void> => {
    const began = standing()
    const beganAt = now()
    try {
      const task = { kind: 'backup', dataDir, key, why, second: secondFolder() } as const
      took(await runBackup({ worker, task, signal: ending.signal }))
      backedUp = began
      madeAt = beganAt
    } catch (error) {
      if (!(error instanceof AttuneError)) throw error
      if (error.code !== 'cancelled') failure = error.code
      notBefore = now() + AGAIN_MS
      log.error('a backup could not be made', {
        code: error.code,
        error: typeof error.cause === 'string' ? error.cause : '',
      })
      throw error
    } finally {
      tell()
    }
  }
  const took = (made: MadeBackup) => {
    newestAt = parseBackupName(made.name)?.at ?? made.at
    failure = null
    monitor.walked(made.broken)
    if (made.second !== 'unset') second = made.second === 'copied' ? 'ok' : 'failed'
  }
  /** One after another: two at once would only take turns on the disk. */
  const make = (why: BackupReason): Promise<void> => {
    const made = queue.then(() => makeNow(why))
    queue = made.catch(() => undefined)
    return made
  }
  /** One that nobody waits for: its failure is in the status and the log. */
  const makeQuietly = (why: BackupReason) =>
    make(why).catch((error: unknown) => {
      if (!(error instanceof AttuneError)) log.error('a backup failed', { error: stackOf(error) })
    })

  const look = async (): Promise<void> => {
    tell()
    if (now() >= notBefore && isDue(EVERY_MS)) await makeQuietly('while-running')
  }

  let ran: ReadonlySet<ExamId> = new Set()
  const follow = () => {
    const runs = new Set(running().map(({ id }) => id))
    if (store.exams.list().some(({ id, status: now }) => now === 'closed' && ran.has(id)))
      void makeQuietly('exam-closed')
    ran = runs
  }

  let ends: () => void = () => undefined
  if (automatic) {
    ran = new Set(running().map(({ id }) => id))
    const lookQuietly = () =>
      look().catch((error: unknown) => {
        // The database cannot be read just now: whoever marks is told.
        log.error('it could not be looked whether a backup is due', { error: stackOf(error) })
      })
    const timer = setInterval(() => void lookQuietly(), LOOK_MS).unref()
    const unsubscribe = events.subscribe('backups', ({ name }) => {
      if (name === 'exam.changed') follow()
      if (name === 'storage.changed') tell()
    })
    ends = () => {
      clearInterval(timer)
      unsubscribe()
    }
  }

  return {
    status,
    make,
    makeBeforeImport: async () => {
      if (automatic && store.exams.list().length > 0) await make('before-import')
    },
    makeAfterPackage: () => {
      if (withPackages) void makeQuietly('package-made')
    },
    secondFolder,
    setSecondFolder: (path) => {
      if (path === null) store.settings.remove(SECOND_FOLDER)
      else store.settings.set(SECOND_FOLDER, path)
      second = 'waiting'
      tell()
    },
    look,
    stop: async (last) => {
      ends()
      const limit = setTimeout(() => {
        ending.abort()
      }, AT_CLOSE_MS)
      try {
        if (last !== null && automatic && isChanged()) await makeQuietly(last)
        await queue
      } finally {
        clearTimeout(limit)
      }
    },
  }
}
