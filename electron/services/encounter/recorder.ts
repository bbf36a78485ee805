import type { Saved } from '#shared/contract/parts/encounters.ts'
import { AttuneError } from '#shared/contract/result.ts'
import type { EncounterId, EventId } from '#shared/domain/ids.ts'
import type { EncounterPayload } from '#shared/domain/ledger-event.ts'
import type { EventHub } from '#electron/base/event-hub.ts'
import type { CallContext } from '#electron/base/handlers.ts'
import type { Store } from '#electron/store/store.ts'
import { raterOf, type Access, type Encounter } from './access.ts'
import type { ClockService } from './clock-service.ts'
import type { StorageMonitor } from './storage-monitor.ts'

type Write = {
  context: CallContext
  encounterId: EncounterId
  eventId: EventId
  payload: EncounterPayload
  /** Under which confirmation of the candidate it was made; undefined: under the one that stands. */
  confirmation?: EventId | undefined
  /**
   * When the mark was made, as the screen saw it: a mark that had to wait for the disk keeps its moment. null: before the
   * encounter began; undefined: now.
   */
  madeAtMs?: number | null | undefined
  /** Throws where the event must not be written now. Not asked for an event that is already on disk. */
  allowed: (encounter: Encounter) => void
}

/** The one way into the ledger: checks who may, stamps the moment, writes, and tells every window. */
export type Recorder = (write: Write) => Saved

type Parts = {
  store: Store
  access: Access
  clocks: Pick<ClockService, 'offset'>
  events: EventHub
  monitor: StorageMonitor
}

export function createRecorder({ store, access, clocks, events, monitor }: Parts): Recorder {
  return ({ context, encounterId, eventId, payload, confirmation, madeAtMs, allowed }) => {
    const encounter = access.encounter(context, encounterId)
    const role = raterOf(context.session)
    const now = role.role === 'sp' ? null : clocks.offset(encounterId)
    const offsetMs = now === null || madeAtMs === null ? null : Math.min(madeAtMs ?? now, now)
    const entry = { id: eventId, examId: encounter.exam.id, encounterId, ...role, offsetMs, payload }
    const event = store.ledger.append(entry, () => {
      if (confirmation !== undefined && confirmation !== store.encounters.confirmation(encounterId)) {
        throw new AttuneError('confirmation-withdrawn')
      }
      allowed(encounter)
    })
    if (event.encounterId !== encounterId || event.payload.type !== payload.type) throw new AttuneError('bad-input')
    monitor.wrote()
    events.publish('encounter.changed', { examId: encounter.exam.id, encounterId })
    return { eventId, atMs: event.offsetMs }
  }
}
