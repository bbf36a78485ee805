import type { StorageStatus } from '#shared/contract/parts/app.ts'
import type { ErrorCode } from '#shared/contract/result.ts'
import type { EventHub } from '#electron/base/event-hub.ts'
import type { Ledger } from '#electron/store/ledger.ts'

/** Whether the last write reached the disk; every window hears when that changes. */
export type StorageMonitor = {
  status(): StorageStatus
  refused(code: ErrorCode | null): void
  wrote(): void
}

const stateOf: Partial<Record<ErrorCode, StorageStatus['state']>> = {
  'storage-full': 'full',
  'storage-read-only': 'read-only',
  'storage-locked': 'locked',
}

export function createStorageMonitor(ledger: Ledger, events: EventHub): StorageMonitor {
  let state: StorageStatus['state'] = 'ok'
  const status = (): StorageStatus => {
    const last = ledger.lastWallMs()
    return { state, events: ledger.count(), lastWriteAt: last === null ? null : new Date(last).toISOString() }
  }
  const become = (next: StorageStatus['state']) => {
    if (next === state) return
    state = next
    events.publish('storage.changed', status())
  }
  return {
    status,
    refused: (code) => {
      become((code && stateOf[code]) ?? 'failed')
    },
    wrote: () => {
      become('ok')
    },
  }
}
