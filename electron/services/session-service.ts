import { AttuneError } from '#shared/contract/result.ts'
import type { HandlersOf } from '#electron/ipc/handlers.ts'
import type { Repositories } from '#electron/store/store.ts'
import type { Access } from './access.ts'
import type { EventHub } from './event-hub.ts'
import type { Sessions } from './sessions.ts'

type Parts = { store: Repositories; sessions: Sessions; access: Access; events: EventHub; now: () => number }

/** Choosing who one is, and lending the device to the SP. */
export function createSessionHandlers({
  store,
  sessions,
  access,
  events,
  now,
}: Parts): HandlersOf<'session' | 'handover'> {
  const changed = <T>(clientId: string, result: T): T => {
    events.publishTo(clientId, 'session.changed', {})
    return result
  }
  return {
    'session.get': (_input, { session }) => session,
    'session.choose': (input, { clientId }) => {
      if (input.role === 'director') {
        return changed(clientId, sessions.choose(clientId, { role: 'director', examId: null, personId: null }))
      }
      const person = store.people.get(input.personId)
      if (!person || person.examId !== input.examId || person.role !== input.role) throw new AttuneError('not-found')
      return changed(
        clientId,
        sessions.choose(clientId, { role: person.role, examId: person.examId, personId: person.id }),
      )
    },
    'session.leave': (_input, { clientId }) => {
      sessions.leave(clientId)
      return changed(clientId, {})
    },
    'handover.begin': ({ encounterId, returnCode }, context) => {
      const { slot } = access.encounter(context, encounterId)
      if (!store.encounters.record(encounterId).identityConfirmed) throw new AttuneError('identity-not-confirmed')
      const sps = store.people
        .ofExam(slot.examId)
        .filter((person) => person.role === 'sp' && person.stationIds.includes(slot.stationId))
      const only = sps.length === 1 ? (sps[0]?.id ?? null) : null
      return changed(context.clientId, sessions.handOver(context.clientId, encounterId, returnCode, only))
    },
    'handover.end': ({ returnCode }, { clientId }) => changed(clientId, sessions.takeBack(clientId, returnCode, now())),
  }
}
