import { describe, expect, it } from 'vitest'
import type { StationFields } from '#shared/domain/exam.ts'
import { domainIdSchema } from '#shared/domain/ids.ts'
import { isSound } from '#electron/store/verify-ledger.ts'
import { openReader } from '#electron/store/store.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  handOver,
  rubric,
  slotsOf,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'

const [first] = slotsOf(examiner)
if (!first) throw new Error('the examiner has no encounter')
const { id: encounterId, stationId, candidateId } = first
const examId = exam.id
const late = { number: '9999', name: 'Late Comer', group: '', extraTimePercent: 0 }

/** A station has rated one encounter of which the director knows nothing yet. */
async function ratedElsewhere() {
  const director = await directorsLaptop()
  await director.director('rotation.generate', { examId })
  const station = await stationOf(director)
  await examine(station.as(examiner), encounterId, 4)
  return { director, station }
}

async function bringUpToDate(station: TestLaptop, director: TestLaptop): Promise<string> {
  const { file, code, signerCode: signer } = await director.director('package.export', { examId })
  return station.director.refusal('package.import', { upload: director.upload(file), code, signer })
}

const statusAt = async (at: TestLaptop) => (await at.director('results.encounter', { encounterId })).status

function soundAt({ dataDir }: TestLaptop): boolean {
  const reader = openReader(dataDir)
  try {
    return isSound(reader.verify())
  } finally {
    reader.close()
  }
}

