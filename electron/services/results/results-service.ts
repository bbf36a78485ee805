import { AttuneError } from '#shared/contract/result.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import type { Repositories } from '#electron/store/store.ts'
import type { Reader } from '#electron/threads/reader.ts'

type Parts = { store: Repositories; reader: Reader }

/** Results as the director sees them: computed afresh at each call, on the reading thread where that takes long. */
export function createResultHandlers({ store, reader }: Parts): HandlersOf<'results'> {
  return {
    'results.cohort': (of) => reader.read('cohort', of),
    'results.candidate': (of) => reader.read('candidate', of),
    'results.encounter': ({ encounterId }) => {
      if (!store.encounters.get(encounterId)) throw new AttuneError('not-found')
      return { ...store.encounters.record(encounterId), sp: store.encounters.spRecord(encounterId) }
    },
  }
}
