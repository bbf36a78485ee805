import { describe, expect, it } from 'vitest'
import type { ExamPackage } from '#shared/domain/exam-package.ts'
import { rubricIdSchema } from '#shared/domain/ids.ts'
import type { Rubric } from '#shared/domain/rubric.ts'
import { contentOf, exported, packed, stranger } from '#tests/support/forged-package.ts'
import { directorsLaptop, exam, examiner, laptop, newEvent, slotsOf, type TestLaptop } from '#tests/support/laptops.ts'
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
