import { dataOf, type ExamDay } from '#tests/support/exam-day.ts'
import { sitAs } from '#tests/support/sign-in.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import type { backupChannels } from '#shared/contract/parts/backups.ts'
import type { TrialsOf } from './trial.ts'

/** The newest backup, made just now. */
async function backedUp(day: ExamDay) {
  dataOf(await day.director('backup.create', {}))
  const [newest] = dataOf(await day.director('backup.list', {}))
  if (!newest) throw new Error('no backup is listed')
  return { place: newest.place, name: newest.name }
}

export const backupTrials: TrialsOf<typeof backupChannels> = {
  'backup.status': { by: 'nobody', good: () => ({}), bad: { since: 1 } },
  'backup.overview': { by: 'director', good: () => ({}), bad: [] },
  'backup.list': { by: 'director', good: () => ({}), bad: { place: 'anywhere' } },
  'backup.create': { by: 'director', good: () => ({}), bad: { why: 'app-closed' } },
  'backup.restore': {
    by: 'director',
    good: backedUp,
    bad: { place: 'data-folder', name: '' },
  },
  'backup.undoRestore': {
    by: 'director',
    good: async (day) => {
      dataOf(await day.director('backup.restore', await backedUp(day)))
      // Everybody sits down anew at the data that was restored.
      await sitAs(day.director, day.small.director)
      return {}
    },
    bad: { to: 'yesterday' },
  },
  'backup.setSecondFolder': {
    by: 'director',
    good: () => ({ path: tempDir() }),
    bad: { path: '' },
  },
}
