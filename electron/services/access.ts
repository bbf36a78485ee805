import { AttuneError } from '#shared/contract/result.ts'
import type { Candidate, EncounterSlot, Exam, Station } from '#shared/domain/exam.ts'
import type { EncounterId, PersonId } from '#shared/domain/ids.ts'
import type { Rubric } from '#shared/domain/rubric.ts'
import type { Session } from '#shared/domain/session.ts'
import type { CallContext } from '#electron/ipc/handlers.ts'
import type { Repositories } from '#electron/store/store.ts'

export type Encounter = { slot: EncounterSlot; exam: Exam; station: Station; candidate: Candidate; rubric: Rubric }

/** Who may touch which encounter, and everything that belongs to it. */
export type Access = {
  /** Of an own station for an examiner or an SP, of any for a director. Throws 'not-found' or 'forbidden'. */
  encounter(context: CallContext, id: EncounterId): Encounter
  /** The stations a session works at; null: all. */
  ownStations(session: Session | null): ReadonlySet<string> | null
}

export function createAccess(store: Repositories): Access {
  const ownStations = (session: Session | null): ReadonlySet<string> | null => {
    if (session?.role === 'director') return null
    return new Set(session?.personId ? (store.people.get(session.personId)?.stationIds ?? []) : [])
  }
  return {
    ownStations,
    encounter: ({ session }, id) => {
      const slot = store.encounters.get(id)
      if (!slot) throw new AttuneError('not-found')
      const own = session?.handedOver ? session.handedOver === id : (ownStations(session)?.has(slot.stationId) ?? true)
      if (!own) throw new AttuneError('forbidden')
      return encounterOf(store, slot)
    },
  }
}

/** A slot with its exam, station, candidate and rubric. Throws 'not-found' for a rest station: nobody is rated there. */
export function encounterOf(store: Repositories, slot: EncounterSlot): Encounter {
  const exam = store.exams.get(slot.examId)
  const station = store.stations.get(slot.stationId)
  const candidate = store.candidates.get(slot.candidateId)
  const rubric = station?.rubric ? store.rubrics.get(station.rubric)?.rubric : undefined
  if (!exam || !station || !candidate || !rubric) throw new AttuneError('not-found')
  return { slot, exam, station, candidate, rubric }
}

/** Who stands behind a session in the ledger. */
export const raterOf = (session: Session | null): { raterId: PersonId | null; role: Session['role'] } => {
  if (!session) throw new AttuneError('forbidden')
  return { raterId: session.personId, role: session.role }
}
