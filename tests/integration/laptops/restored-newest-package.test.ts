import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { momentIdSchema } from '#shared/domain/ids.ts'
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
import { backup, changed, restored, soundAt } from '#tests/support/restoring.ts'

const examId = exam.id
const [first] = slotsOf(examiner)
if (!first) throw new Error('the small exam has other encounters')

const cue = (text: string) => ({ text, lookFor: '' })
const setUpAt = ({ director }: TestLaptop) => director('exam.get', { examId })
const statusAt = async ({ director }: TestLaptop, encounterId: typeof first.id) =>
  (await director('results.encounter', { encounterId })).status

describe('after restoring a backup of before the newest package, what a station marked comes in', () => {
  it('of an examiner who was named since', async () => {
    const director = await directorsLaptop()
    await stationOf(director)
    const chosen = await backup(director)
    const { id } = await director.director('person.add', {
      examId,
      fields: { role: 'examiner', name: 'Named Since', stationIds: [first.stationId] },
    })
    const station = await stationOf(director)
    await examine(station.as({ ...examiner, id }), first.id, 4)

    const now = await restored(director, chosen)
    expect(await handOver(station, now)).toMatchObject({ new: 15, missing: 0 })
    expect(await statusAt(now, first.id)).toBe('submitted')
    expect(soundAt(now)).toBe(true)
  })

  it('of a cue that was added since', async () => {
    const director = await directorsLaptop()
    await stationOf(director)
    const chosen = await backup(director)
    const cues = ['She looks away.', 'He sighs.'].map(cue)
    await director.director('station.update', { stationId: first.stationId, fields: { cues } })
    const station = await stationOf(director)
    const at = { encounterId: first.id }
    const markId = momentIdSchema.parse(randomUUID())
    await station.as(examiner)('encounter.confirmIdentity', { ...at, eventId: newEvent() })
    const [moment] = rubric.moments
    const made = { ...at, markId, kind: 'moment', type: moment?.id ?? '' } as const
    await station.as(examiner)('mark.make', { ...made, eventId: newEvent() })
    await station.as(examiner)('mark.annotate', { ...at, eventId: newEvent(), markId, cue: 1, quote: '' })

    const now = await restored(director, chosen)
    expect(await handOver(station, now)).toMatchObject({ new: 3, missing: 0 })
    expect(await statusAt(now, first.id)).toBe('open')
    expect(soundAt(now)).toBe(true)
  })

  it.each([
    ['its rubric', { rubric: null }, { rubric: { id: rubric.id, version: rubric.version } }],
    ['another order of cues', { cues: ['A', 'B'].map(cue) }, { cues: ['B', 'A'].map(cue) }],
  ])('at a station that was given %s since', async (_, earlier, fields) => {
    const director = await directorsLaptop()
    const before = await changed(director, ({ stations }) => {
      for (const one of stations.ofExam(examId)) if (one.kind === 'scored') stations.put({ ...one, ...earlier })
    })
    await stationOf(before)
    const chosen = await backup(before)
    await before.director('station.update', { stationId: first.stationId, fields })
    const station = await stationOf(before)
    await examine(station.as(examiner), first.id, 4)

    const now = await restored(before, chosen)
    expect((await setUpAt(now)).stations.find(({ id }) => id === first.stationId)).toMatchObject(fields)
    await handOver(station, now)
    expect(await statusAt(now, first.id)).toBe('submitted')
    expect(soundAt(now)).toBe(true)
  })
})
