import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AttuneError, errorCodeSchema } from '#shared/contract/result.ts'
import { phrase } from '#shared/locales/phrase.ts'
import { makeBackup } from '#electron/files/backups.ts'
import { sentenceFor } from '#electron/hosts/sentences.ts'
import { startUpSentence } from '#electron/hosts/start-up-failure.ts'
import { openStore } from '#electron/store/store.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

/** Whatever an error can know of what it is about. */
const details = {
  exam: 'spring',
  candidate: 'A-12',
  number: 'A-12',
  name: 'Ada Example',
  max: 40,
  file: 'a.json',
  field: 'title',
  line: 12,
  text: 'MÃ¼ller',
  problem: 'it is empty',
  column: 'number',
  columns: 'a, b',
  rows: 900,
  limitMb: 10,
  waitSeconds: 8,
  folder: '/exam/day',
  backup: '/exam/day/backups/a.db',
  restore: 'backup restore --backup a.db',
  version: 40,
  newest: 20,
  port: 4711,
  host: 'web',
  pid: 4711,
  since: '2026-11-03T14:03:00Z',
  log: '/exam/day/logs/attune.log',
  left: 'backups',
}

describe('what an error says at a terminal', () => {
  it.each(errorCodeSchema.options)('%s is told in one line, and what to do, however much is known', (code) => {
    const empty = Object.fromEntries(Object.keys(details).map((name) => [name, '']))
    for (const params of [{}, details, empty]) {
      const sentence = sentenceFor(code, params)
      expect(sentence).toMatch(/^[A-Z“].+\. [A-Z"].{10,}[.”]$/)
      expect(sentence).not.toMatch(/undefined|null|\bNaN\b|[[\]{}]|\n|errors\./)
      // Neither a hole where a detail is missing, nor the plurals of a screen's sentence one after the other.
      expect(sentence).not.toMatch(/ {2}|""|“”|\(\)|“…|…(?!”)| \| /)
    }
  })

  it('does not fail over a time that cannot be read', () => {
    expect(sentenceFor('folder-in-use', { host: 'web', pid: 4711, since: 'yesterday' })).toContain(
      'in use by Attune in the browser; nothing',
    )
  })

  it('is what the screens say, where nothing else is to be said there', () => {
    expect(sentenceFor('exam-closed')).toBe(`${phrase('errors.exam-closed.what')} ${phrase('errors.exam-closed.act')}`)
  })

  it.each([
    ['unknown-exam', { exam: 'spring' }, 'no exam "spring" in'],
    ['unknown-exam', {}, 'no exam in this data folder. "exam list"'],
    [
      'rubric-invalid',
      { file: 'a.json', line: 12, problem: 'the weight is negative' },
      'a.json is not valid at line 12: the',
    ],
    ['file-column-missing', { column: 'number' }, '“number”'],
    ['file-not-utf8', { line: 12, text: 'M\uFFFDller' }, 'damaged: line 12 would read “M\uFFFDller”.'],
    ['file-not-utf8', {}, 'so names would be damaged. Save'],
    ['file-not-text', { line: 2, text: 'a b' }, 'which no list does, in line 2, “a b”.'],
    ['file-not-text', {}, 'which no list does. Save'],
    ['wrong-return-code', { waitSeconds: 8 }, 'handing over; seconds until the next try counts: 8.'],
    ['wrong-return-code', {}, 'when handing over.'],
    ['file-too-many-rows', { rows: 900, max: 40 }, 'too many rows: 900, and at most 40 can be taken'],
    ['duplicate-candidate-number', { number: 'A-12' }, 'this number (A-12)'],
    ['person-has-marks', { name: 'Ada Example' }, 'this person (Ada Example)'],
    ['exam-file-invalid', { field: 'title', problem: 'it is empty' }, '“title” is not as it must be (it is empty)'],
    ['port-in-use', { port: 4711 }, 'port 4711'],
    ['port-in-use', {}, 'The port cannot be used'],
    ['database-newer', { version: 40, newest: 20 }, 'its version is 40, this one knows 20'],
    ['internal', { log: '/exam/day/logs/attune.log' }, '/exam/day/logs/attune.log says where it failed'],
  ] as const)('%s with %j names what it is about', (code, params, part) => {
    expect(sentenceFor(code, params)).toContain(part)
  })
})

/** A data folder with this many backups, the oldest first. */
async function backedUp(count: number) {
  const dataDir = tempDir()
  openStore({ dataDir }).close()
  const names: string[] = []
  for (let n = 1; n <= count; n++) {
    names.push((await makeBackup({ dataDir, why: 'asked', second: null, now: n * 60_000 })).name)
  }
  return { dataDir, names }
}

describe('why a host cannot start', () => {
  it('names who has the folder, since when, what that means and what to do', () => {
    const since = new Date(2026, 10, 3, 14, 3).toISOString()
    const error = new AttuneError('folder-in-use', { host: 'web', pid: 4711, since })
    expect(startUpSentence(error, '/exam/day')).toBe(
      'The data folder (/exam/day) is in use by Attune in the browser (process 4711, since 3 Nov 2026, 14:03); ' +
        'nothing was changed. Close that first, or name another folder with --data.',
    )
  })

  it('names the newest good backup beside a damaged database and what restores it, and never offers to delete it', async () => {
    const { dataDir, names } = await backedUp(3)
    const [oldest = '', good = '', damaged = ''] = names
    writeFileSync(join(dataDir, 'backups', damaged), 'nothing of it')
    const sentence = startUpSentence(new AttuneError('database-corrupt', { problem: 'page 7' }), dataDir)
    expect(sentence).toContain(`backup restore --data "${dataDir}" --backup ${good}`)
    expect(sentence).not.toContain(oldest)
    expect(sentence).not.toContain(damaged)
    expect(sentence).toContain('must not be deleted')
  })

  it('says what to do where there is no backup', () => {
    expect(startUpSentence(new AttuneError('database-not-attune'), tempDir())).toContain('it was left as it is')
  })

  it('says that the log of the last marks is there without its database, and warns of an older copy beside it', () => {
    const sentence = startUpSentence(new AttuneError('database-missing', { left: 'log' }), '/exam/day')
    expect(sentence).toMatch(/^The database attune\.db \(\/exam\/day\) is gone or empty, but the log of its last marks/)
    expect(sentence).toContain('put it back and start again')
    expect(sentence).toContain('no older copy')
    expect(sentence).not.toMatch(/Check the path|newest backup/)
  })

  it('names log and backup where both are left without their database, and the log first', async () => {
    const { dataDir, names } = await backedUp(1)
    const sentence = startUpSentence(new AttuneError('database-missing', { left: 'log-and-backups' }), dataDir)
    expect(sentence).toMatch(/its backups and the log of its last marks .+ put it back .+ the newest good backup/)
    expect(sentence).toContain(names[0])
    const backupsAlone = startUpSentence(new AttuneError('database-missing', { left: 'backups' }), dataDir)
    expect(backupsAlone).toMatch(/its backups are still there.+bring back the newest good backup/)
    expect(backupsAlone).not.toContain('the log')
  })

  it('does not make up a reason for a fault of our own', () => {
    expect(startUpSentence(new TypeError('x is not a function'), '/exam/day')).toBeNull()
  })
})

describe('a sentence without one of its params', () => {
  it('shows that something is missing there, and does not fail', () => {
    expect(phrase('terminal.played', { done: 3 })).toBe('Played 3 of … encounters')
  })
})
