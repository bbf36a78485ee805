import type { Candidate, EncounterSlot, Exam, Person, Station } from '#shared/domain/exam.ts'
import type { CandidateId, EncounterId, ExamId, PersonId, StationId } from '#shared/domain/ids.ts'
import type { Rubric } from '#shared/domain/rubric.ts'
import type { Store } from '#electron/store/store.ts'

/** Set-up by id; null for what is not there. */
export type SetUp = {
  exam(id: ExamId): Exam | null
  station(id: StationId): Station | null
  candidate(id: CandidateId): Candidate | null
  person(id: PersonId): Person | null
  slot(id: EncounterId): EncounterSlot | null
  /** The rubric that a station is rated with; null for a rest station. */
  rubricAt(id: StationId): Rubric | null
}

/**
 * Reads each part of the set-up once until any of it changes: every mark needs exam, station, candidate, rubric and
 * person, and reading and checking them takes longer than writing the mark.
 */
export function createSetUpMemory(store: Store): () => SetUp {
  let version: number | null = null
  let setUp = readingOnce(store)
  return () => {
    const now = store.setUpVersion()
    if (now === null || now !== version) setUp = readingOnce(store)
    version = now
    return setUp
  }
}

function readingOnce(store: Store): SetUp {
  const station = once(store.stations.get)
  return {
    station,
    exam: once(store.exams.get),
    candidate: once(store.candidates.get),
    person: once(store.people.get),
    slot: once(store.encounters.get),
    rubricAt: once((id: StationId) => {
      const ref = station(id)?.rubric
      return (ref && store.rubrics.get(ref)?.rubric) ?? null
    }),
  }
}

function once<Id, T>(read: (id: Id) => T): (id: Id) => T {
  const known = new Map<Id, T>()
  return (id) => {
    const found = known.get(id)
    if (found !== undefined) return found
    const value = read(id)
    known.set(id, value)
    return value
  }
}
