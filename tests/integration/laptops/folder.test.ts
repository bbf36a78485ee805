import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { eventually } from '#tests/support/eventually.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  handOver,
  laptop,
  slotsOf,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

const [first, second] = slotsOf(examiner)
if (!first || !second) throw new Error('the small exam has other encounters')
const examId = exam.id

/** Puts what a station recorded into a folder, as its examiner does. Answers the path. */
async function put(station: TestLaptop, folder: string, since: 'start' | 'last' = 'start') {
  const call = station.as(examiner)
  const { file, events } = await call('bundle.export', { examId, since })
  const { path } = await call('bundle.put', { fileId: file.id, folder })
  return { path, events }
}

const watchedAt = async ({ director }: TestLaptop) => (await director('laptop.list', { examId })).watched

/** Looks until what is expected has come; a file counts at the second look that finds it unchanged. */
const comes = (at: TestLaptop, expected: () => Promise<void>) =>
  eventually(async () => {
    at.services.wake()
    await expected()
  })

async function watching() {
  const director = await directorsLaptop()
  const station = await stationOf(director)
  const folder = tempDir()
  await director.director('bundle.watch', { path: folder })
  return { director, station, folder }
}

describe('handing over into a folder', () => {
  it('leaves the bundle there whole, under a name of its own, and counts it as handed over', async () => {
    const station = await stationOf(await directorsLaptop())
    await examine(station.as(examiner), first.id, 4)
    const folder = tempDir()
    const { path, events } = await put(station, folder)
    expect(readdirSync(folder)).toEqual([basename(path)])
    expect(events).toBeGreaterThan(10)
    expect((await put(station, folder, 'last')).events).toBe(0)
    expect((await station.as(examiner)('laptop.own', {})).folder).toBe(folder)
  })

  it('counts nothing as handed over that was made but never saved', async () => {
    const station = await stationOf(await directorsLaptop())
    const call = station.as(examiner)
    await examine(call, first.id, 4)
    const made = await call('bundle.export', { examId, since: 'last' })
    const again = await call('bundle.export', { examId, since: 'last' })
    expect(again.events).toBe(made.events)
    await call('bundle.saved', { fileId: again.file.id })
    expect((await call('bundle.export', { examId, since: 'last' })).events).toBe(0)
  })

  it('is refused where there is no such folder, with nothing counted as handed over', async () => {
    const station = await stationOf(await directorsLaptop())
    const call = station.as(examiner)
    await examine(call, first.id, 4)
    const { file, events } = await call('bundle.export', { examId, since: 'last' })
    for (const folder of [join(tempDir(), 'gone'), 'stick', '.']) {
      expect(await call.refusal('bundle.put', { fileId: file.id, folder })).toBe('folder-unusable')
    }
    expect((await call('bundle.export', { examId, since: 'last' })).events).toBe(events)
  })
})

