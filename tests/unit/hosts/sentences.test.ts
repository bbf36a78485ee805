import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AttuneError, errorCodeSchema } from '#shared/contract/result.ts'
import { sentenceFor } from '#electron/ipc/sentences.ts'
import { startUpSentence } from '#electron/ipc/start-up-failure.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

describe('what an error says at a terminal', () => {
  it.each(errorCodeSchema.options)('%s is told in one line, without its details too', (code) => {
    const sentence = sentenceFor(code)
    expect(sentence).toMatch(/^[A-Z].{20,}\.$/)
    expect(sentence).not.toMatch(/undefined|null|\bNaN\b|\(\)|""| {2}|\n/)
    expect(sentence).not.toContain(code)
  })

  it.each([
    ['unknown-exam', { exam: 'spring' }, '"spring"'],
    ['rubric-invalid', { line: 12, column: 5, problem: 'the weight is negative' }, 'at line 12, column 5: the weight'],
    ['value-outside-scale', { value: 9, max: 5 }, '9 lies outside the scale, which ends at 5'],
    ['file-column-missing', { column: 'number' }, '"number"'],
    ['port-in-use', { port: 4711 }, 'port 4711'],
    ['database-newer', { version: 40, newest: 20 }, 'its version is 40, this one knows 20'],
  ] as const)('%s names what it is about', (code, params, part) => {
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
    expect(sentence).toContain(`The newest backup is ${join(dir, 'backups', 'b.db')}`)
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
    expect(sentence).not.toMatch(/Check the path|The newest backup/)
  })

  it('names log and backup where both are left without their database, and the log first', () => {
    const dir = tempDir()
    mkdirSync(join(dir, 'backups'))
    writeFileSync(join(dir, 'backups', 'a.db'), '')
    const sentence = startUpSentence(new AttuneError('database-missing', { left: 'log-and-backups' }), dir)
    expect(sentence).toMatch(/its backups and the log of its last marks .+ put it back .+ The newest backup is .+a\.db/)
    const backupsAlone = startUpSentence(new AttuneError('database-missing', { left: 'backups' }), dir)
    expect(backupsAlone).toMatch(/its backups are still there.+The newest backup is/)
    expect(backupsAlone).not.toContain('log')
  })

  it('does not make up a reason for a fault of our own', () => {
    expect(startUpSentence(new TypeError('x is not a function'), '/exam/day')).toBeNull()
  })
})
