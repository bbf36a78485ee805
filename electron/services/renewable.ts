import { AttuneError, type Failure } from '#shared/contract/result.ts'
import type { AnyEvent } from '#shared/contract/events.ts'
import { stackOf, type Log } from '#electron/base/log.ts'
import { storageErrorCode } from '#electron/store/storage-error.ts'
import type { Renew } from './backups/backup-service.ts'
import type { Services } from './services.ts'

/** The services on one database. `close`: whether what is in no backup yet is still to get into one. */
export type Opened = Omit<Services, 'shutdown'> & { close(how: { backUp: boolean }): Promise<void> }

type Parts = {
  /** Builds the services on the data as it is now; they may ask for it to be exchanged. */
  open: (renew: Renew) => Opened
  /** Lets go of the data folder. */
  release: () => void
  log: Log
}

/**
 * Services that live on when their data is exchanged for other data: hosts and windows keep what they hold. Calls that
 * come meanwhile wait. Afterwards nobody sits at any window, and each is told to begin anew.
 */
export function renewable({ open, release, log }: Parts): Services {
  const listeners = new Set<{ clientId: string; listener: (event: AnyEvent) => void; end: () => void }>()
  let current: Opened | Failure
  let renewing: Promise<void> | null = null

  const opened = (): Opened => {
    if ('ok' in current) throw new AttuneError(current.code, current.params)
    return current
  }
  /** Not before the call that asked for it has its turn: it is answered by those that are being closed. */
  const renew: Renew = (exchange) => {
    renewing ??= exchangeData(exchange).finally(() => {
      renewing = null
    })
    return renewing
  }
  const exchangeData = async (exchange: () => void): Promise<void> => {
    for (const { end } of listeners) end()
    try {
      await opened().close({ backUp: false })
      exchange()
    } finally {
      try {
        current = open(renew)
        for (const entry of listeners) entry.end = current.events.subscribe(entry.clientId, entry.listener)
      } catch (error) {
        log.error('the data could not be opened again', { error: stackOf(error) })
        current = failureOf(error)
      }
    }
    for (const { listener } of listeners) listener({ name: 'data.exchanged', payload: {} })
  }

  current = open(renew)
  const now = <T>(work: (services: Opened) => T, otherwise: T): T => ('ok' in current ? otherwise : work(current))
  const end = async () => {
    await renewing?.catch(() => undefined)
    try {
      if (!('ok' in current)) await current.close({ backUp: true })
    } finally {
      // Whoever still asks is told so, and nothing looks into a database that is closed.
      current = failureOf(new AttuneError('cancelled'))
      release()
    }
  }
  let ending: Promise<void> | null = null
  return {
    router: async (...call) => {
      if (renewing) await renewing.catch(() => undefined)
      return 'ok' in current ? current : current.router(...call)
    },
    events: {
      publish: (...event) => {
        opened().events.publish(...event)
      },
      publishTo: (...event) => {
        opened().events.publishTo(...event)
      },
      subscribe: (clientId, listener) => {
        const entry = { clientId, listener, end: opened().events.subscribe(clientId, listener) }
        listeners.add(entry)
        return () => {
          listeners.delete(entry)
          entry.end()
        }
      },
    },
    seat: (...whom) => opened().seat(...whom),
    findFile: (id) => now((services) => services.findFile(id), null),
    clockRuns: () => now((services) => services.clockRuns(), false),
    wake: () => {
      now((services) => {
        services.wake()
      }, undefined)
    },
    forgetClient: (clientId) => {
      now((services) => {
        services.forgetClient(clientId)
      }, undefined)
    },
    // A second signal or a closing window waits for the same end.
    shutdown: () => (ending ??= end()),
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof AttuneError) return { ok: false, code: error.code, params: error.params }
  return { ok: false, code: storageErrorCode(error) ?? 'internal', params: {} }
}