describe('a watched folder', () => {
  it('is emptied of nothing, and takes in by itself what comes from a laptop that is known', async () => {
    const { director, station, folder } = await watching()
    await examine(station.as(examiner), first.id, 4)
    await handOver(station, director)
    await examine(station.as(examiner), second.id, 3)
    const { path } = await put(station, folder)
    await comes(director, async () => {
      const arrived = (await watchedAt(director))?.arrived
      expect(arrived).toMatchObject([{ name: basename(path), failure: null }])
      expect(arrived?.[0]?.imported?.new).toBeGreaterThan(10)
    })
    expect((await director.director('results.encounter', { encounterId: second.id })).status).toBe('submitted')
    expect(readdirSync(folder)).toEqual([basename(path)])
  })

  it('asks who a stranger is, and takes the others of that laptop in once it was named', async () => {
    const { director, station, folder } = await watching()
    await examine(station.as(examiner), first.id, 4)
    await put(station, folder)
    await comes(director, async () => {
      expect((await watchedAt(director))?.arrived).toMatchObject([{ failure: { code: 'bundle-stranger' } }])
    })
    const [waiting] = (await watchedAt(director))?.arrived ?? []
    const { code } = await station.director('laptop.own', {})
    expect(waiting?.failure?.params['code']).toBe(code)
    const name = waiting?.name ?? ''
    const answer = await director.director('bundle.fetch', { name, trust: { code, name: 'Station 1' } })
    expect(answer).toMatchObject({ laptop: 'Station 1', known: 0 })
    expect((await watchedAt(director))?.arrived).toMatchObject([{ name, failure: null }])
  })

  it('leaves alone what grows, what is no bundle, and what leads elsewhere', async () => {
    const { director, station, folder } = await watching()
    await examine(station.as(examiner), first.id, 4)
    await handOver(station, director)
    const elsewhere = tempDir()
    const { path } = await put(station, elsewhere)
    writeFileSync(join(folder, 'notes.txt'), 'not ours')
    mkdirSync(join(folder, 'a.attune-bundle'))
    symlinkSync(path, join(folder, 'link.attune-bundle'))
    const whole = readFileSync(path)
    const growing = join(folder, 'slow.attune-bundle')
    for (let size = 1; size <= 3; size++) {
      writeFileSync(growing, whole.subarray(0, size * 100))
      director.services.wake()
      expect((await watchedAt(director))?.arrived).toEqual([])
    }
    writeFileSync(growing, whole)
    await comes(director, async () => {
      expect((await watchedAt(director))?.arrived).toMatchObject([{ name: 'slow.attune-bundle', failure: null }])
    })
  })

  it('says of a broken file why it was refused, once, and takes the mended one', async () => {
    const { director, station, folder } = await watching()
    await examine(station.as(examiner), first.id, 4)
    await handOver(station, director)
    const { path } = await put(station, tempDir())
    const whole = readFileSync(path)
    const target = join(folder, 'b.attune-bundle')
    writeFileSync(target, whole)
    truncateSync(target, 200)
    await comes(director, async () => {
      expect((await watchedAt(director))?.arrived).toMatchObject([
        { imported: null, failure: { code: 'bundle-not-opened' } },
      ])
    })
    const none = { personId: null, candidateId: null, stationId: null, kind: null, device: null, from: null, to: null }
    const entries = async () =>
      (await director.director('audit.list', { filter: { ...none, examId: null, text: '' }, before: null })).total
    const before = await entries()
    for (let look = 0; look < 4; look++) {
      director.services.wake()
      expect(await entries()).toBe(before)
    }
    writeFileSync(target, whole)
    await comes(director, async () => {
      expect((await watchedAt(director))?.arrived).toMatchObject([{ failure: null }])
    })
  })

  it('is watched again after a restart, without taking in twice what is known', async () => {
    const { director, station, folder } = await watching()
    await examine(station.as(examiner), first.id, 4)
    await handOver(station, director)
    await put(station, folder)
    await comes(director, async () => {
      expect((await watchedAt(director))?.arrived).toHaveLength(1)
    })
    await director.services.shutdown()
    const again = await laptop({ dataDir: director.dataDir })
    await examine(station.as(examiner), second.id, 2)
    const { path } = await put(station, folder)
    await comes(again, async () => {
      expect((await watchedAt(again))?.arrived).toMatchObject([{ name: basename(path), failure: null }])
    })
  })

  it('that is pulled out is said to be gone, and goes on when it is back', async () => {
    const { director, folder } = await watching()
    renameSync(folder, `${folder}-gone`)
    await comes(director, async () => {
      expect(await watchedAt(director)).toMatchObject({ path: folder, there: false })
    })
    renameSync(`${folder}-gone`, folder)
    await comes(director, async () => {
      expect(await watchedAt(director)).toMatchObject({ there: true })
    })
    await director.director('bundle.watch', { path: null })
    expect(await watchedAt(director)).toBeNull()
  })

  it('is none that is not there, and nothing is fetched from outside of it', async () => {
    const { director, station, folder } = await watching()
    const call = director.director
    expect(await call.refusal('bundle.watch', { path: join(folder, 'gone') })).toBe('folder-unusable')
    expect((await watchedAt(director))?.path).toBe(folder)
    await examine(station.as(examiner), first.id, 4)
    const { path } = await put(station, tempDir())
    for (const name of [path, `../${basename(path)}`, '..', 'gone.attune-bundle']) {
      expect(await call.refusal('bundle.fetch', { name, trust: null })).toBe('not-found')
    }
  })
})
