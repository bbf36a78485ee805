import type { analysisChannels } from '#shared/contract/parts/analysis.ts'
import { examId } from './so-far.ts'
import type { TrialsOf } from './trial.ts'

export const analysisTrials: TrialsOf<typeof analysisChannels> = {
  'analysis.overview': { by: 'director', good: examId, bad: {} },
  'analysis.stations': { by: 'director', good: examId, bad: { examId: 7 } },
  'analysis.reliability': { by: 'director', good: examId, bad: { examId: '' } },
  'analysis.examiners': { by: 'director', good: examId, bad: {} },
  'analysis.patients': { by: 'director', good: examId, bad: {} },
  'analysis.groups': { by: 'director', good: examId, bad: {} },
}
