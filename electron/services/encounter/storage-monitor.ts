import type { StorageStatus } from '#shared/contract/parts/app.ts'
import type { BrokenPlace } from '#shared/contract/parts/audit.ts'
import type { ErrorCode } from '#shared/contract/result.ts'
import type { EventHub } from '#electron/base/event-hub.ts'
import type { Store } from '#electron/store/store.ts'

/**
 * Whether the last write reached the disk, and whether the ledger held when it was last walked; every window hears when
 * that changes, or when the reserve is used.
 */
export type StorageMonitor = {
  status(): StorageStatus
  refused(code: ErrorCode | null): void
  wrote(): void
  /** A walk through the chains is over; null where all of them hold. */
  walked(broken: BrokenPlace | null): void
  stop(): void
}

const stateOf: Partial<Record<ErrorCode, StorageStatus['state']>> = {
  'storage-full': 'full',
  'storage-read-only': 'read-only',
  'storage-locked': 'locked',
}

/** How often it is looked whether there is room for the reserve again. */
const LOOK_EVERY_MS = 5000

export function createStorageMonitor(
  store: Pick<Store, 'ledger' | 'reserve' | 'keepReserve'>,
  events: EventHub,
): StorageMonitor {
  let state: StorageStatus['state'] = 'ok'
  let reserve = store.reserve()
  let broken: BrokenPlace | null = null
  let timer: ReturnType<typeof setInterval> | null = null
  const status = (): StorageStatus => {
    const last = store.ledger.lastWallMs()
    const lastWriteAt = last === null ? null : new Date(last).toISOString()
    return { state, events: store.ledger.count(), lastWriteAt, reserve, broken }
  }
  const stop = () => {
    if (timer) clearInterval(timer)
    timer = null
  }
  const become = (next: StorageStatus['state']) => {
    const kept = store.reserve()
    if (next === state && kept === reserve) return
    state = next
    reserve = kept
    if (reserve === 'used') waitForRoom()
    else stop()
    events.publish('storage.changed', status())
  }
  const waitForRoom = () => {
    timer ??= setInterval(() => {
      store.keepReserve()
      become(state)
    }, LOOK_EVERY_MS).unref()
  }
  return {
    status,
    refused: (code) => {
      become((code && stateOf[code]) ?? 'failed')
    },
    wrote: () => {
      become('ok')
    },
    walked: (found) => {
      if (broken?.id === found?.id && broken?.device === found?.device && broken?.seq === found?.seq) return
      broken = found && { id: found.id, device: found.device, seq: found.seq, problem: found.problem }
      events.publish('storage.changed', status())
    },
    stop,
  }
}
