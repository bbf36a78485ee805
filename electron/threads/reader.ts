import { Worker } from 'node:worker_threads'
import { AttuneError } from '#shared/contract/result.ts'
import type { DataKey } from '#electron/store/connection.ts'
import type { ReadingAnswer, ReadingRequest, ReadingTask } from './reading-thread.ts'
import type { ReadingInput, ReadingName, ReadingOutput } from './readings.ts'

/** Reads what takes long on a thread of its own: no mark waits for it. */
export type Reader = {
  /**
   * Sees all that was committed before the call. Rejects with AttuneError: the reading's refusal, or 'cancelled' once
   * the reader has stopped; with another error where the thread died, which the next reading replaces.
   */
  read<N extends ReadingName>(name: N, input: ReadingInput<N>): Promise<ReadingOutput<N>>
  /** Ends the thread, and with it what is still being read. */
  stop(): Promise<void>
}

type Waiting = { resolve: (output: unknown) => void; reject: (error: Error) => void }
type Thread = { worker: Worker; waiting: Map<number, Waiting> }

/** A file or an exam that would take more ends the thread, not the app. */
const resourceLimits = { maxOldGenerationSizeMb: 1024 }

type ReaderParts = { worker: URL; dataDir: string; key: DataKey | null; stepsBack?: boolean }

/**
 * The thread is started by the first reading. `worker`: the module that it runs. `stepsBack`: nobody waits for what it
 * reads, and it leaves the processor to whoever is waited for.
 */
export function createReader({ worker: url, dataDir, key, stepsBack = false }: ReaderParts): Reader {
  let thread: Thread | null = null
  let stopped = false
  let lastId = 0

  function start(): Thread {
    const workerData: ReadingTask = { kind: 'readings', dataDir, key, stepsBack }
    const worker = new Worker(url, { workerData, resourceLimits })
    const started: Thread = { worker, waiting: new Map() }
    let cause: unknown
    worker.on('message', (answer: ReadingAnswer) => {
      const waiting = started.waiting.get(answer.id)
      started.waiting.delete(answer.id)
      if (answer.type === 'done') waiting?.resolve(answer.output)
      else if (answer.type === 'refused') waiting?.reject(new AttuneError(answer.code, answer.params))
      else waiting?.reject(new Error(answer.problem))
    })
    worker.on('error', (error) => {
      cause = error
      if (thread === started) thread = null
    })
    worker.on('exit', (code) => {
      if (thread === started) thread = null
      for (const { reject } of started.waiting.values())
        reject(stopped ? new AttuneError('cancelled') : new Error(`the reading thread ended with ${code}`, { cause }))
    })
    return started
  }

  return {
    read: <N extends ReadingName>(name: N, input: ReadingInput<N>) => {
      if (stopped) return Promise.reject(new AttuneError('cancelled'))
      const { worker, waiting } = (thread ??= start())
      const id = (lastId += 1)
      return new Promise<ReadingOutput<N>>((resolve, reject) => {
        waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
        worker.postMessage({ id, name, input } satisfies ReadingRequest)
      })
    },
    stop: async () => {
      stopped = true
      await thread?.worker.terminate()
    },
  }
}
