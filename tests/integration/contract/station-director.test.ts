import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { expect, test } from 'vitest'
import { channels, type ChannelName } from '#shared/contract/channels.ts'
import { contract } from '#shared/contract/contract.ts'
import { DATABASE_FILE } from '#electron/store/store.ts'
import { codeOf, examDay, type ExamDay } from '#tests/support/exam-day.ts'
import type { Trial } from './trials/trial.ts'
import { trials } from './trials.ts'

/** All that a director of a station's laptop may do about an exam that came there in a package. */
const may: ReadonlySet<ChannelName> = new Set([
  ...(['session.signIn', 'exam.roster', 'exam.get', 'exam.readiness', 'rotation.get'] as const),
  ...(['exam.remove', 'exam.putAway', 'package.compare', 'bundle.export', 'laptop.list'] as const),
  ...(['ledger.proof', 'ledger.state', 'ledger.statement'] as const),
])

/** How a call names an exam, or something or somebody of one. */
const names = /^(exam|encounter|station|candidate|person)Ids?$|^filter$/

const reaches = ({ access }: { access: 'anyone' | readonly string[] }): boolean =>
  access === 'anyone' || access.includes('director')

const naming = channels.filter((channel) => {
  const { input, access } = contract[channel]
  return reaches({ access }) && 'shape' in input && Object.keys(input.shape).some((key) => names.test(key))
})

/** From here on its exams are as if a package had brought them. */
function makeStation({ dataDir }: ExamDay): void {
  const db = new Database(join(dataDir, DATABASE_FILE))
  db.exec(`INSERT OR REPLACE INTO exam_key (exam_id, recipient, identity, signer, exported_at)
    SELECT id, 'recipient', NULL, 'signer', NULL FROM exam`)
  db.close()
}

test.each(naming)('%s is the exam’s own laptop’s, unless a station needs it', async (channel) => {
  const day = await examDay()
  const input = await (trials[channel] as Trial<ChannelName>).good(day)
  makeStation(day)
  const code = codeOf(await day.director(channel, input))
  if (may.has(channel)) expect(code).not.toBe('exam-from-elsewhere')
  else expect(code).toBe('exam-from-elsewhere')
})

test('there are as many such calls as there are rows of what a station needs, and many more', () => {
  for (const channel of may) expect(naming).toContain(channel)
  expect(naming.length).toBeGreaterThan(50)
})
