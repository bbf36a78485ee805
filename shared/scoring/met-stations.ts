import type { Station } from '../domain/exam.ts'
import type { CandidateResult, StationResult } from '../domain/results.ts'
import { rubricOf, type Rubric } from '../domain/rubric.ts'

export type Met = { station: Station; rubric: Rubric; result: StationResult }

/** The stations that a candidate met, in the order of their numbers, each with its rubric. */
export function metStations({ stations, rubrics, results }: CandidateResult): Met[] {
  return stations
    .toSorted((a, b) => a.number - b.number)
    .flatMap((station) => {
      const result = results.find(({ stationId }) => stationId === station.id)
      const rubric = rubricOf({ rubrics }, station)
      return result && rubric ? [{ station, rubric, result }] : []
    })
}
