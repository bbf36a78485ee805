import { expect, test } from 'vitest'
import { compareExams, type ComparedExam } from '#shared/measurement/analysis/compare-exams.ts'
import { given, withheld } from '#shared/measurement/statistic.ts'

const figure = (value: number, se = 1) => given('mean', 10, value, { se, ci95: [value - 2, value + 2] })
const station = (title: string, cut: number) => ({ title, mean: figure(cut + 5), cut: figure(cut), r2: figure(0.5) })
const exam = (more: Partial<ComparedExam> = {}): ComparedExam => ({
  ...{ candidates: 10, highest: 100, outcomes: { pass: 6, fail: 3, incomplete: 1 } },
  stations: [station('Chest pain', 50), station('Bad news', 60)],
  ...{ cut: figure(55), seCut: figure(2), mean: figure(60), sd: figure(8), sem: figure(4) },
  ...{ alpha: figure(0.7), erho2: figure(0.68), phi: figure(0.6) },
  ...more,
})

test('two exams of one kind differ by nothing, and nothing is unfair', () => {
  const { unfair, figures, shares, sameStations } = compareExams(exam(), exam())
  expect(unfair).toEqual([])
  expect(Object.values(figures).map(({ difference }) => difference)).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  expect(shares.pass).toEqual({ first: 0.6, second: 0.6, difference: 0 })
  expect(sameStations.map(({ title }) => title)).toEqual(['Chest pain', 'Bad news'])
})

test('another scale is brought to per cent with its errors and intervals; what has no unit stays', () => {
  const { unfair, figures } = compareExams(exam({ highest: 200 }), exam())
  expect(unfair).toEqual(['scale-converted'])
  expect(figures.cut.first).toMatchObject({ value: 27.5, se: 0.5, ci95: [26.5, 28.5] })
  expect(figures.cut.difference).toBe(27.5)
  expect(figures.alpha.difference).toBe(0)
})

test('without a known scale no difference of points is given, and that is said', () => {
  const { unfair, figures, sameStations } = compareExams(exam({ highest: null }), exam())
  expect(unfair).toEqual(['scale-unknown'])
  expect(figures.cut).toMatchObject({ first: { value: 55 }, difference: null })
  expect(sameStations[0]?.cut.difference).toBeNull()
  expect(sameStations[0]?.r2.difference).toBe(0)
})

test('stations are the same by their titles, capitals and spaces aside', () => {
  const other = exam({ stations: [station(' chest  PAIN', 40), station('Sleep', 60)], candidates: 12 })
  const { unfair, sameStations } = compareExams(exam(), other)
  expect(unfair).toEqual(['candidates-differ', 'stations-differ'])
  expect(sameStations.map(({ title, cut }) => [title, cut.difference])).toEqual([['Chest pain', -10]])
  expect(compareExams(exam(), exam({ stations: [] })).unfair).toEqual(['no-station-same'])
})

test('a figure that is withheld has no difference, and nobody makes no share', () => {
  const { figures, shares } = compareExams(exam({ cut: withheld('mean', 0, 'no-data'), candidates: 0 }), exam())
  expect(figures.cut).toMatchObject({ first: { reason: 'no-data' }, difference: null })
  expect(shares.fail).toMatchObject({ first: null, difference: null })
})
