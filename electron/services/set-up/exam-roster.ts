import type { RosterEntry } from '#shared/contract/parts/exams.ts'
import type { Person } from '#shared/domain/exam.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import { byPlan } from '#shared/domain/plan-order.ts'
import type { Store } from '#electron/store/store.ts'

/**
 * The people of an exam, each with the next encounter at their stations and how many are left: the first, in the order of
 * the plan, that is not over for them. An examiner's may be under way, an SP's may wait for the form.
 */
export function examRoster(store: Store, examId: ExamId): RosterEntry[] {
  const stations = new Map(store.stations.ofExam(examId).map((station) => [station.id, station]))
  const candidates = new Map(store.candidates.ofExam(examId).map((candidate) => [candidate.id, candidate]))
  const standings = store.encounters.standings(examId)
  const planned = store.encounters
    .ofExam(examId)
    .flatMap((slot) => {
      const station = stations.get(slot.stationId)
      const candidate = candidates.get(slot.candidateId)
      if (station?.kind !== 'scored' || !candidate) return []
      const { status, spStatus } = standings.get(slot.id) ?? { status: 'scheduled', spStatus: 'open' }
      return [{ slot, station, stationNumber: station.number, candidate, status, spStatus }]
    })
    .sort(byPlan)
  const isLeft = ({ status, spStatus }: (typeof planned)[number], role: Person['role']): boolean =>
    role === 'examiner' ? status === 'scheduled' || status === 'open' : spStatus === 'open' && status !== 'absent'
  return store.people.ofExam(examId).map((person) => {
    const left = planned.filter((row) => person.stationIds.includes(row.station.id) && isLeft(row, person.role))
    const [next] = left
    return {
      person,
      next: next
        ? {
            encounterId: next.slot.id,
            stationNumber: next.station.number,
            stationTitle: next.station.title,
            candidateNumber: next.candidate.number,
            startsAtSecond: next.slot.startsAtSecond,
          }
        : null,
      remaining: left.length,
    }
  })
}
