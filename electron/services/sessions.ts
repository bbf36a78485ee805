import { AttuneError } from '#shared/contract/result.ts'
import type { EncounterId, PersonId } from '#shared/domain/ids.ts'
import type { Session } from '#shared/domain/session.ts'
import { lentSession, type Loans } from './loans.ts'

/**
 * Who sits in front of each window. In memory alone: after a restart one chooses again. Only that a window is lent
 * outlasts it. A loan binds its own window; while that is gone, because the host was restarted or the window was closed,
 * it binds every window that nobody sits at. So others of the installation go on working beside a lent window, and
 * neither a restart nor closing it is a way to the examiner's marks.
 */
export type Sessions = {
  of(clientId: string): Session | null
  choose(clientId: string, who: Omit<Session, 'handedOver'>): Session
  leave(clientId: string): void
  handOver(clientId: string, encounterId: EncounterId, returnCode: string, spId: PersonId | null): Session
  /** Throws 'wrong-return-code' with the seconds to wait before the next try counts. */
  takeBack(clientId: string, returnCode: string, now: number): Session
  /** The window was closed. */
  forget(clientId: string): void
}

/** `onPresence` is told when a lent window comes back or goes: windows that nobody sits at may be bound or free now. */
export function createSessions(loans: Loans, onPresence: () => void): Sessions {
  /** null: somebody sat here, and left. */
  const seats = new Map<string, Session | null>()
  /** Lent windows that are there: handed over, or heard of since the start, and not closed since. */
  const present = new Set<string>()
  const loanAt = (clientId: string) => {
    const own = loans.of(clientId)
    if (own === null) return seats.has(clientId) ? null : loans.latestAbsent(present)
    if (!present.has(clientId)) {
      present.add(clientId)
      onPresence()
    }
    return own
  }
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
      present.add(clientId)
      return lentSession(loan)
    },
    takeBack: (clientId, returnCode, now) => {
      const loan = loanAt(clientId)
      if (!loan) throw new AttuneError('forbidden')
      return sit(clientId, loans.end(loan, returnCode, now))
    },
    forget: (clientId) => {
      seats.delete(clientId)
      if (present.delete(clientId) && loans.of(clientId)) onPresence()
    },
  }
}
