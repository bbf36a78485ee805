import { describe, expect, test } from 'vitest'
import { borderlineLevel, markedStations, marksOfExam } from '#shared/measurement/analysis/exam-marks.ts'
import { analyseExam } from '#shared/measurement/analysis/exam-analysis.ts'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import { analysisOverview } from '#shared/measurement/analysis/overview.ts'
import { stationMeasures } from '#shared/measurement/analysis/station-measures.ts'
import { reliabilityMeasures, reliabilityOf, triedExams } from '#shared/measurement/analysis/reliability-measures.ts'
import { seeded } from '#tests/support/seeded.ts'
import { expectNear } from '../near.ts'
import { examOf, marked } from './small-recorded.ts'

/** At both stations score = 20 × grade, so that the borderline grade, 2, is at 40. */
const onTheLine = examOf([
  [marked(2, 2, { examiner: 'ada' }), marked(2, 2)],
  [marked(3, 3, { examiner: 'tom' }), marked(3, 3)],
  [marked(4, 4, { examiner: 'ada' }), marked(5, 5)],
])

const marksOf = (data = onTheLine) => marksOfExam(data, markedStations(data, []))

describe('what was recorded as marks', () => {
  test('a mark has the score that counts, the grade from the worst, who examined and the group', () => {
    const data = examOf([[marked(4, 3, { examiner: 'ada' })]], ['Night'])
    expect(marksOf(data)).toEqual([
      {
        candidate: 'candidate-1',
        station: 'station-1',
        examiner: 'ada',
        score: expect.closeTo(80, 9) as number,
        grade: 3,
        group: 'Night',
      },
    ])
  })

  test.each([
    ['that never was', undefined],
    ['that is open', marked(4, 3, { status: 'open' })],
    ['to which nobody came', { status: 'absent' as const, absenceReason: 'ill' }],
    ['of which a part has not come', marked(4, 3, { isPartial: true })],
  ])('an encounter %s is missing, not 0', (_, cell) => {
    const [mark] = marksOf(examOf([[cell]]))
    expect(mark).toMatchObject({ candidate: 'candidate-1', score: null, grade: null, group: null })
  })

  test('a score without a global rating is a score', () => {
    const [mark] = marksOf(examOf([[{ ...marked(4, 3), globalRating: 'unheard-of' }]]))
    expect(mark).toMatchObject({ grade: null })
    expectNear(mark?.score ?? NaN, 80)
  })

  test('a station that counts for nobody has no marks', () => {
    expect(marksOfExam(onTheLine, markedStations(onTheLine, ['station-2'])).map(({ station }) => station)).toEqual([
      'station-1',
      'station-1',
      'station-1',
    ])
  })
})

test.each([
  ['by its id', ['x', 'y', 'borderline'], ['X', 'Y', 'Just so'], { grade: 3, label: 'Just so', named: true }],
  ['by its label', ['x', 'y', 'z'], ['Borderline', 'Y', 'Z'], { grade: 1, label: 'Borderline', named: true }],
  ['as the second worst', ['x', 'y', 'z'], ['X', 'Y', 'Z'], { grade: 2, label: 'Y', named: false }],
])('the borderline level of a rubric is found %s', (_, ids, labels, level) => {
  const globalRating = ids.map((id, i) => ({ id, label: labels[i] ?? '', description: '' }))
  expect(borderlineLevel({ globalRating })).toEqual(level)
})

