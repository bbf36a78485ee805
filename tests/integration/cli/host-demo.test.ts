import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { AttuneError } from '#shared/contract/result.ts'
import { holdFolder } from '#electron/files/data-folder.ts'
import { silentLog } from '#electron/base/log.ts'
import { openHost } from '#electron/hosts/open-host.ts'
import { fromRoot } from '#tests/support/services.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { done } from './call.ts'

/** A host that is started with --demo on a folder and ended again; what it said. */
async function startedWithDemo(dataDir: string, heard?: (sentence: string) => void): Promise<string[]> {
  const said: string[] = []
  const services = await openHost(
    {
      host: 'web',
      version: '0.0.0-test',
      dataDir,
      resourcesDir: fromRoot('resources'),
      fontDir: null,
      reportWorker: new URL('../../../electron/threads/worker.ts', import.meta.url),
      log: silentLog,
    },
    { demo: true, takeBack: false, say: (sentence) => (said.push(sentence), heard?.(sentence)) },
  )
  await services.shutdown()
  return said
}

function refusalOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof AttuneError) return error.code
    throw error
  }
  throw new Error('nothing was refused')
}

const exams = async (data: string): Promise<unknown> =>
  JSON.parse((await done('exam', 'list', '--data', data, '--json')).join(''))

it('fills a new data folder, which it holds, with the sample exam and its day, also where an earlier try broke off', async () => {
  const dataDir = tempDir()
  mkdirSync(join(dataDir, 'demo-in-the-making'))
  writeFileSync(join(dataDir, 'demo-in-the-making', 'attune.db'), 'half a day')
  const others: unknown[] = []
  const said = await startedWithDemo(dataDir, (sentence) => {
    if (sentence.startsWith('Played 96')) others.push(refusalOf(() => holdFolder(dataDir, { host: 'cli', pid: 1 })))
  })
  expect(others).toEqual(['folder-in-use'])
  expect(said[0]).toMatch(/^Filling the new data folder .+ …$/)
  expect(said.at(-2)).toBe('Played 192 of 192 encounters')
  expect(said.at(-1)).toContain('with the PIN 246810')
  expect(await exams(dataDir)).toEqual([expect.objectContaining({ encounters: 192, status: 'running' })])
  expect(readdirSync(dataDir)).not.toContain('demo-in-the-making')
}, 60_000)

it('leaves a folder that was in use before as it is, and says so', async () => {
  const dataDir = tempDir()
  await done('demo', '--out', join(tempDir(), 'out'), '--data', dataDir, '--candidates', '1', '--stations', '1')
  const before = await exams(dataDir)
  expect(await startedWithDemo(dataDir)).toEqual(['The data folder was in use before: --demo left it as it is.'])
  expect(await exams(dataDir)).toEqual(before)
})

it.each([
  ['the backups', 'backups/before-migration.db', 'backups'],
  ['the log of its last marks', 'attune.db-wal', 'log'],
])('refuses, as a plain start does, a folder where of a database only %s is left', async (_what, name, left) => {
  const dataDir = tempDir()
  mkdirSync(join(dataDir, 'backups'))
  writeFileSync(join(dataDir, name), 'marks of a real exam')
  const said: string[] = []
  await expect(startedWithDemo(dataDir, (sentence) => void said.push(sentence))).rejects.toMatchObject({
    code: 'database-missing',
    params: { folder: dataDir, left },
  })
  expect(said).toEqual([])
  expect(readFileSync(join(dataDir, name), 'utf8')).toBe('marks of a real exam')
  expect(readdirSync(dataDir)).not.toContain('attune.db')
  expect(readdirSync(dataDir)).not.toContain('demo-in-the-making')
})

it('puts nothing into a folder that another host holds', async () => {
  const dataDir = tempDir()
  const { release } = holdFolder(dataDir, { host: 'electron', pid: process.pid })
  const before = readdirSync(dataDir)
  const said: string[] = []
  await expect(startedWithDemo(dataDir, (sentence) => void said.push(sentence))).rejects.toMatchObject({
    code: 'folder-in-use',
  })
  expect(said).toEqual([])
  expect(readdirSync(dataDir)).toEqual(before)
  release()
})
