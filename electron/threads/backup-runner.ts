import { Worker } from 'node:worker_threads'
import { AttuneError } from '#shared/contract/result.ts'
import { stackOf } from '#electron/base/log.ts'
import type { MadeBackup } from '#electron/files/backups.ts'
import type { BackupMessage, BackupTask } from './backup-task.ts'

type RunOptions = {
  worker: URL
  task: BackupTask
  /** Ends the work; what was half-written is never listed, and the next backup sweeps it away. */
  signal?: AbortSignal
}

/**
 * Makes one backup on a thread of its own, over a connection of its own: no mark waits for it. Rejects with AttuneError:
 * the refusal, 'cancelled', or 'backup-failed' with where it failed as the cause, in words.
 */
export function runBackup({ worker: url, task, signal }: RunOptions): Promise<MadeBackup> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(url, { workerData: task })
    const cancel = () => {
      void worker.terminate().finally(() => {
        reject(new AttuneError('cancelled'))
      })
    }
    signal?.addEventListener('abort', cancel, { once: true })
    worker.on('message', (message: BackupMessage) => {
      if (message.type === 'done') resolve(message.made)
      else reject(new AttuneError(message.code, message.params, { cause: message.cause }))
    })
    worker.on('error', (error) => {
      reject(new AttuneError('backup-failed', {}, { cause: stackOf(error) }))
    })
    worker.on('exit', (code) => {
      signal?.removeEventListener('abort', cancel)
      // Once it has answered this changes nothing.
      if (!signal?.aborted) reject(new AttuneError('backup-failed', { exitCode: code }))
    })
  })
}
