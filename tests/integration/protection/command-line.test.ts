import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from '#electron/cli/run.ts'
import { KEY_FILE } from '#electron/files/key-file.ts'
import { isProtected, unlockFolder } from '#electron/files/protection.ts'
import { openReader } from '#electron/store/store.ts'
import { dataOf } from '#tests/support/exam-day.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { cli, done } from '../cli/call.ts'
import { filesWith, NAME, PASSPHRASE, protectedDay, recordIn } from './protected.ts'

async function closedDay() {
  const day = await protectedDay()
  await recordIn(day)
  dataOf(await day.director('backup.create', {}))
  await day.services.shutdown()
  const file = join(tempDir(), 'passphrase')
  writeFileSync(file, `${PASSPHRASE}\n`)
  return { ...day, file, at: ['--data', day.dataDir, '--passphrase-file', file] }
}

const codesOf = (lines: string[]): string[] =>
  (JSON.parse(lines.join('')) as { findings: { code: string }[] }).findings.map(({ code }) => code)

describe('the command line on an encrypted folder', () => {
  it('works with a file that holds the passphrase, and without one says what is missing', async () => {
    const { dataDir, at, small } = await closedDay()
    expect((await done('verify', ...at)).at(-1)).toContain('Sound')
    expect((await done('ledger', 'list', ...at)).length).toBeGreaterThan(2)
    expect((await done('exam', 'list', ...at))[0]).toContain('Small exam')
    expect(await done('backup', 'create', ...at)).toHaveLength(1)
    expect((await done('backup', 'list', ...at))[0]).toContain('Small exam')
    await done('soak', ...at, '--exam', small.exam.id, '--rate', '50', '--seconds', '1')
    await done('package', 'export', ...at, '--exam', small.exam.id, '--out', join(tempDir(), 'a.attune-package'))
    await done('export', 'results', ...at, '--exam', small.exam.id, '--out', join(tempDir(), 'results.csv'))
    await done('report', 'session', ...at, '--exam', small.exam.id, '--out', join(tempDir(), 'session.pdf'))
    expect(filesWith([NAME, 'SQLite format 3'], dataDir)).toEqual([])

    const { code, out, err } = await cli('verify', '--data', dataDir)
    expect([code, out]).toEqual([1, []])
    expect(err.join(' ')).toMatch(/protected with a passphrase\. .*--passphrase-file/)
  })

  it('asks at the terminal, and tells a wrong passphrase from a right one', async () => {
    const { dataDir } = await closedDay()
    const asked: string[] = []
    const call = async (answer: string | null) => {
      const said: string[] = []
      const say = (line: string) => void said.push(line)
      const askSecret = (question: string) => {
        asked.push(question)
        return Promise.resolve(answer)
      }
      return {
        code: await runCli(['verify', '--data', dataDir], { out: say, err: say, askSecret }),
        said: said.join(' '),
      }
    }
    expect((await call(PASSPHRASE)).code).toBe(0)
    const wrong = await call('no owl at all')
    expect(wrong.code).toBe(1)
    expect(wrong.said).toContain('not the passphrase')
    expect((await call(null)).code).toBe(1)
    expect(asked).toEqual(Array(3).fill('Passphrase of the data folder:'))
  })

  it('opens with the recovery key in that file as well', async () => {
    const { dataDir, recoveryKey } = await closedDay()
    const file = join(tempDir(), 'key')
    writeFileSync(file, recoveryKey)
    expect((await cli('verify', '--data', dataDir, '--passphrase-file', file)).code).toBe(0)
  })

  it('lets the doctor say what can be said without the passphrase, and everything with it', async () => {
    const { dataDir, at } = await closedDay()
    const without = await cli('doctor', '--data', dataDir, '--json')
    expect(without.code).toBe(0)
    expect(codesOf(without.out)).toEqual(
      expect.arrayContaining(['key-file-sound', 'database-encrypted', 'backups-encrypted']),
    )
    expect(codesOf((await cli('doctor', ...at, '--json')).out)).toEqual(
      expect.arrayContaining(['key-file-sound', 'database-sound', 'backups']),
    )
    rmSync(join(dataDir, KEY_FILE))
    expect(codesOf((await cli('doctor', '--data', dataDir, '--json')).out)).toContain('key-file-from-copy')
    expect(codesOf((await cli('doctor', ...at, '--json')).out)).toContain('key-file-put-back')
    expect(codesOf((await cli('doctor', ...at, '--json')).out)).toContain('key-file-sound')
    rmSync(join(dataDir, KEY_FILE))
    rmSync(join(dataDir, 'backups'), { recursive: true })
    const lost = await cli('doctor', '--data', dataDir, '--json')
    expect(lost.code).toBe(1)
    expect(codesOf(lost.out)).toContain('key-file-lost')
  })

  it('restores a backup of the second folder on another computer, which is encrypted from then on', async () => {
    const { second, recoveryKey, file, dataDir } = await closedDay()
    const backup = readdirSync(second).find((name) => name.endsWith('.db')) ?? ''
    const elsewhere = join(tempDir(), 'elsewhere')
    mkdirSync(elsewhere)
    const restore = ['backup', 'restore', '--data', elsewhere, '--backup', join(second, backup)]
    expect((await cli(...restore)).code).toBe(1)
    const key = join(tempDir(), 'key')
    writeFileSync(key, recoveryKey)
    await done(...restore, '--passphrase-file', key)
    expect(isProtected(elsewhere)).toBe(true)
    expect((await done('verify', '--data', elsewhere, '--passphrase-file', file)).at(-1)).toContain('Sound')
    expect(filesWith([NAME], elsewhere)).toEqual([])
    const [there, here] = [elsewhere, dataDir].map(async (folder) => {
      const reader = openReader(folder, await unlockFolder(folder, { passphrase: PASSPHRASE }))
      const ids = [...reader.events()].map(({ id }) => id)
      reader.close()
      return ids
    })
    expect(await there).toEqual(await here)
  })
})