describe('once a package is out', () => {
  it('a latecomer gets rounds at the end, and nothing that a station has rated loses its place', async () => {
    const { director, station } = await ratedElsewhere()
    const before = await director.director('rotation.get', { examId })
    const comer = await director.director('candidate.add', { examId, fields: late })
    const after = await director.director('rotation.generate', { examId })
    expect(after.slots.slice(0, before.slots.length)).toEqual(before.slots)
    expect(after.slots.slice(before.slots.length).every((slot) => slot.candidateId === comer.id)).toBe(true)
    expect(after.outdated).toBe(false)

    expect(await bringUpToDate(station, director)).toBe('taken')
    expect(await station.director('rotation.get', { examId })).toEqual(after)
    expect(await handOver(station, director)).toMatchObject({ known: 0, missing: 0 })
    expect(await statusAt(director)).toBe('submitted')
    expect(soundAt(director)).toBe(true)
  })

  it('the rest of the plan can still be another: whoever meets there meets in the same encounter', async () => {
    const { director, station } = await ratedElsewhere()
    const idsOf = async () =>
      new Map(
        (await director.director('rotation.get', { examId })).slots.map((slot) => [
          `${slot.stationId} ${slot.candidateId}`,
          slot.id,
        ]),
      )
    const before = await idsOf()
    const timing = { ...exam.timing, startsAt: '13:00' }
    await director.director('exam.update', { examId, fields: { timing } })
    await director.director('candidate.add', { examId, fields: late })
    await director.director('station.add', { examId, fields: {} })
    expect((await director.director('rotation.generate', { examId })).outdated).toBe(false)
    const after = await idsOf()
    expect(after.size).toBeGreaterThan(before.size)
    for (const [meeting, id] of before) expect(after.get(meeting)).toBe(id)

    expect(await bringUpToDate(station, director)).toBe('taken')
    await handOver(station, director)
    expect(await statusAt(director)).toBe('submitted')
  })

  /** A station's bundle comes in, the exam is closed and opened again; what is told of its rotation then. */
  async function closedAndReopened({ director, station }: { director: TestLaptop; station: TestLaptop }) {
    await handOver(station, director)
    const { outdated } = await director.director('rotation.get', { examId })
    await director.director('exam.setStatus', { examId, status: 'closed' })
    expect(await director.director.refusal('exam.setStatus', { examId, status: 'running' })).toBe('taken')
    const findings = await director.director('exam.readiness', { examId })
    return { outdated, told: findings.filter(({ leadsTo }) => leadsTo === 'rotation').map(({ code }) => code) }
  }

  it('more time for a candidate lengthens their clock, and the rotation stands', async () => {
    const { director, station } = await ratedElsewhere()
    await director.director('candidate.update', { candidateId, fields: { extraTimePercent: 25 } })
    expect((await director.director('rotation.get', { examId })).outdated).toBe(false)
    expect(await closedAndReopened({ director, station })).toEqual({ outdated: false, told: [] })
  })

  it('a timing that was changed leaves the rotation as it is once the first marks come', async () => {
    const { director, station } = await ratedElsewhere()
    const timing = { ...exam.timing, startsAt: '13:00' }
    await director.director('exam.update', { examId, fields: { timing } })
    expect((await director.director('rotation.get', { examId })).outdated).toBe(true)
    expect(await closedAndReopened({ director, station })).toEqual({ outdated: false, told: [] })
  })

  it('a latecomer who got no rounds before the first marks came gets them after', async () => {
    const { director, station } = await ratedElsewhere()
    await director.director('candidate.add', { examId, fields: late })
    const told = ['candidates-without-rounds']
    expect(await closedAndReopened({ director, station })).toEqual({ outdated: true, told })
    expect((await director.director('rotation.generate', { examId })).outdated).toBe(false)
    expect(await closedAndReopened({ director, station })).toEqual({ outdated: false, told: [] })
  })

  it('neither the exam, nor a station, candidate or person of it can be removed, and every bundle comes in', async () => {
    const { director, station } = await ratedElsewhere()
    const { refusal } = director.director
    expect((await director.director('exam.get', { examId })).packageOut?.stations).toContain(stationId)
    expect(await refusal('exam.remove', { examId })).toBe('package-is-out')
    expect(await refusal('exam.setStatus', { examId, status: 'draft' })).toBe('package-is-out')
    expect(await refusal('station.remove', { stationId })).toBe('package-is-out')
    expect(await refusal('candidate.remove', { candidateId })).toBe('package-is-out')
    expect(await refusal('person.remove', { personId: examiner.id })).toBe('package-is-out')
    await handOver(station, director)
    expect(await statusAt(director)).toBe('submitted')
  })

  it('a station keeps what its marks name, and everything else of it can be mended', async () => {
    const { director, station } = await ratedElsewhere()
    const update = (fields: Partial<StationFields>) =>
      director.director.refusal('station.update', { stationId, fields })
    const [cue] = (await director.director('exam.get', { examId })).stations[0]?.cues ?? []
    if (!cue) throw new Error('the station has no cue')
    expect(await update({ kind: 'rest' })).toBe('station-is-out')
    expect(await update({ rubric: null })).toBe('station-is-out')
    expect(await update({ cues: [] })).toBe('station-is-out')
    expect(await update({ title: 'Mended', script: 'Mended', cues: [{ ...cue, text: 'Mended' }, cue] })).toBe('taken')
    await handOver(station, director)
    expect(await statusAt(director)).toBe('submitted')
  })

  it('the domain of a cue can still be said, and must be one of the rubric', async () => {
    const { director, station } = await ratedElsewhere()
    const cuesOf = async () => (await director.director('exam.get', { examId })).stations[0]?.cues ?? []
    const [cue] = await cuesOf()
    const [domain] = rubric.domains
    if (!cue || !domain) throw new Error('the station has no cue, or its rubric no domain')
    const update = (id: string) =>
      director.director.refusal('station.update', {
        stationId,
        fields: { cues: [{ ...cue, domain: domainIdSchema.parse(id) }] },
      })
    expect(await update('gone')).toBe('cue-domain-unknown')
    expect(await cuesOf()).toEqual([cue])
    expect(await update(domain.id)).toBe('taken')
    expect(await cuesOf()).toEqual([{ ...cue, domain: domain.id }])
    await handOver(station, director)
    expect(await statusAt(director)).toBe('submitted')
    expect(await director.director('ledger.verify', {})).toMatchObject({ sound: true })
  })

  it('a station that nobody was sent to can still be another, and a bare one gets its rubric', async () => {
    const { director } = await ratedElsewhere()
    const { id } = await director.director('station.add', { examId, fields: { cues: [{ text: 'A', lookFor: '' }] } })
    for (const fields of [{ cues: [] }, { kind: 'rest' as const }, { kind: 'scored' as const }]) {
      expect(await director.director.refusal('station.update', { stationId: id, fields })).toBe('taken')
    }
    await director.director('rotation.generate', { examId })
    const { id: rubricId, version } = rubric
    const given = { stationId: id, fields: { rubric: { id: rubricId, version } } }
    expect(await director.director.refusal('station.update', given)).toBe('taken')
    expect(await director.director.refusal('station.update', { stationId: id, fields: { rubric: null } })).toBe(
      'station-is-out',
    )
  })

  it('who is in no rotation yet can be removed, and so can a station that nobody was sent to', async () => {
    const { director } = await ratedElsewhere()
    const before = await director.director('rotation.get', { examId })
    const comer = await director.director('candidate.add', { examId, fields: late })
    const more = await director.director('station.add', { examId, fields: {} })
    expect(await director.director.refusal('candidate.remove', { candidateId: comer.id })).toBe('taken')
    expect(await director.director.refusal('station.remove', { stationId: more.id })).toBe('taken')
    expect(await director.director('rotation.get', { examId })).toEqual(before)
  })

  it('a station that came too late for the rotation can go after the first marks too, and then lacks in no results', async () => {
    const { director, station } = await ratedElsewhere()
    const more = await director.director('station.add', { examId, fields: {} })
    await handOver(station, director)
    const before = await director.director('rotation.get', { examId })
    const { refusal } = director.director
    expect(await refusal('station.remove', { stationId })).toBe('exam-has-marks')
    expect(await refusal('station.remove', { stationId: more.id })).toBe('taken')
    expect(await director.director('rotation.get', { examId })).toEqual(before)
    expect(await statusAt(director)).toBe('submitted')
  })

  it('an exam that is not held is closed and put away', async () => {
    const director = await directorsLaptop()
    await stationOf(director)
    await director.director('exam.setStatus', { examId, status: 'closed' })
    expect(await director.director.refusal('exam.putAway', { examId, away: true })).toBe('taken')
  })
})

it('a station’s laptop may remove an exam of which it recorded nothing', async () => {
  const station = await stationOf(await directorsLaptop())
  expect((await station.director('exam.get', { examId })).packageOut).toBeNull()
  expect(await station.director.refusal('exam.remove', { examId })).toBe('taken')
})
