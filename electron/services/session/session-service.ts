import { AttuneError } from '#shared/contract/result.ts'
import type { Session } from '#shared/domain/session.ts'
import type { EventHub } from '#electron/base/event-hub.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import type { Access } from '#electron/services/encounter/access.ts'
import { mustRun, spsAt } from '#electron/services/encounter/rules.ts'
import type { Repositories } from '#electron/store/store.ts'
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
  /** A loan whose window was gone had bound the windows that nobody sits at. */
  const changedForAll = (session: Session): Session => {
    events.publish('session.changed', {})
    return session
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
    'handover.begin': ({ encounterId, returnCode, spId }, context) => {
      const { slot, exam } = access.encounter(context, encounterId)
      mustRun(exam.status)
      if (store.encounters.confirmation(encounterId) === null) throw new AttuneError('identity-not-confirmed')
      const sps = spsAt(store, slot)
      if (spId === null && sps.length > 0) throw new AttuneError('bad-input', { field: 'spId', problem: 'who has it?' })
      if (spId !== null && !sps.some(({ id }) => id === spId)) throw new AttuneError('not-found', { kind: 'person' })
      return changed(context.clientId, sessions.handOver(context.clientId, encounterId, returnCode, spId))
    },
    'handover.end': ({ returnCode }, { clientId }) => changedForAll(sessions.takeBack(clientId, returnCode, now())),
  }
}
