import { dataOf } from '#tests/support/exam-day.ts'
import { byEncounter, opened } from './so-far.ts'
import type { appChannels } from '#shared/contract/parts/app.ts'
import type { TrialsOf } from './trial.ts'

export const appTrials: TrialsOf<typeof appChannels> = {
  'app.info': { by: 'nobody', good: () => ({}), bad: { more: 1 } },
  'settings.get': { by: 'nobody', good: () => ({}), bad: [] },
  'settings.set': { by: 'director', good: () => ({ soundVolume: 0.5 }), bad: { soundVolume: 7 } },
  'handover.begin': {
    by: 'examiner',
    good: async (day) => {
      await opened(day)
      return { ...byEncounter(day), returnCode: '1234', spId: day.small.sp.id }
    },
    bad: { encounterId: 'e', returnCode: '12', spId: null },
  },
  'handover.end': {
    by: 'examiner',
    good: async (day) => {
      await opened(day)
      dataOf(await day.examiner('handover.begin', { ...byEncounter(day), returnCode: '1234', spId: day.small.sp.id }))
      return { returnCode: '1234' }
    },
    bad: { returnCode: 'open sesame' },
  },
}
