import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseBackupName } from '#shared/domain/backup.ts'
import { MAX_BUNDLE_BYTES } from '#shared/domain/bundle.ts'
import { createSealKey, sealTo } from '#electron/files/sealed.ts'
import { lookAtBackup } from '#electron/store/backup-file.ts'
import type { LedgerHead } from '#electron/store/database-facts.ts'
import { newestVersion } from '#electron/store/migrations/index.ts'
import { openReader } from '#electron/store/store.ts'
import { saidIn } from '#tests/support/audit-of.ts'
import { directorsLaptop, exam, examine, examiner, laptop, slotsOf, stationOf } from '#tests/support/laptops.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { cli } from './call.ts'

const [first, second] = slotsOf(examiner).map(({ id }) => id)
if (!first || !second) throw new Error('the small exam has other encounters')
const encounters = { first, second }

/** A closed director's folder, and what a station recorded as two files. */
async function folderAndBundles() {
  const director = await directorsLaptop()
  const station = await stationOf(director)
  const folder = tempDir()
  const bundle = async (name: string, since: 'start' | 'last') => {
    const { file } = await station.director('bundle.export', { examId: exam.id, since })
    await station.director('bundle.saved', { fileId: file.id })
    const path = join(folder, name)
    writeFileSync(path, Buffer.from(station.upload(file).base64, 'base64'))
    return path
  }
  await examine(station.as(examiner), encounters.first, 3)
  const one = await bundle('one.attune-bundle', 'start')
  await examine(station.as(examiner), encounters.second, 4)
  const two = await bundle('two.attune-bundle', 'last')
  const { code } = await station.director('laptop.own', {})
  await director.services.shutdown()
  return { data: director.dataDir, folder, one, two, trust: ['--trust', `${code}=Room 1`] }
}

/** How many of the exam's events a ledger holds. */
const ofExam = (heads: readonly LedgerHead[]): number =>
  heads.filter(({ examId }) => examId === exam.id).reduce((sum, { events }) => sum + events, 0)

it('keeps a backup of what was there before the first bundle, and one alone for many', async () => {
  const { data, one, two, trust } = await folderAndBundles()
  expect((await cli('bundle', 'import', one, two, '--data', data, ...trust)).code).toBe(0)
  const backups = join(data, 'backups')
  const kept = readdirSync(backups).filter((name) => parseBackupName(name)?.why === 'before-import')
  expect(kept).toHaveLength(1)
  const look = lookAtBackup(join(backups, kept[0] ?? ''), newestVersion, null)
  if (!('facts' in look)) throw new Error(look.state)
  expect(ofExam(look.facts.heads)).toBe(0)
  const reader = openReader(data)
  expect(ofExam(reader.heads())).toBeGreaterThan(0)
  reader.close()
})

it('says of a bundle that is cut off, or of another director’s, what can be done, and nothing of a code that nobody typed', async () => {
  const { data, folder, one, trust } = await folderAndBundles()
  const cut = join(folder, 'cut.attune-bundle')
  writeFileSync(cut, readFileSync(one).subarray(0, -40))
  const other = join(folder, 'other.attune-bundle')
  writeFileSync(other, await sealTo((await createSealKey()).recipient, Buffer.from('a bundle')))
  for (const file of [cut, other]) {
    const { code, err } = await cli('bundle', 'import', file, '--data', data, ...trust)
    expect([code, err]).toEqual([1, [expect.stringContaining('The bundle cannot be opened')]])
    expect(err.join('')).not.toMatch(/code|letter/)
  }
})

it('keeps none before a bundle of which all is here already', async () => {
  const { data, one, trust } = await folderAndBundles()
  const kept = () => readdirSync(join(data, 'backups')).filter((name) => name.includes('before-import')).length
  expect((await cli('bundle', 'import', one, '--data', data, ...trust)).code).toBe(0)
  expect(kept()).toBe(1)
  expect((await cli('bundle', 'import', one, '--data', data)).code).toBe(0)
  expect(kept()).toBe(1)
})

it('goes on after a file that cannot be read, and says which', async () => {
  const { data, folder, one, two, trust } = await folderAndBundles()
  const gone = join(folder, 'gone.attune-bundle')
  const said = await cli('bundle', 'import', one, gone, two, '--data', data, '--json', ...trust)
  expect(said.code).toBe(1)
  expect(said.err).toHaveLength(1)
  expect(said.err[0]).toMatch(new RegExp(`^${gone}: .*(?:cannot|could not) be read`))
  const told = JSON.parse(said.out[0] ?? '') as { files: { file: string; new: number }[] }
  expect(told.files.map(({ file, new: added }) => [file, added > 0])).toEqual([
    [one, true],
    [gone, false],
    [two, true],
  ])
})

it('reads no device and no pipe, which may never end', async () => {
  const { data } = await folderAndBundles()
  const { code, err } = await cli('bundle', 'import', '/dev/null', '--data', data)
  expect([code, err]).toEqual([1, [expect.stringMatching(/^\/dev\/null: .*cannot be read/)]])
})

it('takes a file that is too large for a window, and none that is larger than any bundle', async () => {
  const { data, folder } = await folderAndBundles()
  const large = join(folder, 'large.attune-bundle')
  const larger = join(folder, 'larger.attune-bundle')
  for (const path of [large, larger]) writeFileSync(path, 'no bundle')
  truncateSync(large, 21_000_000)
  truncateSync(larger, MAX_BUNDLE_BYTES + 1)
  const { code, err } = await cli('bundle', 'import', large, larger, '--data', data)
  expect(code).toBe(1)
  expect(err[0]).toMatch(/^.*large\.attune-bundle: (?!.*too large)/)
  expect(err[1]).toMatch(/^.*larger\.attune-bundle: .*too large.*256 MB/)
  const { director, services } = await laptop({ dataDir: data })
  const refused = (await saidIn(director)).filter((line) => line.startsWith('was refused a bundle: '))
  expect(refused).toEqual([expect.stringContaining('larger than'), expect.not.stringContaining('larger than')])
  expect(refused.join(' ')).not.toContain('attune-bundle')
  await services.shutdown()
})
