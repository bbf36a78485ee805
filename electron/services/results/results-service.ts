import type { EncounterScores } from '#shared/contract/parts/encounters.ts'
import type { EncounterStatus } from '#shared/domain/exam.ts'
import type { Score } from '#shared/domain/scores.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import { scoresOf } from '#electron/services/encounter/scores.ts'
import type { Repositories } from '#electron/store/store.ts'
import type { Reader } from '#electron/threads/reader.ts'

type Parts = { store: Repositories; reader: Reader }

/** Results as the director sees them: computed afresh at each call, on the reading thread where that takes long. */
export function createResultHandlers({ store, reader }: Parts): HandlersOf<'results'> {
  return {
    'results.cohort': (of) => reader.read('cohort', of),
    'results.candidate': (of) => reader.read('candidate', of),
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
