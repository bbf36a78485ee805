import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { expect, it, onTestFinished } from 'vitest'
import { createFileLog } from '#electron/files/file-log.ts'
import { DATABASE_FILE } from '#electron/store/store.ts'
import { channels, type ChannelName } from '#shared/contract/channels.ts'
import type { Result } from '#shared/contract/result.ts'
import { dataOf, encounterAt, itemAt, newEvent, newMark, examDayWith } from '#tests/support/exam-day.ts'
import { PIN } from '#tests/support/sign-in.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import type { Trial } from '../contract/trials/trial.ts'
import { trials } from '../contract/trials.ts'

/** Each stands nowhere else: what is found in the log came from there. */
const secrets = {
  candidate: 'Zdislava Quibble',
  number: 'Q7788Z',
  group: 'Gruppe Wxyz',
  examiner: 'Prof Ypsilon',
  sp: 'Pat Zwingli',
  reviewer: 'Wojciech Second',
  note: 'looked at the clock\n    at Zdislava (her mother):7:7',
  quote: 'nobody told me qqq',
  incident: 'fell off the xylophone',
  comment: 'zounds he listened',
  reason: 'wandered off vvv',
}

it('the log of a whole exam in which much goes wrong holds no name, number, note or mark', async () => {
  const dataDir = tempDir()
  const log = createFileLog(dataDir)
  const worker = new URL('file:///no-such-worker.ts')
  const day = await examDayWith(
    (store, { candidates: [first], examiner, otherExaminer, sp }) => {
      store.candidates.put({ ...first, name: secrets.candidate, number: secrets.number, group: secrets.group })
      store.people.put({ ...examiner, name: secrets.examiner })
      store.people.put({ ...otherExaminer, name: secrets.reviewer })
      store.people.put({ ...sp, name: secrets.sp })
    },
    { dataDir, log, reportWorker: worker },
  )
  const { small, examiner, sp, director } = day
  const write = () => ({ encounterId: encounterAt(small, 1, 1), eventId: newEvent() })
  const flag = newMark()
  const type = small.rubric.redFlags[0]?.id ?? ''
  const review = { decision: 'upheld' as const, reason: secrets.reason, reviewerId: small.otherExaminer.id, pin: PIN }
  const play = async (): Promise<Result<unknown>[]> => [
    await examiner('encounter.confirmIdentity', write()),
    await examiner('rating.record', { ...write(), itemId: itemAt(small.rubric, 0), value: 5 }),
    await examiner('note.record', { ...write(), itemId: null, text: secrets.note }),
    await examiner('mark.make', { ...write(), markId: flag, kind: 'red-flag', type }),
    await examiner('mark.annotate', { ...write(), markId: flag, cue: null, quote: secrets.quote }),
    await examiner('incident.record', { ...write(), kind: 'other', text: secrets.incident }),
    await sp('sp.comment', { ...write(), text: secrets.comment }),
    await director('redFlag.review', { ...write(), markId: flag, ...review }),
  ]
  for (const result of await play()) dataOf(result)

  // The disk refuses, in the words of a database that quotes what it was given.
  const saboteur = new Database(join(dataDir, DATABASE_FILE))
  onTestFinished(() => void saboteur.close())
  const message = Object.values(secrets).join(' ').replaceAll("'", "''")
  saboteur.exec(`CREATE TRIGGER refuse BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, '${message}'); END`)
  expect((await play()).every(({ ok }) => ok)).toBe(false)
  saboteur.exec('DROP TRIGGER refuse')
  // What is stored is no longer what the app wrote: reading it fails, in the words of who checks it.
  saboteur.exec(`UPDATE exam SET pass_rule = '{"${secrets.candidate}": "${secrets.number}"}'`)
  for (const channel of channels) {
    const trial = trials[channel] as Trial<ChannelName>
    const caller = trial.by === 'nobody' ? day.window('nobody') : day[trial.by]
    const input = await Promise.resolve(trial.good(day)).catch(() => trial.bad)
    await caller(channel, input as never)
    await caller(channel, { [secrets.candidate]: secrets.note, ...(input as object) })
  }

  const folder = join(dataDir, 'logs')
  const lines = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
  expect(lines).toContain('[error]')
  for (const secret of Object.values(secrets).flatMap((text) => text.split('\n')))
    expect(lines).not.toContain(secret.trim())
  // Nor a mark: what stands behind a name of a detail is a code, a channel or a place in the code.
  for (const word of ['value=', 'points=', 'itemId', 'her mother', 'encounter-1-1001'])
    expect(lines).not.toContain(word)
})
