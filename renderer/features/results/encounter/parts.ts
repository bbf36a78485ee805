import type { Candidate, Station } from '#shared/domain/exam.ts'
import type { EncounterId } from '#shared/domain/ids.ts'
import type { Cell, CohortResult } from '#shared/domain/results.ts'
import { rubricOf, type Rubric } from '#shared/domain/rubric.ts'

export type EncounterParts = { cell: Cell; station: Station; candidate: Candidate; rubric: Rubric }

/** Who met whom where, and the rubric it was rated with; null for an encounter that the results do not know. */
export function partsOf(
  { cells, stations, candidates, rubrics }: CohortResult,
  encounterId: EncounterId,
): EncounterParts | null {
  const cell = cells.find((entry) => entry.encounterId === encounterId)
  const station = stations.find(({ id }) => id === cell?.stationId)
  const candidate = candidates.find((entry) => entry.candidate.id === cell?.candidateId)?.candidate
  const rubric = station && rubricOf({ rubrics }, station)
  return cell && candidate && rubric ? { cell, station, candidate, rubric } : null
}
