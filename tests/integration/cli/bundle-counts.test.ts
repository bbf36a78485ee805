import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openReader } from '#electron/store/store.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  otherExaminer,
  slotsOf,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { cli } from './call.ts'

type Counts = { new: number; known: number; conflicting: number; refused: number }
type Told = Counts & { files: (Counts & { file: string; problem?: string })[] }

const [first] = slotsOf(examiner)
const [elsewhere] = slotsOf(otherExaminer)
if (!first || !elsewhere) throw new Error('the small exam has other encounters')

/** A closed director's folder, and three stations: two that rated the same encounter differently, one another. */
async function threeStations() {
  const director = await directorsLaptop()
  const folder = tempDir()
  const bundleOf = async (station: TestLaptop, name: string) => {
    const { file, events } = await station.director('bundle.export', { examId: exam.id, since: 'start' })
    const path = join(folder, name)
    writeFileSync(path, Buffer.from(station.upload(file).base64, 'base64'))
    const { code } = await station.director('laptop.own', {})
    return { path, events, code, trust: ['--trust', `${code}=${name}`] }
  }
  const stations = [await stationOf(director), await stationOf(director), await stationOf(director)] as const
  await examine(stations[0].as(examiner), first?.id ?? ('' as never), 4)
  await examine(stations[1].as(examiner), first?.id ?? ('' as never), 2)
  await examine(stations[2].as(otherExaminer), elsewhere?.id ?? ('' as never), 3)
  const one = await bundleOf(stations[0], 'one')
  const two = await bundleOf(stations[1], 'two')
  const three = await bundleOf(stations[2], 'three')
  await director.services.shutdown()
  const told = async (...words: string[]): Promise<Told & { exit: number }> => {
    const said = await cli('bundle', 'import', ...words, '--data', director.dataDir, '--json')
    return { ...(JSON.parse(said.out[0] ?? '') as Told), exit: said.code }
  }
  const refusals = () => {
    const reader = openReader(director.dataDir)
    const payloads = [...reader.events()].filter(({ type }) => type === 'bundle.refused')
    reader.close()
    return payloads.length
  }
  return { folder, one, two, three, told, refusals }
}

it('counts the events of each file as new or known, and those that stand against each other', async () => {
  const { one, two, three, told } = await threeStations()
  const trust = [one, two, three].flatMap((bundle) => bundle.trust)
  const all = await told(one.path, two.path, one.path, three.path, ...trust)
  expect(all.files).toMatchObject([
    { new: one.events, known: 0, conflicting: 0, refused: 0 },
    // Twelve behaviours, of which either laptop said something else.
    { new: two.events, known: 0, conflicting: 12, refused: 0 },
    { new: 0, known: one.events, conflicting: 12, refused: 0 },
    // A contradiction that another file brought is none of this one.
    { new: three.events, known: 0, conflicting: 0, refused: 0 },
  ])
  expect(all).toMatchObject({
    ...{ new: one.events + two.events + three.events, known: one.events, conflicting: 24, refused: 0, exit: 0 },
  })
})

it('counts the events of a file that is refused, as far as they can be read', async () => {
  const { folder, one, two, told } = await threeStations()
  const garbage = join(folder, 'garbage')
  writeFileSync(garbage, 'no bundle')
  const all = await told(one.path, garbage, two.path, ...one.trust)
  expect(all.files).toMatchObject([
    { new: one.events, refused: 0 },
    { new: 0, known: 0, conflicting: 0, refused: 0 },
    { new: 0, known: 0, conflicting: 0, refused: two.events },
  ])
  expect(all.files.map(({ problem }) => problem !== undefined)).toEqual([false, true, true])
  expect(all).toMatchObject({ new: one.events, known: 0, refused: two.events, exit: 1 })
})

it('tells the audit of no refusal where a laptop is named with its first file, and once of one that comes again', async () => {
  const { one, two, three, told, refusals } = await threeStations()
  await told(one.path, two.path, ...two.trust, ...one.trust)
  expect(refusals()).toBe(0)
  for (let time = 0; time < 3; time++) await told(three.path)
  expect(refusals()).toBe(1)
})
