import type { HandlersOf } from '#electron/base/handlers.ts'
import type { Reader } from '#electron/threads/reader.ts'

/** The analysis as the director sees it: computed afresh at each call, on the reading thread. */
export function createAnalysisHandlers({ reader }: { reader: Reader }): HandlersOf<'analysis'> {
  return {
    'analysis.overview': (of) => reader.read('analysisOverview', of),
    'analysis.stations': (of) => reader.read('analysisStations', of),
    'analysis.reliability': (of) => reader.read('analysisReliability', of),
    'analysis.examiners': (of) => reader.read('analysisExaminers', of),
    'analysis.patients': (of) => reader.read('analysisPatients', of),
    'analysis.groups': (of) => reader.read('analysisGroups', of),
  }
}
