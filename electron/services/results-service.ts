import type { EncounterScores } from '#shared/contract/parts/encounters.ts'
import { AttuneError } from '#shared/contract/result.ts'
import type { EncounterStatus } from '#shared/domain/exam.ts'
import type { Score } from '#shared/domain/scores.ts'
import { candidateResult, cohortProfile } from '#shared/scoring/candidate-result.ts'
import { cohortResult } from '#shared/scoring/cohort-result.ts'
import type { HandlersOf } from '#electron/ipc/handlers.ts'
import type { Repositories } from '#electron/store/store.ts'
import { scoresOf } from './encounter-service.ts'
import { readExamData } from './read-exam-data.ts'

/** Results as the director sees them: computed afresh from the store at each call. */
export function createResultHandlers(store: Repositories): HandlersOf<'results'> {
  return {
    'results.cohort': ({ examId }) => cohortResult(readExamData(store, examId)),
    'results.candidate': ({ examId, candidateId }) => {
      const data = readExamData(store, examId)
      const candidate = data.candidates.find(({ id }) => id === candidateId)
      if (!candidate) throw new AttuneError('unknown-candidate')
      return candidateResult(data, candidate, cohortProfile(data))
    },
    'results.encounter': ({ encounterId }) => {
      const record = store.encounters.record(encounterId)
      const scores = scoresOf(store, encounterId)
      return { record, scores: record.status === 'submitted' ? scores : withheld(scores, record.status) }
    },
  }
}

/** What counts nothing yet: the marks may be seen as they come in, but no total before the examiner has finished. */
function withheld({ station, domains }: EncounterScores, status: EncounterStatus): EncounterScores {
  const without = ({ n }: Score): Score => ({
    value: null,
    n,
    reason: status === 'absent' ? 'absent' : 'not-submitted',
  })
  return {
    station: without(station),
    domains: domains.map(({ domainId, score }) => ({ domainId, score: without(score) })),
  }
}
