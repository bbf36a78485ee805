import { AttuneError, type ErrorCode } from '#shared/contract/result.ts'
import type { PersonId } from '#shared/domain/ids.ts'
import type { Session } from '#shared/domain/session.ts'
import type { EventHub } from '#electron/base/event-hub.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import type { Access } from '#electron/services/encounter/access.ts'
import { lettersToCompare } from '#electron/services/laptops/package-letters.ts'
import { isFormOfOther } from '#electron/services/encounter/form-owner.ts'
import { mustRun, spsAt } from '#electron/services/encounter/rules.ts'
import type { Repositories } from '#electron/store/store.ts'
import type { Accounts } from './accounts.ts'
import type { Sessions } from './sessions.ts'
import type { SignInLog } from './sign-in-log.ts'

type Parts = {
  store: Repositories
  sessions: Sessions
  accounts: Accounts
  access: Access
  events: EventHub
  signIns: SignInLog
}

/** Signing in, locking the window, and lending the device to the SP. */
export function createSessionHandlers({
  store,
  sessions,
  accounts,
  access,
  events,
  signIns,
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
  /** A director, whoever else may have that id, or one of an exam's people. Throws 'not-found' or 'package-uncompared'. */
  const whoIs = (id: PersonId): Pick<Session, 'role' | 'examId' | 'personId'> => {
    if (store.accounts.directors().some((director) => director.id === id)) {
      return { role: 'director', examId: null, personId: id }
    }
    const person = store.people.get(id)
    if (person) {
      const letters = lettersToCompare(store, person.examId)
      if (letters !== null) throw new AttuneError('package-uncompared', { code: letters })
      return { role: person.role, examId: person.examId, personId: id }
    }
    throw new AttuneError('not-found', { kind: 'person' })
  }
  /** Notes a try that no PIN could have let through. */
  const noting = async (code: ErrorCode, personId: PersonId | null, work: () => unknown): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (error instanceof AttuneError && error.code === code) signIns.hopeless(personId)
      throw error
    }
  }
  return {
    'session.get': (_input, { session }) => session,
    'session.signIn': async ({ personId, pin }, { clientId }) => {
      await noting('not-found', null, () => whoIs(personId))
      await noting('no-pin', personId, () => accounts.verify(personId, pin))
      // Who was there when the PIN was looked at may have been taken out, or given another part, meanwhile.
      const session = sessions.sit(clientId, whoIs(personId))
      signIns.note(session, { type: 'session.began' })
      return changed(clientId, session)
    },
    'session.leave': (_input, { clientId, session }) => {
      sessions.leave(clientId)
      if (session) signIns.note(session, { type: 'session.ended' })
      return changed(clientId, {})
    },
    'session.touched': (_input, { clientId }) => {
      sessions.touched(clientId)
      return {}
    },
    'session.lock': (_input, { clientId }) => {
      sessions.lock(clientId)
      const locked = sessions.of(clientId)
      if (!locked) throw new AttuneError('forbidden')
      return locked
    },
    'handover.begin': async ({ encounterId, returnCode, spId }, context) => {
      const { slot, exam } = access.encounter(context, encounterId)
      mustRun(exam.status)
      if (store.encounters.confirmation(encounterId) === null) throw new AttuneError('identity-not-confirmed')
      const sps = spsAt(store, slot)
      if (spId === null && sps.length > 0) throw new AttuneError('bad-input', { field: 'spId', problem: 'who has it?' })
      if (spId !== null && !sps.some(({ id }) => id === spId)) throw new AttuneError('not-found', { kind: 'person' })
      // Found out before the examiner gives the device away, not by the SP who then has it.
      if (isFormOfOther(store, slot, spId)) throw new AttuneError('form-of-other-sp')
      return changed(context.clientId, await sessions.handOver(context.clientId, encounterId, returnCode, spId))
    },
    'handover.end': async ({ returnCode }, { clientId }) =>
      changedForAll(await sessions.takeBack(clientId, returnCode)),
  }
}
