import { expect, it } from 'vitest'
import { createSimulatedTime } from '#electron/services/demo/simulated-time.ts'
import {
  directorsLaptop,
  exam,
  examiner,
  handOver,
  laptop,
  newEvent,
  otherExaminer,
  slotsOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'

const MIN = 60_000

/** A station whose clock is off by so many minutes. */
async function stationWithClock(director: TestLaptop, minutes: number): Promise<TestLaptop> {
  const { file, code, signerCode: signer } = await director.director('package.export', { examId: exam.id })
  const station = await laptop({ time: createSimulatedTime(Date.now() + minutes * MIN) })
  await station.director('package.import', { upload: director.upload(file), code, signer })
  return station
}

async function beginFirstRound(station: TestLaptop, who: typeof examiner): Promise<void> {
  const call = station.as(who)
  const encounterId = slotsOf(who)[0]?.id
  if (encounterId === undefined) throw new Error('no first round')
  await call('encounter.confirmIdentity', { encounterId, eventId: newEvent() })
  await call('clock.command', { encounterId, eventId: newEvent(), command: { kind: 'start' } })
}

const clocksAt = async ({ director }: TestLaptop) => {
  const { laptops } = await director('laptop.list', { examId: exam.id })
  return laptops.filter(({ own }) => !own).map(({ clock }) => clock)
}

it('one station alone that runs ahead of the director’s laptop is known to, as long as its newest event lies ahead', async () => {
  const director = await directorsLaptop()
  const fast = await stationWithClock(director, 40)
  await beginFirstRound(fast, examiner)
  const { aheadMs } = await handOver(fast, director)
  expect(Math.round(aheadMs / MIN)).toBe(40)
  const [clock] = await clocksAt(director)
  expect(clock?.kind).toBe('ahead')
  expect(Math.round((clock?.ms ?? 0) / MIN)).toBe(40)
})

it('two stations that begin a round by one bell, one behind, are known to differ, and neither is blamed', async () => {
  const director = await directorsLaptop()
  const slow = await stationWithClock(director, -20)
  const right = await stationWithClock(director, 0)
  await beginFirstRound(slow, examiner)
  await beginFirstRound(right, otherExaminer)
  await handOver(slow, director)
  expect(await clocksAt(director)).toEqual([null])
  await handOver(right, director)
  const clocks = await clocksAt(director)
  expect(clocks.map((clock) => clock?.kind)).toEqual(['apart', 'apart'])
  for (const clock of clocks) expect(Math.round((clock?.ms ?? 0) / MIN)).toBe(20)
})
