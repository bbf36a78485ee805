import { Worker } from 'node:worker_threads'
import { AttuneError } from '#shared/contract/result.ts'
import { stackOf } from '#electron/base/log.ts'
import type { ReportMessage, ReportTask } from './task.ts'

type RunOptions = {
  worker: URL
  task: ReportTask
  onProgress?: (done: number, total: number) => void
  /** Ends the work; what was half-written is the caller's to remove. */
  signal?: AbortSignal
}

/** Keeps the worker's memory flat however long a batch is: left alone, it grows before it collects. */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 }

/**
 * Makes reports on a worker thread. Rejects with AttuneError: the worker's refusal, 'cancelled' or 'report-failed', with
 * where it failed as the cause, in words, or with the `exitCode` of a worker that ended without a word.
 */
export function runReports({ worker: url, task, onProgress, signal }: RunOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(url, { workerData: task, resourceLimits })
    const cancel = () => {
      // Not before the thread has let go of the file that the caller is going to remove.
      void worker.terminate().finally(() => {
        reject(new AttuneError('cancelled'))
      })
    }
    if (signal?.aborted) {
      cancel()
      return
    }
    signal?.addEventListener('abort', cancel, { once: true })
    worker.on('message', (message: ReportMessage) => {
      if (message.type === 'progressed') onProgress?.(message.done, message.total)
      else if (message.type === 'done') resolve()
      else reject(new AttuneError(message.code, message.params, { cause: message.cause }))
    })
    worker.on('error', (error) => {
      reject(new AttuneError('report-failed', {}, { cause: stackOf(error) }))
    })
    worker.on('exit', (code) => {
      signal?.removeEventListener('abort', cancel)
      if (code !== 0 && !signal?.aborted) reject(new AttuneError('report-failed', { exitCode: code }))
    })
  })
}
