import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { backupsIn, backupsOf } from '#electron/store/backup-file.ts'
import { openStore } from '#electron/store/store.ts'
import { putSmallExam } from '#tests/support/small-exam.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { cli, done } from './call.ts'

/** A data folder in which the exam was built, and its package with its code. */
async function built() {
  const data = dataFolder()
  const store = openStore({ dataDir: data })
  const { exam } = putSmallExam(store)
  store.close()
  const file = join(tempDir(), 'exam.attune-package')
  const [text] = await done('package', 'export', '--data', data, '--exam', exam.id, '--out', file, '--json')
  return { data, examId: exam.id, file, ...(JSON.parse(text ?? '') as { code: string; signerCode: string }) }
}

it('a package that is refused makes no data folder', async () => {
  const { file, code } = await built()
  const station = join(tempDir(), 'new', 'station')
  const wrong = code.startsWith('A') ? `B${code.slice(1)}` : `A${code.slice(1)}`
  const other = join(tempDir(), 'other.attune-package')
  writeFileSync(other, 'notes')
  for (const call of [
    [file, '--code', wrong],
    [other, '--code', code],
    [file, '--code', code, '--signer', 'AAAA-AAAA'],
  ]) {
    const said = await cli('package', 'import', ...call, '--data', station)
    expect([said.code, said.out]).toEqual([1, []])
    expect(said.err).toHaveLength(1)
    expect(existsSync(join(station, '..'))).toBe(false)
  }
})

it('a package names who signed it until that was compared; a bundle’s laptop is named by its letters, however they are typed', async () => {
  const { data, examId, file, code, signerCode } = await built()
  const station = join(tempDir(), 'station')
  const take = ['package', 'import', file, '--code', code.toLowerCase(), '--data', station]
  expect((await done(...take)).join('\n')).toContain(`Signed by ${signerCode}.`)
  expect((await done(...take)).join('\n')).toContain(`Signed by ${signerCode}.`)
  const compared = [...take, '--signer', signerCode.toLowerCase()]
  expect((await done(...compared)).join('\n')).not.toContain(signerCode)
  expect((await done(...take)).join('\n')).not.toContain(signerCode)

  const bundle = join(tempDir(), 'station.attune-bundle')
  const [text] = await done('bundle', 'export', '--data', station, '--exam', examId, '--out', bundle, '--json')
  const own = (JSON.parse(text ?? '') as { code: string }).code
  const typed = own.toLowerCase().replaceAll('-', ' ')
  expect((await cli('bundle', 'import', bundle, '--data', data)).err.join('\n')).toContain(`--trust ${own}=NAME`)
  expect((await done('bundle', 'import', bundle, '--data', data, '--trust', `${typed}=Room 1`)).at(0)).toContain(
    'Room 1',
  )
  // A package's key takes its time to derive, as it does for whoever would guess it.
}, 60_000)

it('what only writes a file makes no backup but with the first package, and so pushes none out; what takes something in makes one', async () => {
  const { data, examId, file, code, signerCode } = await built()
  const station = join(tempDir(), 'station')
  await done('package', 'import', file, '--code', code, '--signer', signerCode, '--data', station)
  const kept = backupsIn(backupsOf(station)).length
  expect(kept).toBeGreaterThan(0)
  for (const name of ['1', '2']) {
    const out = join(tempDir(), `${name}.attune-bundle`)
    await done('bundle', 'export', '--data', station, '--exam', examId, '--out', out)
    await done('package', 'export', '--data', data, '--exam', examId, '--out', `${out}.attune-package`)
  }
  expect(backupsIn(backupsOf(station))).toHaveLength(kept)
  expect(backupsIn(backupsOf(data)).map(({ why }) => why)).toEqual(['package-made'])
}, 60_000)

it('bundles are taken into no folder that has no database, and none is made', async () => {
  const folder = join(tempDir(), 'typo')
  const said = await cli('bundle', 'import', join(tempDir(), 'a.attune-bundle'), '--data', folder)
  expect([said.code, said.out]).toEqual([1, []])
  expect(said.err).toEqual([
    `There is no database of Attune (${folder}); nothing was made. Check the path that you gave with --data.`,
  ])
  expect(existsSync(folder)).toBe(false)
})
