import { readlinkSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { basename } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { AttuneError } from '#shared/contract/result.ts'
import { stackOf } from '#electron/base/log.ts'
import { storageErrorCode } from '#electron/store/storage-error.ts'
import { openReader } from '#electron/store/store.ts'
import type { BackupMessage, BackupTask } from './backup-task.ts'
import type { ReadingTask } from './reading-thread.ts'
import type { ReportMessage, ReportTask } from './task.ts'

/**
 * The module of all worker threads: one makes the reports of one task and ends, one makes one backup and ends, and one
 * answers readings until it is ended. Each has a connection of its own that can only read: a touch on a score never waits
 * for them.
 */
const task = workerData as ReportTask | ReadingTask | BackupTask
// Each loads what it needs alone: the thread that reads is ready before fonts and PDF would be.
if (!('kind' in task)) {
  await makeReports(task)
} else if (task.kind === 'backup') {
  await backUp(task)
} else if (parentPort) {
  if (task.stepsBack) stepBack()
  const { answerReadings } = await import('./reading-thread.ts')
  answerReadings(parentPort, task)
}

async function makeReports(task: ReportTask): Promise<void> {
  const say = (message: ReportMessage) => parentPort?.postMessage(message)
  try {
    const { runReportTask } = await import('./run-task.ts')
    const store = openReader(task.dataDir, task.key)
    try {
      store.hold()
      await runReportTask(store, task, (done, total) => say({ type: 'progressed', done, total }))
    } finally {
      store.close()
    }
    say({ type: 'done' })
  } catch (error) {
    const cause = causeOf(error)
    say(
      error instanceof AttuneError
        ? { type: 'failed', code: error.code, params: error.params, cause }
        : { type: 'failed', code: 'report-failed', params: {}, cause },
    )
  }
}

async function backUp(task: BackupTask): Promise<void> {
  const say = (message: BackupMessage) => parentPort?.postMessage(message)
  stepBack()
  const { makeBackup } = await import('#electron/files/backups.ts')
  try {
    say({ type: 'done', made: await makeBackup(task) })
  } catch (error) {
    const cause = causeOf(error)
    say(
      error instanceof AttuneError
        ? { type: 'failed', code: error.code, params: error.params, cause }
        : { type: 'failed', code: isFull(error) ? 'backup-no-room' : 'backup-failed', params: {}, cause },
    )
  }
}

/** Leaves the processor to the thread that takes marks. Linux alone has priorities for threads; elsewhere nothing is done. */
function stepBack(): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), constants.priority.PRIORITY_LOW)
  } catch {
    // A system that does not allow it does the work all the same.
  }
}

const isFull = (error: unknown): boolean =>
  storageErrorCode(error) === 'storage-full' || (error instanceof Error && 'code' in error && error.code === 'ENOSPC')

/** Where the first of all errors happened. */
function causeOf(error: unknown): string {
  return error instanceof Error && error.cause !== undefined ? causeOf(error.cause) : stackOf(error)
}
