import type { EncounterScores } from '#shared/contract/parts/encounters.ts'
import { withholdsScore } from '#shared/domain/amendment.ts'
import { AttuneError } from '#shared/contract/result.ts'
import type { EncounterId } from '#shared/domain/ids.ts'
import { domainScores, encounterScore } from '#shared/scoring/encounter-score.ts'
import type { Store } from '#electron/store/store.ts'

/** Scores of one encounter from what the ledger says of it. */
export function scoresOf(
  store: Pick<Store, 'encounters' | 'exams' | 'stations' | 'candidates' | 'rubrics'>,
  id: EncounterId,
): EncounterScores {
  const slot = store.encounters.get(id)
  const rubricRef = slot && store.stations.get(slot.stationId)?.rubric
  const rubric = rubricRef && store.rubrics.get(rubricRef)?.rubric
  if (!rubric) throw new AttuneError('not-found')
  const { ratings, conflicts } = store.encounters.record(id)
  if (withholdsScore(conflicts)) {
    return { station: { value: null, n: ratings.length, reason: 'conflict' }, domains: [] }
  }
  return { station: encounterScore(rubric, ratings), domains: domainScores(rubric, ratings) }
}
