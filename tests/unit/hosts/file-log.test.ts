import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { homedir } from 'node:os'
import { describe, expect, it, vi } from 'vitest'
import { createFileLog, redact } from '#electron/files/file-log.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

const logOf = (dir: string) => readFileSync(join(dir, 'logs', 'attune.log'), 'utf8')

describe('the log', () => {
  it('lies in the data folder, from its first line on', () => {
    const dir = tempDir()
    const log = createFileLog(dir)
    expect(existsSync(join(dir, 'logs'))).toBe(false)
    log.error('a call failed', { channel: 'rating.record', code: 'storage-full' })
    expect(logOf(dir)).toMatch(/\[error\] a call failed channel=rating\.record code=storage-full\n$/)
  })

  it('never holds a name or a mark', () => {
    const dir = tempDir()
    const details = { candidate: 'Ada Example', value: 4, note: 'Ada looked away', channel: 'rating.record' }
    createFileLog(dir).error('a call failed', details)
    expect(logOf(dir)).toContain('candidate=[redacted] value=[redacted] note=[redacted] channel=rating.record')
    expect(logOf(dir)).not.toContain('Ada')
  })

  it('starts a new file at 1 MB and keeps the one before', () => {
    const dir = tempDir()
    const log = createFileLog(dir)
    log.info('first')
    writeFileSync(join(dir, 'logs', 'attune.log'), 'x'.repeat(1024 * 1024 + 1))
    const again = createFileLog(dir)
    for (let line = 0; line < 20_000; line += 1) again.info('a line of fifty characters, to fill the file with them')
    expect(readdirSync(join(dir, 'logs')).toSorted()).toEqual(['attune.log', 'attune.old.log'])
    expect(logOf(dir).length).toBeLessThan(1024 * 1024 + 1)
  })

  it('disturbs nobody where it cannot be written', () => {
    const said = [vi.spyOn(console, 'error'), vi.spyOn(console, 'log'), vi.spyOn(console, 'warn')]
    const file = join(tempDir(), 'a file')
    writeFileSync(file, '')
    expect(() => createFileLog(file).error('a call failed')).not.toThrow()
    for (const spy of said) expect(spy).not.toHaveBeenCalled()
  })
})

describe('an error in the log', () => {
  it('keeps its kind and its stack, never its message', () => {
    const error = new RangeError('no station for Ada Example\nat Ada')
    const { error: text = '' } = redact({ error: error.stack ?? '' })
    expect(text).toMatch(/^RangeError\n\s+at .*file-log\.test\.ts/)
    expect(text).not.toContain('Ada')
    expect(text).not.toContain(homedir())
  })

  it('keeps its code, which is all that a worker without memory leaves', () => {
    const error = 'Error [ERR_WORKER_OUT_OF_MEMORY]: Worker terminated due to reaching memory limit: Ada Example'
    expect(redact({ error })).toEqual({ error: 'Error [ERR_WORKER_OUT_OF_MEMORY]' })
  })

  it('is told by the exit code of a worker that ended without a word', () => {
    const dir = tempDir()
    createFileLog(dir).error('a report failed', { jobKind: 'cohort', code: 'report-failed', exitCode: 137 })
    expect(logOf(dir)).toMatch(/a report failed jobKind=cohort code=report-failed exitCode=137\n$/)
  })

  it('is nameless where it says nothing but a message', () => {
    expect(redact({ error: 'Ada Example was not found' })).toEqual({ error: 'Error' })
  })
})
