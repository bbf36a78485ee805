import type { MessagePort } from 'node:worker_threads'
import { AttuneError, type ErrorCode, type ErrorParams } from '#shared/contract/result.ts'
import { stackOf } from '#electron/base/log.ts'
import type { DataKey } from '#electron/store/connection.ts'
import { storageErrorCode } from '#electron/store/storage-error.ts'
import { openReader, type StoreReader } from '#electron/store/store.ts'
import { readings, type ReadFolder, type ReadingName } from './readings.ts'

/** What the reading thread is started with. `stepsBack`: it leaves the processor to the thread that takes marks. */
export type ReadingTask = { kind: 'readings'; dataDir: string; key: DataKey | null; stepsBack: boolean }

export type ReadingRequest = { id: number; name: ReadingName; input: unknown }
export type ReadingAnswer = { id: number } & (
  | { type: 'done'; output: unknown }
  | { type: 'refused'; code: ErrorCode; params: ErrorParams }
  /** A mistake of the program; for the log. */
  | { type: 'failed'; problem: string }
)

/** Answers readings for as long as the thread lives, over a connection of its own that can only read. */
export function answerReadings(port: MessagePort, { dataDir, key }: ReadingTask): void {
  let reader: StoreReader | null = null
  const open = () => (reader ??= openReader(dataDir, key))
  const folder: ReadFolder = { open, key, walked: new Map() }
  port.on('message', ({ id, name, input }: ReadingRequest) => {
    const say = (answer: ReadingAnswer, handedOver: readonly ArrayBuffer[] = []) => {
      port.postMessage(answer, handedOver)
    }
    void answerOf(name, folder, input).then(
      (output) => {
        say({ id, type: 'done', output }, output instanceof Uint8Array ? [output.buffer as ArrayBuffer] : [])
      },
      (error: unknown) => {
        say({ id, ...refusalOf(error) })
      },
    )
  })
}

// Not before the next turn of the event loop, so that what throws at once is a rejection too.
const answerOf = async (name: ReadingName, folder: ReadFolder, input: unknown): Promise<unknown> =>
  (readings[name] as (folder: ReadFolder, input: unknown) => unknown)(folder, input)

function refusalOf(error: unknown) {
  if (error instanceof AttuneError) return { type: 'refused', code: error.code, params: error.params } as const
  const code = storageErrorCode(error)
  if (code) return { type: 'refused', code, params: {} } as const
  return { type: 'failed', problem: stackOf(error) } as const
}
