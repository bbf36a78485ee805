import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { isProtected, sweepParts, unlockFolder } from '#electron/files/protection.ts'
import { openReader, openStore } from '#electron/store/store.ts'
import { dataOf, examDay } from '#tests/support/exam-day.ts'
import { fromRoot } from '#tests/support/services.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { filesWith, NAME, PASSPHRASE, protectedDay, recordIn } from './protected.ts'

const child = fileURLToPath(new URL('../../support/protect-child.ts', import.meta.url))
const OTHER = 'the owl was replaced'

/** Lets a child work on a folder and kills it so many milliseconds after it began. */
async function killedWhile(args: string[], afterMs: number): Promise<void> {
  const running = spawn(process.execPath, [child, ...args], { cwd: fromRoot(''), stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => running.once('exit', resolve))
  running.stdout.once('data', () => {
    setTimeout(() => running.kill('SIGKILL'), afterMs)
  })
  await ended
}

it(
  'a kill while a folder is encrypted leaves it in plain or encrypted, whole either way',
  { timeout: 60_000 },
  async () => {
    const day = await examDay()
    await recordIn(day)
    await day.services.shutdown()
    const before = openReader(day.dataDir)
    const events = [...before.events()].length
    before.close()
    const found = new Set<string>()
    for (const afterMs of [0, 10, 25, 45, 70, 400]) {
      const dataDir = join(tempDir(), 'copy')
      cpSync(day.dataDir, dataDir, { recursive: true })
      await killedWhile(['encrypt', dataDir, PASSPHRASE], afterMs)
      const key = isProtected(dataDir) ? await unlockFolder(dataDir, { passphrase: PASSPHRASE }) : null
      found.add(key === null ? 'plain' : 'encrypted')
      sweepParts(dataDir)
      const store = openStore({ dataDir, key })
      store.close()
      const reader = openReader(dataDir, key)
      const noted = [...reader.events()].filter(({ type }) => type === 'data.encrypted')
      expect([...reader.events()].length - noted.length).toBe(events)
      if (key === null) expect(noted).toEqual([])
      expect(reader.verify()).toMatchObject({ broken: null, differing: [] })
      reader.close()
      if (key !== null) expect(filesWith([NAME, 'SQLite format 3'], dataDir)).toEqual([])
    }
    expect(found).toContain('encrypted')
  },
)

it('a kill while the passphrase is changed leaves the one or the other', { timeout: 60_000 }, async () => {
  const day = await protectedDay()
  const key = await unlockFolder(day.dataDir, { passphrase: PASSPHRASE })
  dataOf(await day.director('backup.create', {}))
  await day.services.shutdown()
  let now = PASSPHRASE
  for (let kill = 0; kill < 6; kill++) {
    await killedWhile(['change', day.dataDir, now, now === PASSPHRASE ? OTHER : PASSPHRASE], randomInt(5, 120))
    const opened = await Promise.allSettled(
      [PASSPHRASE, OTHER].map((passphrase) => unlockFolder(day.dataDir, { passphrase })),
    )
    expect(opened.filter(({ status }) => status === 'fulfilled')).toEqual([{ status: 'fulfilled', value: key }])
    now = opened[0]?.status === 'fulfilled' ? PASSPHRASE : OTHER
  }
})
