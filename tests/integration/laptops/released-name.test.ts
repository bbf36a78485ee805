import { expect, it } from 'vitest'
import { encodeBundle } from '#electron/files/bundle-codec.ts'
import { sealTo } from '#electron/files/sealed.ts'
import { chained } from '#electron/store/chain.ts'
import { eventFromRow } from '#electron/store/event-row.ts'
import { keyCode } from '#electron/store/repositories/installation.ts'
import { openReader } from '#electron/store/store.ts'
import { headerOf } from '#tests/support/forged-bundle.ts'
import { stranger, type Signer } from '#tests/support/forged-package.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  handOver,
  newEvent,
  slotsOf,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'

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
  const inAudit = async () => {
    const { devices } = await director.director('audit.choices', { examId: exam.id })
    return devices.find((writer) => writer.device === device)
  }
  const before = await listed()
  expect(before?.name).not.toBeNull()
  expect(await inAudit()).toEqual({ device, own: false, name: before?.name })
  await director.director('laptop.release', { device })
  expect(await listed()).toEqual({ ...before, name: null })
  expect(await inAudit()).toEqual({ device, own: false, name: null })
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

/** What a laptop would write next, in a bundle that another key signs and claims for itself. */
async function writtenOnAs(forger: Signer, station: TestLaptop) {
  const store = openReader(station.dataDir)
  const rows = store.chains.rows(exam.id, store.installation.device(), 0)
  const recipient = store.keys.examKey(exam.id)?.recipient ?? ''
  store.close()
  const [last] = rows.slice(-1)
  if (!last) throw new Error('nothing was recorded')
  const event = eventFromRow(last)
  const next = chained({ ...event, id: newEvent(), seq: event.seq + 1 }, last.hash)
  const header = headerOf(forger.publicKey, [next])
  const sealed = await sealTo(recipient, encodeBundle({ header, rows: [next] }, forger.sign))
  return { name: 'b.attune-bundle', base64: Buffer.from(sealed).toString('base64') }
}

it('nobody else writes on in the name of a released laptop, even under a code that the director compared', async () => {
  const { director, station, listed, device } = await handedOver()
  const before = await listed()
  const forger = stranger()
  const upload = await writtenOnAs(forger, station)
  await director.director('laptop.release', { device })
  const trust = { code: keyCode(forger.publicKey), name: 'Room 1' }
  expect(await director.director.refusal('bundle.import', { upload, trust: null })).toBe('bundle-stranger')
  expect(await director.director.refusal('bundle.import', { upload, trust })).toBe('bundle-forked')
  expect(await listed()).toEqual({ ...before, name: null })
  expect(await director.director('ledger.verify', {})).toMatchObject({ sound: true })
  // The laptop itself is still told by its own key.
  expect(await handOver(station, director)).toMatchObject({ new: 0, missing: 0, conflicting: 0 })
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
