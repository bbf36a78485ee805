import type { analysisFileChannels } from '#shared/contract/parts/analysis-files.ts'
import type { analysisChannels } from '#shared/contract/parts/analysis.ts'
import type { Scenario } from '#shared/domain/scenario.ts'
import { newEvent } from '#tests/support/exam-day.ts'
import { examId } from './so-far.ts'
import type { TrialsOf } from './trial.ts'

const declared = { method: 'declared', semMultiple: 0, minStationsPassed: 0, excluded: [] } as const satisfies Scenario

const upload = {
  name: 'marks.csv',
  base64: Buffer.from('candidate,A,A grade\n1,3,2\n2,4,3\n').toString('base64'),
}
const scale = { maxScore: null, grades: { low: 0, high: 5 } }
const columns = { layout: 'wide' as const, candidate: 0, group: null, leftOut: [] }
const file = { upload, columns, scale, rule: { borderline: 2, minStationsPassed: 0, semMultiple: 0 } }

export const analysisTrials: TrialsOf<typeof analysisChannels & typeof analysisFileChannels> = {
  'analysis.readFile': {
    by: 'director',
    good: () => ({ upload, columns: null, scale }),
    bad: { upload, columns: null, scale: { maxScore: 0, grades: { low: 5, high: 1 } } },
  },
  'analysis.file': { by: 'director', good: () => file, bad: { upload, columns: null, scale, rule: {} } },
  'analysis.fileExaminers': { by: 'director', good: () => file, bad: { upload, columns, scale } },
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
