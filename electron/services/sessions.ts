import { createHash, timingSafeEqual } from 'node:crypto'
import { AttuneError } from '#shared/contract/result.ts'
import type { EncounterId, ExamId, PersonId } from '#shared/domain/ids.ts'
import type { Session } from '#shared/domain/session.ts'

type Seat = {
  session: Session
  /** While the device is with the SP: whom it goes back to, and what the code must be. */
  lent: { back: Session; codeHash: Buffer; failures: number; notBefore: number } | null
}

/** Who sits in front of each window. In memory alone: after a restart one chooses again. */
export type Sessions = {
  of(clientId: string): Session | null
  choose(clientId: string, who: { role: Session['role']; examId: ExamId | null; personId: PersonId | null }): Session
  leave(clientId: string): void
  handOver(clientId: string, encounterId: EncounterId, returnCode: string, spId: PersonId | null): Session
  /** Throws 'wrong-return-code' with the seconds to wait before the next try counts. */
  takeBack(clientId: string, returnCode: string, now: number): Session
  forget(clientId: string): void
}

const LONGEST_WAIT_S = 60

export function createSessions(): Sessions {
  const seats = new Map<string, Seat>()
  const seatOf = (clientId: string): Seat => {
    const seat = seats.get(clientId)
    if (!seat) throw new AttuneError('forbidden')
    return seat
  }
  const sit = (clientId: string, seat: Seat): Session => {
    seats.set(clientId, seat)
    return seat.session
  }
  return {
    of: (clientId) => seats.get(clientId)?.session ?? null,
    choose: (clientId, who) => sit(clientId, { session: { ...who, handedOver: null }, lent: null }),
    leave: (clientId) => {
      seats.delete(clientId)
    },
    handOver: (clientId, encounterId, returnCode, spId) => {
      const back = seatOf(clientId).session
      return sit(clientId, {
        session: { role: 'sp', examId: back.examId, personId: spId, handedOver: encounterId },
        lent: { back, codeHash: hash(returnCode), failures: 0, notBefore: 0 },
      })
    },
    takeBack: (clientId, returnCode, now) => {
      const { lent } = seatOf(clientId)
      if (!lent) throw new AttuneError('forbidden')
      if (now >= lent.notBefore && timingSafeEqual(hash(returnCode), lent.codeHash)) {
        return sit(clientId, { session: lent.back, lent: null })
      }
      if (now >= lent.notBefore) {
        lent.failures += 1
        const waitS = lent.failures < 3 ? 0 : Math.min(LONGEST_WAIT_S, 2 ** (lent.failures - 2))
        lent.notBefore = now + waitS * 1000
      }
      throw new AttuneError('wrong-return-code', { waitSeconds: Math.max(0, Math.ceil((lent.notBefore - now) / 1000)) })
    },
    // A lent device stays lent: closing and opening the page must not be the way to the examiner's marks.
    forget: (clientId) => {
      if (!seats.get(clientId)?.lent) seats.delete(clientId)
    },
  }
}

const hash = (code: string): Buffer => createHash('sha256').update(code).digest()
