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
  /** Who sits there now; asking changes nothing. */
  of(clientId: string): Session | null
  /** The window is there: it calls, or listens. A lent one is then bound itself, and those that waited in its place are free. */
  heardOf(clientId: string): void
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
    if (own !== null) return own
    return seats.has(clientId) ? null : loans.latestAbsent(present)
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
    heardOf: (clientId) => {
      if (present.has(clientId) || loans.of(clientId) === null) return
      present.add(clientId)
      onPresence()
    },
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
