import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input, Output } from '#shared/contract/contract.ts'
import type { Result } from '#shared/contract/result.ts'
import { localDate } from '#shared/domain/local-date.ts'
import { createEventHub } from '#electron/base/event-hub.ts'
import type { Handlers } from '#electron/base/handlers.ts'
import { folderProblem } from '#electron/files/data-folder.ts'
import { createFileShelf } from '#electron/files/file-shelf.ts'
import { syncServiceOf } from '#electron/files/synced-folder.ts'
import { createRouter } from '#electron/ipc/router.ts'
import { storageErrorCode } from '#electron/store/storage-error.ts'
import { type Store } from '#electron/store/store.ts'
import { createReader } from '#electron/threads/reader.ts'
import { createBackupKeeper } from './backups/backup-keeper.ts'
import { createBackupHandlers, type Renew } from './backups/backup-service.ts'
import { createAppService } from './app-service.ts'
import { createAccess } from './encounter/access.ts'
import { createClockService } from './encounter/clock-service.ts'
import { createEncounterHandlers } from './encounter/encounter-service.ts'
import { createHeartbeat } from './encounter/heartbeat.ts'
import { createMonotonicClock } from './encounter/monotonic-clock.ts'
import { createRatingHandlers } from './encounter/rating-service.ts'
import { createRecorder } from './encounter/recorder.ts'
import { createSpHandlers } from './encounter/sp-service.ts'
import { createStorageMonitor, type StorageMonitor } from './encounter/storage-monitor.ts'
import { type DataLock } from './protection/data-lock.ts'
import { createProtectionHandlers } from './protection/protection-service.ts'
import { type Opened } from './renewable.ts'
import { beforeBundles } from './laptops/before-bundles.ts'
import { createBundleFolder } from './laptops/bundle-folder.ts'
import { createBundleHandlers } from './laptops/bundle-service.ts'
import { createHomeGuard } from './laptops/home-guard.ts'
import { createPackageHandlers } from './laptops/package-service.ts'
import { createAnalysisHandlers } from './results/analysis-service.ts'
import { createAmendmentHandlers } from './results/amendment-service.ts'
import { createProofService } from './results/proof-service.ts'
import { createReportService } from './results/report-service.ts'
import { createResultHandlers } from './results/results-service.ts'
import { walkAfterStart } from './ledger-walk.ts'
import type { ServiceOptions } from './services.ts'
import { createAccountHandlers } from './session/account-service.ts'
import { createAccounts } from './session/accounts.ts'
import { createLoans } from './session/loans.ts'
import { createSessionHandlers } from './session/session-service.ts'
import { createSessions } from './session/sessions.ts'
import { createSignInLog } from './session/sign-in-log.ts'
import { createCandidateHandlers } from './set-up/candidate-service.ts'
import { createErasing } from './set-up/erasing.ts'
import { createErasureHandlers } from './set-up/erasure-service.ts'
import { createExamHandlers } from './set-up/exam-service.ts'
import { createImportHandlers } from './set-up/import-service.ts'
import { createPersonHandlers } from './set-up/person-service.ts'
import { createRotationHandlers } from './set-up/rotation-service.ts'
import { createRubricHandlers, installShippedRubrics } from './set-up/rubric-service.ts'
import { createStationHandlers } from './set-up/station-service.ts'

/** A window that nobody touches locks so much late at most. */
const IDLE_LOOK_MS = 2000