describe('the measures of an exam', () => {
  test('the cut is where the line meets the level that the rubric calls borderline', () => {
    const { analysis } = measureExam(onTheLine)
    for (const { cut } of analysis.stations) expectNear(cut, 40)
    expectNear(analysis.exam.cut, 40)
  })

  test('another level that a rubric calls borderline is another cut', () => {
    const rubrics = onTheLine.rubrics.map((rubric) => ({
      ...rubric,
      globalRating: rubric.globalRating.map((level, at) => ({
        ...level,
        label: at === 2 ? 'Borderline' : `${at}`,
        id: `${at}`,
      })),
    }))
    const encounters = onTheLine.encounters.map((one) => ({
      ...one,
      record: {
        ...one.record,
        globalRating: String(onTheLine.rubrics[0]?.globalRating.findIndex(({ id }) => id === one.record.globalRating)),
      },
    }))
    const { analysis } = measureExam({ ...onTheLine, rubrics, encounters })
    for (const { cut } of analysis.stations) expectNear(cut, 60)
  })

  test('a station that the standard in force leaves out is in no figure, unless asked for', () => {
    const data = {
      ...onTheLine,
      standard: { ...onTheLine.standard, excluded: onTheLine.stations.slice(1).map(({ id }) => id) },
    }
    expect(measureExam(data).analysis.stations).toHaveLength(1)
    expect(measureExam(data, { excluded: [] }).analysis.stations).toHaveLength(2)
  })

  test.each(['station-1', 'station-2'])(
    'an upheld red flag at %s does not pass, in the analysis as in the results',
    (at) => {
      const flag = (decision: 'upheld' | 'dismissed') => ({
        ...({ kind: 'red-flag', type: 'blame' } as const),
        review: { decision, reason: 'Heard.', reviewer: 'A. Dean', reviewedAt: '2026-11-15T08:00:00Z' },
      })
      const rows = (['upheld', 'dismissed'] as const).map((decision) =>
        ['station-1', 'station-2'].map((id) => marked(4, 4, { marks: id === at ? [flag(decision)] : [] })),
      )
      const low = [marked(2, 2), marked(2, 2)]
      const data = examOf([...rows, low])
      const excluding = {
        ...data,
        standard: { ...data.standard, excluded: data.stations.slice(1).map(({ id }) => id) },
      }
      for (const one of [data, excluding]) {
        const { candidates, exam } = measureExam(one).analysis
        expect(candidates.map(({ outcome, shortOf }) => [outcome, shortOf])).toEqual([
          ['fail', ['red-flag']],
          ['pass', []],
          ['pass', []],
        ])
        expect(exam.outcomes).toMatchObject({ pass: 2, fail: 1 })
        const { outcomes } = analysisOverview(one)
        expect(outcomes).toMatchObject({ pass: 1, fail: 2 })
      }
    },
  )

  test('each station has the grades of its rubric, its line and its points, counted', () => {
    const data = examOf([[marked(2, 2)], [marked(2, 2)], [marked(4, 4)], [{ ...marked(3, 1), globalRating: 'none' }]])
    const [station] = stationMeasures(measureExam(data))
    expect(station).toMatchObject({
      ...{ stationId: 'station-1', number: 1, title: 'Station 1', n: 4, missing: 0 },
      borderline: { grade: 2, label: 'Borderline', named: true },
      line: { n: 3 },
    })
    expect(station?.grades).toHaveLength(5)
    expect(station?.points.map(({ grade, count }) => [grade, count])).toEqual([
      [null, 1],
      [2, 2],
      [4, 1],
    ])
  })

  test('more stations make it more dependable, as many as there are makes it as dependable as it was', () => {
    const data = examOf([
      [marked(2, 2), marked(3, 2), marked(2, 2)],
      [marked(3, 3), marked(3, 3), marked(4, 3)],
      [marked(5, 4), marked(4, 4), marked(4, 4)],
    ])
    const { gStudy, dStudy, stations } = reliabilityMeasures(measureExam(data))
    expect(stations).toBe(3)
    expect(dStudy.map((row) => row.stations).slice(0, 4)).toEqual([1, 2, 3, 4])
    expectNear(dStudy[2]?.erho2, gStudy.erho2.value ?? NaN)
    expect(dStudy[5]?.erho2.value).toBeGreaterThan(dStudy[2]?.erho2.value ?? 1)
  })

  test('with examiners as a facet their number is tried too', () => {
    const { uniform } = seeded(5)
    const marks = Array.from({ length: 6 }, (_c, c) =>
      Array.from({ length: 3 }, (_s, s) =>
        ['ada', 'bob', 'cyd'].map((examiner) => ({
          ...{ candidate: `C${c}`, station: `S${s}`, group: null, grade: 3 },
          ...{ examiner: `${examiner}-${s}`, score: 10 * c + 30 * uniform() },
        })),
      ),
    ).flat(2)
    const analysis = analyseExam(marks, {
      ...{ standard: { method: 'borderline-regression' }, borderline: 2, highest: 100 },
      ...{ minStationsPassed: 0, semMultiple: 0 },
    })
    const rows = triedExams(reliabilityOf(analysis, marks, 3))
    expect(rows.filter(({ stations }) => stations === 6).map(({ raters }) => raters)).toEqual([1, 2, 3])
    expect(rows.filter(({ asHeld }) => asHeld).map(({ stations, raters }) => [stations, raters])).toEqual([[3, 3]])
  })
})
