import type { Coverage } from '#shared/contract/parts/laptops.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import type { Store } from '#electron/store/store.ts'

/** What has come of each scored station and round, in the order of stations, then rounds. */
export function coverageOf(store: Store, examId: ExamId): Coverage[] {
  const stations = new Map(
    store.stations.ofExam(examId).flatMap(({ id, number, kind }) => (kind === 'scored' ? [[id, number] as const] : [])),
  )
  const standings = store.encounters.standings(examId)
  const conflicts = store.encounters.conflicts(examId)
  const partial = store.chains.partial(examId)
  const slots = store.encounters.ofExam(examId).flatMap((slot) => {
    const stationNumber = stations.get(slot.stationId)
    return stationNumber === undefined ? [] : [{ ...slot, stationNumber }]
  })
  return [...Map.groupBy(slots, ({ stationNumber, round }) => `${stationNumber} ${round}`).values()]
    .flatMap((cell): Coverage[] => {
      const [first] = cell
      if (!first) return []
      const { stationNumber, round } = first
      if (cell.some(({ id }) => conflicts.has(id))) return [{ stationNumber, round, state: 'conflicting' }]
      const statuses = cell.map(({ id }) => standings.get(id)?.status ?? 'scheduled')
      const done = statuses.filter((status) => status === 'submitted' || status === 'absent').length
      const begun = statuses.filter((status) => status !== 'scheduled').length
      return [
        {
          stationNumber,
          round,
          state:
            done === cell.length && !cell.some(({ id }) => partial.has(id))
              ? 'complete'
              : begun > 0
                ? 'partial'
                : 'missing',
        },
      ]
    })
    .toSorted((a, b) => a.stationNumber - b.stationNumber || a.round - b.round)
}
