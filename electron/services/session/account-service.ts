import type { AccountList, Slip } from '#shared/contract/parts/accounts.ts'
import type { FileRef } from '#shared/contract/parts/common.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { cleanLine } from '#shared/domain/clean-line.ts'
import { personFieldsSchema } from '#shared/domain/exam.ts'
import { eventIdSchema, personIdSchema, type ExamId, type PersonId } from '#shared/domain/ids.ts'
import type { AdministrativePayload } from '#shared/domain/ledger-event.ts'
import { SAMPLE_PIN } from '#shared/domain/pin.ts'
import type { Session } from '#shared/domain/session.ts'
import type { EventHub } from '#electron/base/event-hub.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import { RECOVERY_KEY } from '#electron/store/repositories/accounts.ts'
import type { Store } from '#electron/store/store.ts'
import { checked, openExam, refuseErased, type SetUpParts } from '../set-up/set-up.ts'
import type { Accounts } from './accounts.ts'
import type { Sessions } from './sessions.ts'
import type { SignInLog } from './sign-in-log.ts'

type Parts = SetUpParts & {
  sessions: Sessions
  accounts: Accounts
  signIns: Pick<SignInLog, 'note'>
  windows: Pick<EventHub, 'publishTo'>
  printSlips: (examId: ExamId, slips: readonly Slip[]) => Promise<FileRef>
}

/** Directors, their PINs and the recovery key, and the PINs of an exam's people. */
export function createAccountHandlers(parts: Parts): HandlersOf<'account'> {
  const { store, events, sessions, accounts, signIns, windows, ids } = parts
  const list = (): AccountList => ({
    directors: store.accounts.directors().map(({ id, name }) => ({
      id,
      name,
      samplePin: store.accounts.credential(id)?.sample === true ? SAMPLE_PIN : null,
    })),
    recoverable: store.accounts.credential(RECOVERY_KEY) !== null,
  })
  const sit = (clientId: string, personId: PersonId): Session => {
    const session = sessions.sit(clientId, { role: 'director', examId: null, personId })
    signIns.note(session, { type: 'session.began' })
    windows.publishTo(clientId, 'session.changed', {})
    return session
  }
  const nameOf = (name: string) => checked(personFieldsSchema.shape.name, cleanLine(name))
  const noDirectorYet = () => {
    if (store.accounts.directors().length > 0) throw new AttuneError('director-exists')
  }
  const mustBeDirector = (id: PersonId) => {
    if (!store.accounts.directors().some((director) => director.id === id)) {
      throw new AttuneError('not-found', { kind: 'person' })
    }
  }
  /** Whoever calls as a director is one. */
  const selfOf = ({ session }: { session: Session | null }): PersonId => {
    const self = session?.personId ?? null
    if (self === null) throw new AttuneError('forbidden')
    return self
  }
  /** Writes what a director does about PINs and directors together with its line in the ledger, or neither. */
  const record = (by: PersonId | null, payload: AdministrativePayload, change: () => void) => {
    const id = eventIdSchema.parse(ids())
    const about = { id, examId: null, encounterId: null, raterId: by, role: 'director', offsetMs: null } as const
    store.ledger.append({ ...about, payload }, change)
  }
  const newKey = (by: PersonId) =>
    accounts.newRecoveryKey((write) => {
      record(by, { type: 'recovery-key.made' }, write)
    })

  return {
    'account.list': list,
    'account.begin': async ({ name, pin }, { clientId }) => {
      noDirectorYet()
      const director = { id: personIdSchema.parse(ids()), name: nameOf(name) }
      await accounts.newPin(director.id, pin, (write) => {
        record(director.id, { type: 'director.added', personId: director.id }, () => {
          noDirectorYet()
          store.accounts.putDirector(director)
          write()
        })
      })
      const recoveryKey = await newKey(director.id)
      return { session: sit(clientId, director.id), recoveryKey }
    },
    'account.recover': async ({ directorId, recoveryKey, pin }, { clientId }) => {
      mustBeDirector(directorId)
      await accounts.verifyRecoveryKey(recoveryKey)
      await accounts.newPin(directorId, pin, (write) => {
        record(directorId, { type: 'pin.set', personId: directorId, cause: 'recovered' }, () => {
          mustBeDirector(directorId)
          write()
        })
      })
      sessions.lockOf(directorId, clientId)
      const next = await newKey(directorId)
      return { session: sit(clientId, directorId), recoveryKey: next }
    },
    'account.newKey': async ({ pin }, context) => {
      const self = selfOf(context)
      await accounts.verify(self, pin)
      return { recoveryKey: await newKey(self) }
    },
    'account.changePin': async ({ pin, newPin }, context) => {
      const self = selfOf(context)
      await accounts.verify(self, pin)
      await accounts.newPin(self, newPin, (write) => {
        record(self, { type: 'pin.set', personId: self, cause: 'changed' }, () => {
          mustBeDirector(self)
          write()
        })
      })
      sessions.lockOf(self, context.clientId)
      return {}
    },
    'account.addDirector': async ({ name, pin }, { session }) => {
      const director = { id: personIdSchema.parse(ids()), name: nameOf(name) }
      await accounts.newPin(director.id, pin, (write) => {
        record(session?.personId ?? null, { type: 'director.added', personId: director.id }, () => {
          store.accounts.putDirector(director)
          write()
        })
      })
      return list()
    },
    'account.renameDirector': ({ directorId, name }, { session }) => {
      mustBeDirector(directorId)
      record(session?.personId ?? null, { type: 'director.renamed', personId: directorId }, () => {
        store.accounts.putDirector({ id: directorId, name: nameOf(name) })
      })
      return list()
    },
    'account.removeDirector': ({ directorId }, { session }) => {
      record(session?.personId ?? null, { type: 'director.removed', personId: directorId }, () => {
        mustBeDirector(directorId)
        if (store.accounts.directors().length === 1) throw new AttuneError('last-director')
        store.accounts.removeDirector(directorId)
      })
      sessions.endOf(directorId)
      return list()
    },
    'account.givePins': async ({ examId, personIds }, { session }) => {
      const slips: Slip[] = []
      for (const personId of new Set(personIds)) {
        const pin = accounts.randomPin()
        mustBeOf(store, examId, personId)
        refuseErased(store, personId)
        await accounts.newPin(personId, pin, (write) => {
          record(session?.personId ?? null, { type: 'pin.set', personId, cause: 'handed-out' }, () => {
            openExam(store, examId)
            mustBeOf(store, examId, personId)
            write()
          })
        })
        events.publish('exam.changed', { examId })
        sessions.lockOf(personId, null)
        slips.push({ personId, pin })
      }
      return slips
    },
    'account.printPins': ({ examId, slips }) => {
      for (const { personId } of slips) mustBeOf(store, examId, personId)
      return parts.printSlips(examId, slips)
    },
  }
}

/** Throws 'not-found' for somebody of another exam, or of none. */
function mustBeOf(store: Store, examId: ExamId, personId: PersonId): void {
  if (store.people.get(personId)?.examId !== examId) throw new AttuneError('not-found', { kind: 'person' })
}
