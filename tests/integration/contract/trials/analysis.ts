import type { analysisChannels } from '#shared/contract/parts/analysis.ts'
import type { Scenario } from '#shared/domain/scenario.ts'
import { newEvent } from '#tests/support/exam-day.ts'
import { examId } from './so-far.ts'
import type { TrialsOf } from './trial.ts'

const declared = { method: 'declared', semMultiple: 0, minStationsPassed: 0, excluded: [] } as const satisfies Scenario

export const analysisTrials: TrialsOf<typeof analysisChannels> = {
  'analysis.overview': { by: 'director', good: examId, bad: {} },
  'analysis.stations': { by: 'director', good: examId, bad: { examId: 7 } },
  'analysis.reliability': { by: 'director', good: examId, bad: { examId: '' } },
  'analysis.examiners': { by: 'director', good: examId, bad: {} },
  'analysis.patients': { by: 'director', good: examId, bad: {} },
  'analysis.groups': { by: 'director', good: examId, bad: {} },
  'analysis.whatIf': {
    by: 'director',
    good: (day) => ({ ...examId(day), scenario: declared }),
    bad: { examId: 'exam-1', scenario: { ...declared, semMultiple: -1 } },
  },
  'analysis.decide': {
    by: 'director',
    good: (day) => ({ ...examId(day), eventId: newEvent(), scenario: declared, reason: 'the board met' }),
    bad: { examId: 'exam-1', eventId: 'e', scenario: { method: 'guessed' }, reason: '' },
  },
}
