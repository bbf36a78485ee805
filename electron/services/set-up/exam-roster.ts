import type { RosterEntry } from '#shared/contract/parts/exams.ts'
import type { EncounterSlot, Person } from '#shared/domain/exam.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import type { Store } from '#electron/store/store.ts'

/** The people of an exam, each with the next encounter at their stations and how many are left. */
export function examRoster(store: Store, examId: ExamId): RosterEntry[] {
  const stations = new Map(store.stations.ofExam(examId).map((station) => [station.id, station]))
  const candidates = new Map(store.candidates.ofExam(examId).map((candidate) => [candidate.id, candidate]))
  const standings = store.encounters.standings(examId)
  const slots = store.encounters.ofExam(examId).filter(({ stationId }) => stations.get(stationId)?.kind === 'scored')
  const isLeft = (slot: EncounterSlot, role: Person['role']): boolean => {
    const { status = 'scheduled', spStatus = 'open' } = standings.get(slot.id) ?? {}
    return role === 'examiner'
      ? status === 'scheduled' || status === 'open'
      : spStatus === 'open' && status !== 'absent'
  }
  return store.people.ofExam(examId).map((person) => {
    const left = slots.filter((slot) => person.stationIds.includes(slot.stationId) && isLeft(slot, person.role))
    const [slot] = left
    const station = slot && stations.get(slot.stationId)
    const candidate = slot && candidates.get(slot.candidateId)
    return {
      person,
      next:
        station && candidate
          ? {
              encounterId: slot.id,
              stationNumber: station.number,
              stationTitle: station.title,
              candidateNumber: candidate.number,
              startsAtSecond: slot.startsAtSecond,
            }
          : null,
      remaining: left.length,
    }
  })
}
