import { closed, examId } from './so-far.ts'
import type { privacyChannels } from '#shared/contract/parts/privacy.ts'
import type { TrialsOf } from './trial.ts'

export const privacyTrials: TrialsOf<typeof privacyChannels> = {
  'privacy.eraseCandidate': {
    by: 'director',
    good: async (day) => {
      await closed(day)
      return { candidateId: day.small.candidates[0].id }
    },
    bad: { candidateId: '' },
  },
  'privacy.eraseExam': { by: 'director', good: closed, bad: { examId: 1 } },
  'privacy.setRetention': {
    by: 'director',
    good: (day) => ({ ...examId(day), eraseNamesOn: '2027-11-14' }),
    bad: { examId: 'exam-1', eraseNamesOn: 'soon' },
  },
  'privacy.disk': { by: 'director', good: () => ({}), bad: { folder: '/' } },
  'privacy.retention': { by: 'director', good: () => ({}), bad: { examId: 'exam-1' } },
}
