import { AttuneError } from '#shared/contract/result.ts'
import { stackOf, type Log } from '#electron/base/log.ts'
import type { Reader } from '#electron/threads/reader.ts'
import type { StorageMonitor } from './encounter/storage-monitor.ts'

type Parts = {
  /** A reader of its own: results must not wait behind a long walk. It is ended here. */
  reader: Reader
  monitor: Pick<StorageMonitor, 'walked'>
  log: Log
  /** How long the first screens come before it; null: the ledger is not walked. */
  afterMs: number | null
}

/** Walks the chains of the ledger once after a start, beside everything else. What is given back ends it. */
export function walkAfterStart({ reader, monitor, log, afterMs }: Parts): () => Promise<void> {
  const walk = async () => {
    try {
      monitor.walked(await reader.read('firstBroken', {}))
    } catch (error) {
      // Not known is not broken: the next backup walks them too.
      if (error instanceof AttuneError && error.code === 'cancelled') return
      log.error('the ledger could not be walked', { error: stackOf(error) })
    } finally {
      await reader.stop()
    }
  }
  const timer = afterMs === null ? undefined : setTimeout(() => void walk(), afterMs).unref()
  return () => {
    clearTimeout(timer)
    return reader.stop()
  }
}
