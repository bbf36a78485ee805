import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AttuneError, errorCodeSchema } from '#shared/contract/result.ts'
import { phrase } from '#shared/locales/phrase.ts'
import { sentenceFor } from '#electron/ipc/sentences.ts'
import { startUpSentence } from '#electron/ipc/start-up-failure.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

describe('what an error says at a terminal', () => {
  it.each(errorCodeSchema.options)('%s is told in one line, and what to do', (code) => {
    const sentence = sentenceFor(code)
    expect(sentence).toMatch(/^[A-Z“].+\. [A-Z"].{10,}[.”]$/)
    expect(sentence).not.toMatch(/undefined|null|\bNaN\b|""|[[\]{}]|\n/)
    expect(sentence).not.toMatch(/errors\./)
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
    ['port-in-use', { port: 4711 }, 'port 4711'],
    ['port-in-use', {}, 'The port cannot be used'],
    ['database-newer', { version: 40, newest: 20 }, 'its version is 40, this one knows 20'],
    ['internal', { log: '/exam/day/logs/attune.log' }, '/exam/day/logs/attune.log says where it failed'],
  ] as const)('%s with %j names what it is about', (code, params, part) => {
    expect(sentenceFor(code, params)).toContain(part)
  })
})

describe('why a host cannot start', () => {
  it('names who has the folder, since when, what that means and what to do', () => {
    const since = new Date(2026, 10, 3, 14, 3).toISOString()
    const error = new AttuneError('folder-in-use', { host: 'web', pid: 4711, since })
    expect(startUpSentence(error, '/exam/day')).toBe(
      'The data folder (/exam/day) is in use by Attune in the browser (process 4711, since 3 Nov 2026, 14:03); ' +
        'nothing was changed. Close that first, or name another folder with --data.',
    )
  })

  it('names the newest backup beside a damaged database, and never offers to delete it', () => {
    const dir = tempDir()
    mkdirSync(join(dir, 'backups'))
    for (const [name, day] of [
      ['a.db', 2],
      ['b.db', 3],
      ['c.db', 1],
    ] as const) {
      writeFileSync(join(dir, 'backups', name), '')
      utimesSync(join(dir, 'backups', name), day * 86_400, day * 86_400)
    }
    const sentence = startUpSentence(new AttuneError('database-corrupt', { problem: 'page 7' }), dir)
    expect(sentence).toContain(`put the newest backup, ${join(dir, 'backups', 'b.db')}, there`)
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

  it('names log and backup where both are left without their database, and the log first', () => {
    const dir = tempDir()
    mkdirSync(join(dir, 'backups'))
    writeFileSync(join(dir, 'backups', 'a.db'), '')
    const sentence = startUpSentence(new AttuneError('database-missing', { left: 'log-and-backups' }), dir)
    expect(sentence).toMatch(/its backups and the log of its last marks .+ put it back .+ the newest backup, .+a\.db/)
    const backupsAlone = startUpSentence(new AttuneError('database-missing', { left: 'backups' }), dir)
    expect(backupsAlone).toMatch(/its backups are still there.+put the newest backup/)
    expect(backupsAlone).not.toContain('log')
  })

  it('does not make up a reason for a fault of our own', () => {
    expect(startUpSentence(new TypeError('x is not a function'), '/exam/day')).toBeNull()
  })
})
