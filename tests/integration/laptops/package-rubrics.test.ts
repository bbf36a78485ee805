import { describe, expect, it } from 'vitest'
import type { ExamPackage } from '#shared/domain/exam-package.ts'
import { rubricIdSchema } from '#shared/domain/ids.ts'
import type { Rubric } from '#shared/domain/rubric.ts'
import { contentOf, exported, packed, stranger } from '#tests/support/forged-package.ts'
import { openStore, type Store } from '#electron/store/store.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  handOver,
  laptop,
  newEvent,
  rubric as smallRubric,
  slotsOf,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'
import { putSmallExam } from '#tests/support/small-exam.ts'
import { expectRefused, keyOf, madeUp, sealedAs } from './refused-package.ts'

const attacker = stranger()

describe('a rubric that is here under the same version in other words', () => {
  const rubricCalled = (rubric: Rubric, title: string): Rubric =>
    sealedAs({ ...rubric, id: rubricIdSchema.parse('own'), title })
  const calledSo = (content: ExamPackage, title: string): ExamPackage => ({
    ...content,
    stations: content.stations.map((one) => ({
      ...one,
      rubric: one.rubric && { id: rubricIdSchema.parse('own'), version: 1 },
    })),
    rubrics: content.rubrics.slice(0, 1).map((rubric) => rubricCalled(rubric, title)),
  })
  /** The exam's package with a rubric of its own that is called so. */
  const packageOf = async (director: TestLaptop, title: string) =>
    packed(calledSo(await contentOf(await exported(director)), title), keyOf(director))
  const ownTitles = async ({ director }: TestLaptop) =>
    (await director('rubric.list', {})).filter(({ shipped }) => !shipped).map(({ title }) => title)

  /** A station with the exam and its own rubric. */
  async function prepared({ compared }: { compared: boolean }) {
    const director = await directorsLaptop()
    const station = await laptop()
    await station.nobody('package.import', await packageOf(director, 'First words'))
    if (compared) await station.nobody('package.compare', { examId: exam.id, same: true })
    return { director, station }
  }

  it('lets the package of another exam not come in', async () => {
    const { director, station } = await prepared({ compared: true })
    const other = calledSo(madeUp(await contentOf(await exported(director))), 'Other words')
    await expectRefused(station, 'nobody', await packed(other, attacker), 'package-rubric-differs')
    expect(await ownTitles(station)).toEqual(['First words'])
    const same = { ...other, rubrics: calledSo(other, 'First words').rubrics }
    expect(await station.nobody.refusal('package.import', await packed(same, attacker))).toBe('taken')
  })

  it('lets the exam’s own later package not come in once somebody was rated', async () => {
    const { director, station } = await prepared({ compared: true })
    for (const { id: encounterId } of slotsOf(examiner).slice(0, 1)) {
      await station.as(examiner)('encounter.confirmIdentity', { encounterId, eventId: newEvent() })
    }
    await expectRefused(station, 'nobody', await packageOf(director, 'Other words'), 'package-rubric-differs')
  })

  it('lets it not come in before the letters were compared', async () => {
    const { director, station } = await prepared({ compared: false })
    await expectRefused(station, 'nobody', await packageOf(director, 'Other words'), 'package-rubric-differs')
  })

  it('gives way to the director’s of today before anybody was rated', async () => {
    const { director, station } = await prepared({ compared: true })
    expect(await station.nobody.refusal('package.import', await packageOf(director, 'Other words'))).toBe('taken')
    expect(await ownTitles(station)).toEqual(['Other words'])
  })
})

describe('a station that was rated with another rubric than the director has by now', () => {
  const own: Rubric = sealedAs({ ...smallRubric, id: rubricIdSchema.parse('own'), title: 'First words' })
  const [slot] = slotsOf(examiner)
  if (!slot) throw new Error('the small exam has other encounters')
  const encounterId = slot.id

  /** The exam with a rubric of the director's own, rated at a station; nobody was rated at the director's laptop. */
  async function ratedElsewhere() {
    const dataDir = dataFolder()
    const store = openStore({ dataDir })
    putSmallExam(store)
    store.rubrics.put(own, false)
    for (const station of store.stations.ofExam(exam.id)) {
      store.stations.put({ ...station, rubric: station.rubric && { id: own.id, version: own.version } })
    }
    store.close()
    const director = await laptop({ dataDir })
    const station = await stationOf(director)
    await examine(station.as(examiner), encounterId, 4)
    return { director, station }
  }
  const refusalOf = (call: Promise<unknown>) =>
    call.then(
      () => 'taken',
      (error: unknown) => (error as { code: string }).code,
    )

  /** The director's laptop with what another program, or an earlier Attune, wrote into its data. */
  async function rewritten({ services, dataDir }: TestLaptop, write: (store: Store) => void): Promise<TestLaptop> {
    await services.shutdown()
    const store = openStore({ dataDir })
    write(store)
    store.close()
    return laptop({ dataDir })
  }

  it('does not come about by the director: the words stay, and so does the rubric of each station', async () => {
    const { director, station } = await ratedElsewhere()
    const { refusal } = director.director
    const entry = async () => (await director.director('rubric.get', { id: own.id, version: own.version })).entry
    expect((await entry()).inUse).toBe(true)
    expect(await refusal('rubric.save', { rubric: { ...own, title: 'Second words' } })).toBe('rubric-in-use')
    const { id, version } = await director.director('rubric.duplicate', { ref: (await entry()).ref, title: 'A copy' })
    const fields = { rubric: { id, version } }
    expect(await refusal('station.update', { stationId: slot.stationId, fields })).toBe('station-is-out')
    expect(await refusalOf(handOver(station, director))).toBe('taken')
    expect((await director.director('results.encounter', { encounterId })).status).toBe('submitted')
  })

  it('hands over nothing that would be read with other words, and all once the earlier ones are back', async () => {
    const { director, station } = await ratedElsewhere()
    const others = await rewritten(director, (store) => {
      store.rubrics.put(sealedAs({ ...own, title: 'Second words' }), false)
    })
    expect(await refusalOf(handOver(station, others))).toBe('bundle-rubric-differs')
    expect((await others.director('results.encounter', { encounterId })).status).toBe('scheduled')
    const back = await rewritten(others, (store) => {
      store.rubrics.put(own, false)
    })
    expect(await refusalOf(handOver(station, back))).toBe('taken')
    expect((await back.director('results.encounter', { encounterId })).status).toBe('submitted')
  })

  it('is given no other rubric by a later package, nor are its marks read with one', async () => {
    const { director: before, station } = await ratedElsewhere()
    const director = await rewritten(before, (store) => {
      const copy = sealedAs({ ...own, id: rubricIdSchema.parse('copy'), title: 'A copy' })
      store.rubrics.put(copy, false)
      for (const one of store.stations.ofExam(exam.id).filter(({ rubric }) => rubric !== null)) {
        store.stations.put({ ...one, rubric: { id: copy.id, version: copy.version } })
      }
    })
    await expectRefused(station, 'nobody', await exported(director), 'package-rubric-differs')
    expect(await refusalOf(handOver(station, director))).toBe('bundle-rubric-differs')
  })
})