/** Builds the whole app on an opened store, in one place. */
export function buildServices(options: ServiceOptions, lock: DataLock, store: Store, renew: Renew): Opened {
  const { log, dataDir, resourcesDir } = options
  installShippedRubrics(store, resourcesDir, log)
  const clock = options.time?.clock ?? createMonotonicClock()
  const now = () => clock.now()
  const loans = createLoans(store.settings, now, options.hashCost)
  if (options.takeBack === true) loans.endAll()
  const events = createEventHub((clientId) => sessions.of(clientId))
  const monitor = createStorageMonitor(store, events)
  /** SQLite calls a folder that became read-only a disk that fails: what is said is what the folder says. */
  const storageCodeOf = (error: unknown) => {
    const code = storageErrorCode(error)
    return code === 'storage-failed' ? (folderProblem(dataDir) ?? code) : code
  }
  const signIns = createSignInLog({ store, monitor, storageCodeOf, ids: () => randomUUID(), now })
  const accounts = createAccounts({ store, now, onRefused: signIns.refused, cost: options.hashCost })
  const sessions = createSessions({
    loans,
    now,
    onLock: (session, cause) => {
      signIns.note(session, { type: 'session.locked', cause })
    },
    onPresence: () => {
      events.publish('session.changed', {})
    },
    onChange: (clientId) => {
      events.publishTo(clientId, 'session.changed', {})
    },
    idleMs: () => (options.idleLock === false ? Infinity : idleMinutes() * 60_000),
  })
  let idle: number | null = null
  /** As it was last read, while the database cannot be: every call asks, and a window that waits locks all the same. */
  const idleMinutes = (): number => {
    try {
      idle = app.settings().idleLockMinutes
      return idle
    } catch (error) {
      if (idle === null || storageCodeOf(error) === null) throw error
      return idle
    }
  }
  const idleTimer = setInterval(() => {
    sessions.lookForIdle()
  }, IDLE_LOOK_MS).unref()
  const access = createAccess(store)
  const heartbeat = createHeartbeat(dataDir, () => clock.reading())
  const clocks = createClockService({ store, access, events, clock, heartbeat, monitor, storageCodeOf, log })
  const shelf = createFileShelf(join(dataDir, 'shelf'), { encrypted: lock.key() !== null })
  const setUp = { store: observed(store, monitor), events, ids: () => randomUUID() }
  const erasing = createErasing({ ...setUp, shelf })
  erasing.finish()
  const reader = createReader({ worker: options.reportWorker, dataDir, key: lock.key() })
  const reports = createReportService({ ...setUp, reader, shelf, events, options, key: lock.key() })
  const wallNow = options.time?.wallClock ?? Date.now
  const proof = createProofService({ ...setUp, reader, shelf, monitor, version: options.version, wallNow })
  const record = createRecorder({ store, access, clocks, events, monitor })
  const disk = options.askDisk?.() ?? Promise.resolve('unknown' as const)
  const app = createAppService({ store, monitor, options })
  const keeper = createBackupKeeper({
    ...{ store, dataDir, events, monitor, log },
    key: lock.key(),
    worker: options.reportWorker,
    automatic: options.backUp === true,
    withPackages: options.backUp === true || options.backUp === 'first-package',
    now: () => clock.now(),
    wallNow,
  })
  const stopWalk = walkAfterStart({
    reader: createReader({ worker: options.reportWorker, dataDir, key: lock.key(), stepsBack: true }),
    ...{ monitor, log },
    afterMs: options.walkAfterMs ?? null,
  })
  const beforeImport = () => keeper.makeBeforeImport()
  const importing = { ...setUp, reader, erasing, wallNow, beforeBundle: beforeBundles(beforeImport, now) }
  const folder = createBundleFolder({ ...importing, log })
  const handlers: Handlers = {
    ...app.handlers,
    ...createSessionHandlers({ store, sessions, accounts, access, events, signIns }),
    ...createAccountHandlers({
      ...setUp,
      sessions,
      accounts,
      signIns,
      windows: events,
      printSlips: (examId, slips) => reports.printSlips(examId, slips),
    }),
    ...createExamHandlers({
      ...setUp,
      shelf,
      beforeImport,
      closing: proof.statement,
      today: () => localDate(new Date()),
      paper: () => app.settings().paper,
      sampleExam: join(resourcesDir, 'sample-exam', 'exam.json'),
    }),
    ...createStationHandlers(setUp),
    ...createCandidateHandlers(setUp),
    ...createPersonHandlers(setUp),
    ...createImportHandlers({
      ...setUp,
      beforeImport,
      readWorkbook: (bytes, maxRows) => reader.read('workbook', { bytes, maxRows }),
    }),
    ...createErasureHandlers({
      ...{ ...setUp, erasing, disk, syncedBy: syncServiceOf(dataDir) },
      today: () => localDate(new Date()),
    }),
    ...createRotationHandlers(setUp),
    ...createRubricHandlers(setUp),
    ...clocks.handlers,
    ...createEncounterHandlers({ store, access, clocks, record }),
    ...createRatingHandlers({ store, record }),
    ...createSpHandlers({ store, access, record }),
    ...createResultHandlers({ store, reader }),
    ...createAnalysisHandlers({ ...setUp, reader }),
    ...createAmendmentHandlers({ store, access, record, accounts }),
    ...reports.handlers,
    ...createBackupHandlers({ ...setUp, keeper, reader, dataDir, key: lock.key(), renew }),
    ...createProtectionHandlers({ ...setUp, lock, keeper, dataDir, renew, cost: options.hashCost }),
    ...createPackageHandlers({
      ...{ ...setUp, shelf, erasing, wallNow, now, beforeImport },
      afterFirstPackage: keeper.makeAfterPackage,
      cost: options.hashCost,
    }),
    ...createBundleHandlers({ ...importing, shelf, folder, version: options.version }),
    ...proof.handlers,
  }
  const router = createRouter({
    handlers,
    sessionOf: (id) => {
      sessions.heardOf(id)
      return sessions.of(id)
    },
    guard: createHomeGuard(store),
    storageCodeOf,
    onStorageError: (code) => {
      monitor.refused(code)
    },
    log,
  })
  return {
    router,
    seat: (who) => {
      const clientId = randomUUID()
      sessions.sit(clientId, who)
      return async <C extends ChannelName>(channel: C, input: Input<C>) =>
        (await router(clientId, channel, input)) as Result<Output<C>>
    },
    events: {
      ...events,
      subscribe: (id, listener) => {
        sessions.heardOf(id)
        return events.subscribe(id, listener)
      },
    },
    findFile: (id) => shelf.find(id),
    clockRuns: () => clocks.anyUnderWay(),
    wake: () => {
      clocks.wake()
      void folder.look()
      sessions.lookForIdle()
    },
    forgetClient: (clientId) => {
      sessions.forget(clientId)
    },
    close: async ({ backUp }) => {
      clocks.stop()
      monitor.stop()
      folder.stop()
      clearInterval(idleTimer)
      await Promise.all([reports.stop(), reader.stop(), stopWalk(), keeper.stop(backUp ? 'app-closed' : null)])
      shelf.clear()
      erasing.finish()
    },
  }
}

/** A store whose every finished transaction tells the monitor that the disk takes writes. */
const observed = (store: Store, monitor: StorageMonitor): Store => ({
  ...store,
  ledger: {
    ...store.ledger,
    append: (entry, mayBeWritten) => {
      const event = store.ledger.append(entry, mayBeWritten)
      monitor.wrote()
      return event
    },
    appendAll: (entries, mayBeWritten) => {
      const events = store.ledger.appendAll(entries, mayBeWritten)
      monitor.wrote()
      return events
    },
    appendWith: (change) => {
      const result = store.ledger.appendWith(change)
      monitor.wrote()
      return result
    },
  },
  transaction: (work) => {
    const result = store.transaction(work)
    monitor.wrote()
    return result
  },
})
