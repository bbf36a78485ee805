import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { silentLog } from '#electron/services/log.ts'
import { openHost } from '#electron/services/open-host.ts'
import { fromRoot } from '#tests/support/services.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { done } from './call.ts'

/** A host that is started with --demo on a folder and ended again; what it said. */
async function startedWithDemo(dataDir: string): Promise<string[]> {
  const said: string[] = []
  const services = await openHost(
    {
      host: 'web',
      version: '0.0.0-test',
      dataDir,
      resourcesDir: fromRoot('resources'),
      fontDir: null,
      reportWorker: new URL('../../../electron/reports/worker.ts', import.meta.url),
      log: silentLog,
    },
    { demo: true, takeBack: false, say: (sentence) => void said.push(sentence) },
  )
  await services.shutdown()
  return said
}

const exams = async (data: string): Promise<unknown> =>
  JSON.parse((await done('exam', 'list', '--data', data, '--json')).join(''))

it('fills a new data folder with the sample exam and its day, also where an earlier try broke off', async () => {
  const dataDir = tempDir()
  mkdirSync(join(dataDir, 'demo-in-the-making'))
  writeFileSync(join(dataDir, 'demo-in-the-making', 'attune.db'), 'half a day')
  const said = await startedWithDemo(dataDir)
  expect(said[0]).toMatch(/^Filling the new data folder .+ …$/)
  expect(said.at(-1)).toBe('Played 192 of 192 encounters')
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
