import type { RosterEntry } from '#shared/contract/parts/exams.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import type { Store } from '#electron/store/store.ts'

/** The people of an exam, each with their stations: what the start screen tells before anybody has signed in. */
export function examRoster(store: Store, examId: ExamId): RosterEntry[] {
  const numbers = new Map(store.stations.ofExam(examId).map(({ id, number }) => [id, number]))
  const pins = store.accounts.pinsOf(examId)
  return store.people.ofExam(examId).map(({ id, role, name, stationIds }) => {
    const pin = pins.get(id)
    return {
      person: { id, role, name },
      stations: stationIds.flatMap((station) => numbers.get(station) ?? []),
      pin: pin === undefined ? 'none' : pin.sample ? 'sample' : 'own',
    }
  })
}
