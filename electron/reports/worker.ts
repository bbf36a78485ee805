import { parentPort, workerData } from 'node:worker_threads'
import { AttuneError } from '#shared/contract/result.ts'
import { openReader } from '#electron/store/store.ts'
import { runReportTask } from './run-task.ts'
import type { ReportMessage, ReportTask } from './task.ts'

/** Reports are made on a thread and a connection of their own: a touch on a score never waits for them. */
const say = (message: ReportMessage) => parentPort?.postMessage(message)

const task = workerData as ReportTask
try {
  const store = openReader(task.dataDir)
  try {
    await runReportTask(store, task, (done, total) => say({ type: 'progressed', done, total }))
  } finally {
    store.close()
  }
  say({ type: 'done' })
} catch (error) {
  say(
    error instanceof AttuneError
      ? { type: 'failed', code: error.code, params: error.params }
      : { type: 'failed', code: 'report-failed', params: { problem: error instanceof Error ? error.message : '' } },
  )
}
