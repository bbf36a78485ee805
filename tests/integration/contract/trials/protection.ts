import { dataOf, type ExamDay } from '#tests/support/exam-day.ts'
import { sitAs } from '#tests/support/sign-in.ts'
import type { protectionChannels } from '#shared/contract/parts/protection.ts'
import type { TrialsOf } from './trial.ts'

const PASSPHRASE = 'an owl reads at night'

/** Encrypts the day's folder; the director sits down anew. */
async function encrypted(day: ExamDay): Promise<void> {
  dataOf(await day.director('data.prepare', { passphrase: PASSPHRASE }))
  dataOf(await day.director('data.encrypt', {}))
  await sitAs(day.director, day.small.director)
}

export const protectionTrials: TrialsOf<typeof protectionChannels> = {
  'data.state': { by: 'nobody', good: () => ({}), bad: { more: true } },
  'data.unlock': {
    by: 'nobody',
    good: () => ({ passphrase: PASSPHRASE }),
    bad: { recoveryKey: 'ABCDE' },
  },
  'data.prepare': { by: 'director', good: () => ({ passphrase: PASSPHRASE }), bad: { passphrase: 'too short' } },
  'data.encrypt': {
    by: 'director',
    good: async (day) => {
      dataOf(await day.director('data.prepare', { passphrase: PASSPHRASE }))
      return {}
    },
    bad: { passphrase: PASSPHRASE },
  },
  'data.decrypt': {
    by: 'director',
    good: async (day) => {
      await encrypted(day)
      return { passphrase: PASSPHRASE }
    },
    bad: {},
  },
  'data.changePassphrase': {
    by: 'director',
    good: async (day) => {
      await encrypted(day)
      return { passphrase: PASSPHRASE, newPassphrase: `${PASSPHRASE} indeed` }
    },
    bad: { passphrase: PASSPHRASE, newPassphrase: 'short' },
  },
  'data.leftInPlain': { by: 'director', good: () => ({}), bad: [] },
  'data.removePlain': {
    by: 'director',
    good: async (day) => {
      await encrypted(day)
      return {}
    },
    bad: { paths: ['/etc/passwd'] },
  },
}
