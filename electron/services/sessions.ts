import { AttuneError } from '#shared/contract/result.ts'
import type { EncounterId, PersonId } from '#shared/domain/ids.ts'
import type { Session } from '#shared/domain/session.ts'
import { lentSession, type Loans } from './loans.ts'

/**
 * Who sits in front of each window. In memory alone: after a restart one chooses again. Only that a window is lent
 * outlasts it: until the return code is given, every window that nobody sits at is with the SP.
 */
export type Sessions = {
  of(clientId: string): Session | null
  choose(clientId: string, who: Omit<Session, 'handedOver'>): Session
  leave(clientId: string): void
  handOver(clientId: string, encounterId: EncounterId, returnCode: string, spId: PersonId | null): Session
  /** Throws 'wrong-return-code' with the seconds to wait before the next try counts. */
  takeBack(clientId: string, returnCode: string, now: number): Session
  forget(clientId: string): void
}

export function createSessions(loans: Loans): Sessions {
  /** null: somebody sat here, and left. */
  const seats = new Map<string, Session | null>()
  const loanAt = (clientId: string) => loans.at(clientId, !seats.has(clientId))
  const sit = (clientId: string, session: Session): Session => {
    seats.set(clientId, session)
    return session
  }
  const of = (clientId: string): Session | null => {
    const loan = loanAt(clientId)
    return loan ? lentSession(loan) : (seats.get(clientId) ?? null)
  }
  return {
    of,
    choose: (clientId, who) => sit(clientId, { ...who, handedOver: null }),
    leave: (clientId) => {
      seats.set(clientId, null)
    },
    handOver: (clientId, encounterId, returnCode, spId) => {
      const back = of(clientId)
      if (!back) throw new AttuneError('forbidden')
      const loan = loans.begin({ clientId, encounterId, spId, back }, returnCode)
      seats.delete(clientId)
      return lentSession(loan)
    },
    takeBack: (clientId, returnCode, now) => {
      const loan = loanAt(clientId)
      if (!loan) throw new AttuneError('forbidden')
      return sit(clientId, loans.end(loan, returnCode, now))
    },
    forget: (clientId) => {
      seats.delete(clientId)
    },
  }
}
