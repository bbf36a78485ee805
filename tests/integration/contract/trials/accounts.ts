import { DATABASE_FILE } from '#electron/store/store.ts'
import Database from 'better-sqlite3-multiple-ciphers'
import { join } from 'node:path'
import { dataOf, type ExamDay } from '#tests/support/exam-day.ts'
import { PIN } from '#tests/support/sign-in.ts'
import { examId } from './so-far.ts'
import type { accountChannels } from '#shared/contract/parts/accounts.ts'
import type { TrialsOf } from './trial.ts'

/** As in a new installation: no director is there yet. */
function emptyOfDirectors({ dataDir }: ExamDay): void {
  const db = new Database(join(dataDir, DATABASE_FILE))
  db.exec('DELETE FROM director')
  db.close()
}

export const accountTrials: TrialsOf<typeof accountChannels> = {
  'session.get': { by: 'nobody', good: () => ({}), bad: 'me' },
  'session.signIn': {
    by: 'nobody',
    good: ({ small }) => ({ personId: small.director.id, pin: PIN }),
    bad: { role: 'director' },
  },
  'session.leave': { by: 'sp', good: () => ({}), bad: null },
  'session.touched': { by: 'examiner', good: () => ({}), bad: { at: 0 } },
  'session.lock': { by: 'examiner', good: () => ({}), bad: { after: 1 } },
  'account.list': { by: 'nobody', good: () => ({}), bad: { pins: true } },
  'account.begin': {
    by: 'nobody',
    good: (day) => {
      emptyOfDirectors(day)
      return { name: 'First Director', pin: '135790' }
    },
    bad: { name: 'First Director', pin: '12345' },
  },
  'account.recover': {
    by: 'nobody',
    good: async (day) => {
      const { recoveryKey } = dataOf(await day.director('account.newKey', { pin: PIN }))
      return { directorId: day.small.director.id, recoveryKey, pin: '135790' }
    },
    bad: { directorId: 'director-1', recoveryKey: 'ABCDE', pin: 'secret' },
  },
  'account.newKey': { by: 'director', good: () => ({ pin: PIN }), bad: {} },
  'account.changePin': {
    by: 'director',
    good: () => ({ pin: PIN, newPin: '135790' }),
    bad: { pin: PIN, newPin: '13579x' },
  },
  'account.addDirector': {
    by: 'director',
    good: () => ({ name: 'Second Director', pin: '135790' }),
    bad: { name: '', pin: '135790' },
  },
  'account.renameDirector': {
    by: 'director',
    good: ({ small }) => ({ directorId: small.director.id, name: 'Renamed' }),
    bad: { directorId: 'director-1', name: ' ' },
  },
  'account.removeDirector': {
    by: 'director',
    good: async (day) => {
      dataOf(await day.director('account.addDirector', { name: 'Second Director', pin: '135790' }))
      const { directors } = dataOf(await day.director('account.list', {}))
      const second = directors.find(({ name }) => name === 'Second Director')
      return { directorId: second?.id ?? day.small.director.id }
    },
    bad: {},
  },
  'account.givePins': {
    by: 'director',
    good: (day) => ({ ...examId(day), personIds: [day.small.sp.id] }),
    bad: { examId: 'exam-1', personIds: [] },
  },
  'account.printPins': {
    by: 'director',
    good: (day) => ({ ...examId(day), slips: [{ personId: day.small.sp.id, pin: '135790' }] }),
    bad: { examId: 'exam-1', slips: [{ personId: 'sp-1', pin: 'none' }] },
  },
}
