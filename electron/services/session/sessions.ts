import { AttuneError } from '#shared/contract/result.ts'
import type { EncounterId, PersonId } from '#shared/domain/ids.ts'
import type { Session } from '#shared/domain/session.ts'
import { lentSession, type Loans } from './loans.ts'

/**
 * Who sits in front of each window. In memory alone: after a restart one signs in again. Only that a window is lent
 * outlasts it. A loan binds its own window; while that is gone, because the host was restarted or the window was closed,
 * it binds every window that nobody sits at. So others of the installation go on working beside a lent window, and
 * neither a restart nor closing it is a way to the examiner's marks.
 */
export type Sessions = {
  /** Who sits there now; asking changes nothing. */
  of(clientId: string): Session | null
  /** The window is there: it calls, or listens. A lent one is then bound itself, and those that waited in its place are free. */
  heardOf(clientId: string): void
  /** Somebody has signed in. */
  sit(clientId: string, who: Pick<Session, 'role' | 'examId' | 'personId'>): Session
  leave(clientId: string): void
  /** Somebody touched the window, or a key. */
  touched(clientId: string): void
  /** The window asks for the PIN again; a lent one stays with its SP. */
  lock(clientId: string): void
  /** The windows of somebody whose PIN is another by now, or who is gone, but for this one. */
  lockOf(personId: PersonId, but: string | null): void
  /** Ends what somebody had open, who is no more. */
  endOf(personId: PersonId): void
  /** Locks the windows that nobody has touched for too long. */
  lookForIdle(): void
  handOver(clientId: string, encounterId: EncounterId, returnCode: string, spId: PersonId | null): Promise<Session>
  /** Throws 'wrong-return-code' with the seconds to wait before the next try counts. */
  takeBack(clientId: string, returnCode: string): Promise<Session>
  /** The window was closed. */
  forget(clientId: string): void
}

/** Why a window asks for the PIN: nobody touched it, somebody asked for it, or the person has another PIN now. */
export type LockCause = 'idle' | 'asked' | 'new-pin'

type Seat = { session: Session; touchedAt: number }

type Parts = {
  loans: Loans
  /** A lent window comes back or goes: windows that nobody sits at may be bound or free now. */
  onPresence: () => void
  /** The session of this window became another by itself. */
  onChange: (clientId: string) => void
  /** A window was locked. */
  onLock: (session: Session, cause: LockCause) => void
  /** The monotonic clock, in milliseconds. */
  now: () => number
  /** After how long without a touch a window locks, in milliseconds. */
  idleMs: () => number
}

export function createSessions({ loans, onPresence, onChange, onLock, now, idleMs }: Parts): Sessions {
  /** null: somebody sat here, and left. */
  const seats = new Map<string, Seat | null>()
  /** Lent windows that are there: handed over, or heard of since the start, and not closed since. */
  const present = new Set<string>()
  const loanAt = (clientId: string) => {
    const own = loans.of(clientId)
    if (own !== null) return own
    return seats.has(clientId) ? null : loans.latestAbsent(present)
  }
  const put = (clientId: string, session: Session): Session => {
    seats.set(clientId, { session, touchedAt: now() })
    return session
  }
  const lock = (clientId: string, seat: Seat, cause: LockCause) => {
    if (seat.session.locked) return
    seats.set(clientId, { ...seat, session: { ...seat.session, locked: true } })
    onLock(seat.session, cause)
    onChange(clientId)
  }
  const isIdle = ({ session, touchedAt }: Seat) => !session.locked && now() - touchedAt >= idleMs()
  const of = (clientId: string): Session | null => {
    const loan = loanAt(clientId)
    if (loan) return lentSession(loan)
    const seat = seats.get(clientId)
    if (!seat) return null
    // Not only when the timer looks: a machine that slept wakes up locked.
    return isIdle(seat) ? { ...seat.session, locked: true } : seat.session
  }
  const seatsOf = (personId: PersonId) => [...seats].filter(([, seat]) => seat?.session.personId === personId)
  return {
    of,
    heardOf: (clientId) => {
      if (present.has(clientId) || loans.of(clientId) === null) return
      present.add(clientId)
      onPresence()
    },
    sit: (clientId, who) => put(clientId, { ...who, handedOver: null, locked: false }),
    leave: (clientId) => {
      seats.set(clientId, null)
    },
    touched: (clientId) => {
      const seat = seats.get(clientId)
      if (seat && !seat.session.locked && !isIdle(seat)) seats.set(clientId, { ...seat, touchedAt: now() })
    },
    lock: (clientId) => {
      const seat = seats.get(clientId)
      if (seat) lock(clientId, seat, 'asked')
    },
    lockOf: (personId, but) => {
      for (const [clientId, seat] of seatsOf(personId)) if (seat && clientId !== but) lock(clientId, seat, 'new-pin')
    },
    endOf: (personId) => {
      for (const [clientId] of seatsOf(personId)) {
        seats.set(clientId, null)
        onChange(clientId)
      }
    },
    lookForIdle: () => {
      for (const [clientId, seat] of [...seats]) if (seat && isIdle(seat)) lock(clientId, seat, 'idle')
    },
    handOver: async (clientId, encounterId, returnCode, spId) => {
      const back = of(clientId)
      if (!back || back.locked) throw new AttuneError('forbidden')
      const loan = await loans.begin({ clientId, encounterId, spId, back }, returnCode)
      seats.delete(clientId)
      present.add(clientId)
      return lentSession(loan)
    },
    takeBack: async (clientId, returnCode) => {
      const loan = loanAt(clientId)
      if (!loan) throw new AttuneError('forbidden')
      return put(clientId, await loans.end(loan, returnCode))
    },
    forget: (clientId) => {
      seats.delete(clientId)
      if (present.delete(clientId) && loans.of(clientId)) onPresence()
    },
  }
}
