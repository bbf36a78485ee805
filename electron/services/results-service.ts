import { AttuneError } from '#shared/contract/result.ts'
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
      return { record, scores: scoresOf(store, encounterId) }
    },
  }
}
