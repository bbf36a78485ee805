import { describe, expect, it } from 'vitest'
import { cueSchema } from '#shared/domain/exam.ts'
import { momentIdSchema } from '#shared/domain/ids.ts'
import { contentOf, exported, packed } from '#tests/support/forged-package.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  handOver,
  newEvent,
  rubric,
  slotsOf,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'
import { expectRefused, keyOf } from './refused-package.ts'

const [slot] = slotsOf(examiner)
const [named, other] = rubric.domains
const met = rubric.moments.find(({ response }) => response === 'met')
if (!slot || !named || !other || !met) throw new Error('the exam has no encounter, or its rubric too little')
const { id: encounterId, stationId } = slot

const cuesAt = async ({ director }: TestLaptop) =>
  (await director('exam.get', { examId: exam.id })).stations.find(({ id }) => id === stationId)?.cues ?? []

/** The director says which domain the cues of the station ask for. */
async function asking(at: TestLaptop, domain?: string) {
  const cues = (await cuesAt(at)).map(({ text, lookFor }) =>
    cueSchema.parse({ text, lookFor, ...(domain !== undefined && { domain }) }),
  )
  expect(cues).not.toEqual([])
  await at.director('station.update', { stationId, fields: { cues } })
  return cues
}

describe('the domain that a cue asks for', () => {
  it('goes with the package to the station, and what became of the cue there counts for it', async () => {
    const director = await directorsLaptop()
    const cues = await asking(director, named.id)
    const station = await stationOf(director)
    expect(await cuesAt(station)).toEqual(cues)

    const mark = { encounterId, markId: momentIdSchema.parse('moment-1') }
    const rater = station.as(examiner)
    await rater('encounter.confirmIdentity', { encounterId, eventId: newEvent() })
    await rater('mark.make', { ...mark, eventId: newEvent(), kind: 'moment', type: met.id })
    await rater('mark.annotate', { ...mark, eventId: newEvent(), cue: 0, quote: '' })
    await examine(rater, encounterId, 4)
    await handOver(station, director)
    const told = await director.director('analysis.patients', { examId: exam.id })
    expect(told.cues.domains).toMatchObject([{ domainId: named.id, title: named.title, marked: 1, met: 1 }])
    expect(told.cues.withoutDomain).toBe(0)
  })

  it('goes with a later package where it is said after a station has the exam', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    const cues = await asking(director, other.id)
    await station.nobody('package.import', await exported(director))
    expect(await cuesAt(station)).toEqual(cues)
  })

  it('makes a package one for this Attune; one without any is for an Attune of before as well', async () => {
    const director = await directorsLaptop()
    await asking(director)
    expect(await contentOf(await exported(director))).toMatchObject({ formatVersion: 1 })
    await asking(director, named.id)
    expect(await contentOf(await exported(director))).toMatchObject({ formatVersion: 2 })
  })
})

it('a package of a newer Attune asks for that one', async () => {
  const director = await directorsLaptop()
  const station = await stationOf(director)
  const content = Object.assign(await contentOf(await exported(director)), { formatVersion: 3, pilots: [] })
  await expectRefused(station, 'nobody', await packed(content, keyOf(director)), 'exam-file-newer')
})
