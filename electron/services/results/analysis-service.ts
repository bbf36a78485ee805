import { isDeepStrictEqual } from 'node:util'
import { AttuneError } from '#shared/contract/result.ts'
import type { LedgerEvent } from '#shared/domain/ledger-event.ts'
import { basisOf, type Scenario } from '#shared/domain/scenario.ts'
import type { Standard } from '#shared/domain/standard.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import { entryAbout, examOf, type SetUpParts } from '#electron/services/set-up/set-up.ts'
import type { Reader } from '#electron/threads/reader.ts'
import { reasonOf } from './amendment-rules.ts'

type Parts = Omit<SetUpParts, 'ids'> & { reader: Reader }

/**
 * The analysis as the director sees it: computed afresh at each call, on the reading thread. A decision is computed there
 * as well, of the marks as they are then, and only written here.
 */
export function createAnalysisHandlers({ store, events, reader }: Parts): HandlersOf<'analysis'> {
  return {
    'analysis.overview': (of) => reader.read('analysisOverview', of),
    'analysis.stations': (of) => reader.read('analysisStations', of),
    'analysis.reliability': (of) => reader.read('analysisReliability', of),
    'analysis.examiners': (of) => reader.read('analysisExaminers', of),
    'analysis.patients': (of) => reader.read('analysisPatients', of),
    'analysis.groups': (of) => reader.read('analysisGroups', of),
    'analysis.whatIf': (of) => reader.read('analysisWhatIf', of),
    'analysis.readFile': (file) => reader.read('marksFileRead', file),
    'analysis.file': (file) => reader.read('marksFile', file),
    'analysis.fileExaminers': (file) => reader.read('marksFileExaminers', file),
    'analysis.decide': async ({ examId, eventId, scenario, reason: text }, { session }) => {
      examOf(store, examId)
      const reason = reasonOf(text)
      const written = store.ledger.find(eventId) ?? (await append())
      if (!isSame(written, examId, scenario, reason)) throw new AttuneError('bad-input')
      const decided = store.standards.decided(examId).find(({ decision }) => decision.eventId === eventId)
      if (!decided) throw new AttuneError('bad-input')
      return decided

      async function append(): Promise<LedgerEvent> {
        const { standard } = await reader.read('analysisScenario', { examId, scenario })
        if (standard === null) throw new AttuneError('standard-withheld')
        const payload = { type: 'standard.decided', standard, reason } as const
        const event = store.ledger.append(entryAbout(() => eventId, { examId, session }, payload))
        events.publish('exam.changed', { examId })
        return event
      }
    },
  }
}

/** Whether an event on disk is this decision, sent again after an answer that was lost. */
const isSame = (written: LedgerEvent, examId: ExamId, scenario: Scenario, reason: string): boolean =>
  written.examId === examId &&
  written.payload.type === 'standard.decided' &&
  written.payload.reason === reason &&
  follows(written.payload.standard, scenario)

/** Whether a standard was made by the rule of a scenario. Its figures may have been others then. */
const follows = (standard: Standard, scenario: Scenario): boolean => {
  const { method, semMultiple, minStationsPassed, excluded } = scenario
  return (
    standard.method === method &&
    (standard.basis === undefined || isDeepStrictEqual(standard.basis, basisOf(scenario))) &&
    standard.semMultiple === semMultiple &&
    standard.minStationsPassed === minStationsPassed &&
    standard.excluded.length === new Set(excluded).size &&
    excluded.every((id) => standard.excluded.includes(id))
  )
}
