import { describe, expect, it } from 'vitest'
import type { ExamPackage } from '#shared/domain/exam-package.ts'
import { rubricIdSchema } from '#shared/domain/ids.ts'
import type { Rubric } from '#shared/domain/rubric.ts'
import { contentOf, exported, packed, stranger } from '#tests/support/forged-package.ts'
import { openStore } from '#electron/store/store.ts'
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

describe('a station that was rated with other words than the director has by now', () => {
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

  it('hands over nothing that would be read with the new ones, and all once the earlier words are back', async () => {
    const { director, station } = await ratedElsewhere()
    await director.director('rubric.save', { rubric: { ...own, title: 'Second words' } })
    expect(await refusalOf(handOver(station, director))).toBe('bundle-rubric-differs')
    expect((await director.director('results.encounter', { encounterId })).status).toBe('scheduled')
    await director.director('rubric.save', { rubric: own })
    expect(await refusalOf(handOver(station, director))).toBe('taken')
    expect((await director.director('results.encounter', { encounterId })).status).toBe('submitted')
  })

  it('is given no other rubric by a later package, nor are its marks read with one', async () => {
    const { director, station } = await ratedElsewhere()
    const copy = await director.director('rubric.duplicate', {
      ref: { id: own.id, version: own.version },
      title: 'A copy',
    })
    const { stations } = await director.director('exam.get', { examId: exam.id })
    const { id, version } = copy
    for (const { id: stationId } of stations.filter(({ rubric }) => rubric !== null)) {
      await director.director('station.update', { stationId, fields: { rubric: { id, version } } })
    }
    await expectRefused(station, 'nobody', await exported(director), 'package-rubric-differs')
    expect(await refusalOf(handOver(station, director))).toBe('bundle-rubric-differs')
  })
})
