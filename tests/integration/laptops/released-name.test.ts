import { expect, it } from 'vitest'
import { directorsLaptop, exam, examine, examiner, handOver, slotsOf, stationOf } from '#tests/support/laptops.ts'

const [first, second] = slotsOf(examiner).map(({ id }) => id)
if (!first || !second) throw new Error('the small exam has other encounters')
const encounters = { first, second }

/** A director who took in what a station recorded, and the station's line in the list. */
async function handedOver() {
  const director = await directorsLaptop()
  const station = await stationOf(director)
  await examine(station.as(examiner), encounters.first, 3)
  await handOver(station, director)
  const listed = async () => {
    const { laptops } = await director.director('laptop.list', { examId: exam.id })
    return laptops.find(({ own }) => !own)
  }
  return { director, station, listed, device: (await listed())?.device ?? '' }
}

it('a laptop whose name is released is a stranger again, and what came from it stays', async () => {
  const { director, station, listed, device } = await handedOver()
  const before = await listed()
  expect(before?.name).not.toBeNull()
  await director.director('laptop.release', { device })
  expect(await listed()).toEqual({ ...before, name: null })
  const record = await director.director('results.encounter', { encounterId: encounters.first })
  expect(record.ratings.length).toBeGreaterThan(0)
  expect(await director.director('ledger.verify', {})).toMatchObject({ sound: true })

  await examine(station.as(examiner), encounters.second, 4)
  const { file } = await station.director('bundle.export', { examId: exam.id, since: 'start' })
  const upload = station.upload(file)
  expect(await director.director.refusal('bundle.import', { upload, trust: null })).toBe('bundle-stranger')
  expect(await handOver(station, director)).toMatchObject({ missing: 0, conflicting: 0 })
  expect((await listed())?.name).toBe(before?.name)
})

it('what has no name, and this laptop itself, have none to release', async () => {
  const { director, device } = await handedOver()
  await director.director('laptop.release', { device })
  const release = (which: string) => director.director.refusal('laptop.release', { device: which })
  expect(await release(device)).toBe('not-found')
  expect(await release('nobody')).toBe('not-found')
  const { laptops } = await director.director('laptop.list', { examId: exam.id })
  for (const { own, device: here } of laptops) if (own) expect(await release(here)).toBe('not-found')
})

it('nobody but a director releases a name', async () => {
  const { director, device } = await handedOver()
  expect(await director.as(examiner).refusal('laptop.release', { device })).toBe('forbidden')
})
