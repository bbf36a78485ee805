import type { Station } from '#shared/domain/exam.ts'
import type { CandidateResult, StationResult } from '#shared/domain/results.ts'
import { rubricOf, type Rubric } from '#shared/domain/rubric.ts'

export type Met = { station: Station; rubric: Rubric; result: StationResult }

/** The scored stations of a candidate in the order of their numbers, each with its rubric. */
export function metStations({ stations, rubrics, results }: CandidateResult): Met[] {
  return stations
    .toSorted((a, b) => a.number - b.number)
    .flatMap((station) => {
      const result = results.find(({ stationId }) => stationId === station.id)
      const rubric = rubricOf({ rubrics }, station)
      return result && rubric ? [{ station, rubric, result }] : []
    })
}
