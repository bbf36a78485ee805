import { AttuneError } from '#shared/contract/result.ts'
import type { Candidate, EncounterSlot, Exam, Station } from '#shared/domain/exam.ts'
import type { EncounterId, PersonId } from '#shared/domain/ids.ts'
import type { LedgerEvent } from '#shared/domain/ledger-event.ts'
import type { Rubric } from '#shared/domain/rubric.ts'
import type { Session } from '#shared/domain/session.ts'
import type { CallContext } from '#electron/base/handlers.ts'
import type { Store } from '#electron/store/store.ts'
import { createSetUpMemory, type SetUp } from './set-up-memory.ts'

export type Encounter = { slot: EncounterSlot; exam: Exam; station: Station; candidate: Candidate; rubric: Rubric }

/** Who may touch which encounter, and everything that belongs to it. */
export type Access = {
  /**
   * Of an own station for an examiner or an SP, or begun by that examiner; of any for a director. Throws 'not-found',
   * 'forbidden' or 'not-assigned'.
   */
  encounter(context: CallContext, id: EncounterId): Encounter
  /** Whether an examiner or an SP works at an encounter, or has a device that was lent for it; never a director. */
  worksAt(session: Session | null, id: EncounterId): boolean
  /** What belongs to a slot. Throws 'not-found' for a rest station: nobody is rated there. */
  encounterOf(slot: EncounterSlot): Encounter
  /** The stations a session works at; null: all. */
  ownStations(session: Session | null): ReadonlySet<string> | null
}

export function createAccess(store: Store): Access {
  const setUp = createSetUpMemory(store)
  const isOwn = (session: Session | null, { id, stationId }: EncounterSlot, now: SetUp): boolean => {
    if (session?.handedOver) return session.handedOver === id
    return (stationsOf(session, now)?.has(stationId) ?? true) || isBegunBy(session, id)
  }
  /** Whoever began an encounter may finish it, though the station is somebody else's by now. */
  const isBegunBy = (session: Session | null, id: EncounterId): boolean =>
    session?.role === 'examiner' && session.personId !== null && session.personId === store.encounters.confirmedBy(id)
  return {
    ownStations: (session) => stationsOf(session, setUp()),
    worksAt: (session, id) => {
      const now = setUp()
      const slot = now.slot(id)
      return slot !== null && session?.role !== 'director' && isOwn(session, slot, now)
    },
    encounterOf: (slot) => encounterOf(slot, setUp()),
    encounter: ({ session }, id) => {
      const now = setUp()
      const slot = now.slot(id)
      if (!slot) throw new AttuneError('not-found')
      if (!isOwn(session, slot, now)) throw new AttuneError(session ? 'not-assigned' : 'forbidden')
      return encounterOf(slot, now)
    },
  }
}

function stationsOf(session: Session | null, setUp: SetUp): ReadonlySet<string> | null {
  if (session?.role === 'director') return null
  const person = session?.personId ? setUp.person(session.personId) : null
  // Somebody whose part was changed meanwhile works nowhere until they sit down anew.
  return new Set(person?.role === session?.role ? person?.stationIds : [])
}

function encounterOf(slot: EncounterSlot, setUp: SetUp): Encounter {
  const exam = setUp.exam(slot.examId)
  const station = setUp.station(slot.stationId)
  const candidate = setUp.candidate(slot.candidateId)
  const rubric = setUp.rubricAt(slot.stationId)
  if (!exam || !station || !candidate || !rubric) throw new AttuneError('not-found')
  return { slot, exam, station, candidate, rubric }
}

/** Whoever stands behind a deed; the app itself where nobody sits there. */
export const actorOf = (session: Session | null): Pick<LedgerEvent, 'raterId' | 'role'> =>
  session ? raterOf(session) : { raterId: null, role: 'system' }

/** Who stands behind a session in the ledger. */
export const raterOf = (session: Session | null): { raterId: PersonId | null; role: Session['role'] } => {
  if (!session) throw new AttuneError('forbidden')
  return { raterId: session.personId, role: session.role }
}
