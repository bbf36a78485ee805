import { describe, expect, test } from 'vitest'
import { scenarioSchema, type Scenario } from '#shared/domain/scenario.ts'
import { scenarioStandard } from '#shared/measurement/analysis/scenario-standard.ts'
import { whatIf } from '#shared/measurement/analysis/what-if.ts'
import { cohortResult } from '#shared/scoring/cohort-result.ts'
import { examOf, marked } from './small-recorded.ts'

type Points = 1 | 2 | 3 | 4 | 5
const rules = { semMultiple: 0, minStationsPassed: 0, excluded: [] }

/** Score = 20 × grade at both stations; the marks of the candidates are 40, 60, 80 and 100, twice. */
const rows = [2, 3, 4, 5, 2, 3, 4, 5].map((points) => [0, 1].map(() => marked(points as Points, points)))
const data = examOf(rows)
const [first, second] = data.stations.map(({ id }) => id)
if (!first || !second) throw new Error('the exam has two stations')

const tooMany = 'more-stations-than-count'

const hofstee = (lowestCut: number, highestCut: number, fewestFails: number, mostFails: number): Scenario => ({
  ...{ method: 'hofstee', ...rules },
  rectangle: { lowestCut, highestCut, fewestFails, mostFails },
})

describe('the standard that a scenario comes to', () => {
  test.each<[string, Scenario, number, (number | undefined)[]]>([
    ['the declared mark', { method: 'declared', ...rules }, 60, []],
    ['borderline regression', { method: 'borderline-regression', ...rules }, 40, [40, 40]],
    ['the borderline group', { method: 'borderline-group', ...rules }, 40, [40, 40]],
    ['a share of what the best reach', { method: 'cohen', share: 0.6, ...rules }, 60, [60, 60]],
    ['Hofstee’s crossing', hofstee(30, 90, 0.1, 0.5), 60, []],
    [
      'what judges asked for',
      {
        method: 'angoff',
        judged: [
          { stationId: first, cuts: [44, 56] },
          { stationId: second, cuts: [60, 64] },
        ],
        ...rules,
      },
      56,
      [50, 62],
    ],
  ])('%s', (_, scenario, cut, stations) => {
    const { standard, reason } = scenarioStandard(data, scenario)
    expect(reason).toBeNull()
    expect(standard?.method).toBe(scenario.method)
    expect(standard?.cut).toBeCloseTo(cut, 9)
    expect(standard?.stations.map((one) => one.cut)).toEqual(stations)
  })

  test.each<[string, Scenario, string]>([
    ['nobody has the borderline grade', { method: 'borderline-group', ...rules }, 'station-without-cut'],
    [
      'judges left a station out',
      { method: 'angoff', judged: [{ stationId: first, cuts: [50] }], ...rules },
      'station-without-cut',
    ],
    ['no station is left', { method: 'declared', ...rules, excluded: [first, second] }, 'no-data'],
    ['one station has no SEM to add', { method: 'declared', ...rules, semMultiple: 1, excluded: [second] }, 'one-item'],
    ['it asks for more stations than there are', { method: 'declared', ...rules, minStationsPassed: 3 }, tooMany],
    [
      'it asks for more stations than still count',
      { method: 'cohen', share: 0.6, ...rules, minStationsPassed: 2, excluded: [second] },
      tooMany,
    ],
    ['the curve misses the rectangle', hofstee(10, 20, 0.3, 0.5), 'no-crossing'],
  ])('is withheld where %s', (_, scenario, reason) => {
    const without = examOf(rows.filter((_, row) => row % 4 !== 0))
    expect(scenarioStandard(without, scenario)).toMatchObject({ standard: null, reason })
  })

  test('a mark that only a score above 100 would reach is no standard', () => {
    const pairs = [
      [1, 2],
      [2, 1],
      [3, 3],
      [4, 5],
      [5, 4],
      [5, 5],
      [5, 5],
    ] as const
    const uneven = examOf(pairs.map((pair) => pair.map((points) => marked(points, points))))
    const best = (semMultiple: number) => scenarioStandard(uneven, { method: 'cohen', share: 1, ...rules, semMultiple })
    expect(best(0)).toMatchObject({ reason: null, standard: { cut: 100 } })
    expect(best(0.5)).toMatchObject({ reason: 'mark-above-scale', standard: null })
  })

  test('judges’ cuts have the error that their disagreement gives, and one judge has none', () => {
    const judged = (...cuts: number[][]): Scenario => ({
      ...{ method: 'angoff', ...rules },
      judged: [first, second].map((stationId, at) => ({ stationId, cuts: cuts[at] ?? [] })),
    })
    // SD/√J: √72/√2 = 6 and √8/√2 = 2; of the exam that of the judges’ means, 52 and 60, for the strict one is strict at both.
    const { cut, stations } = scenarioStandard(data, judged([44, 56], [60, 64]))
    expect(stations.map((one) => one.cut)).toMatchObject([
      { method: 'angoff', n: 2, se: expect.closeTo(6, 9) as number },
      { method: 'angoff', n: 2, se: expect.closeTo(2, 9) as number },
    ])
    expect(cut).toMatchObject({ method: 'angoff', n: 2, se: expect.closeTo(4, 9) as number })
    const alone = scenarioStandard(data, judged([50], [62]))
    expect(alone.cut).toMatchObject({ value: 56, n: 1, warnings: ['one-judge'] })
    expect(alone.cut).not.toHaveProperty('se')
    expect(alone.standard?.cut).toBe(56)
  })

  test('judges are asked about every station that any of them judged', () => {
    const judged = [
      { stationId: first, cuts: [44, 56] },
      { stationId: second, cuts: [60] },
    ]
    expect(scenarioSchema.safeParse({ method: 'angoff', judged, ...rules }).success).toBe(false)
    expect(scenarioSchema.safeParse({ method: 'angoff', judged: judged.slice(0, 1), ...rules }).success).toBe(true)
  })

  test('Hofstee’s curve has no step for somebody who is incomplete', () => {
    const { cut } = scenarioStandard(examOf([...rows, [marked(1, 1), undefined]]), hofstee(30, 90, 0.1, 0.5))
    expect(cut.n).toBe(8)
  })

  test('a cut outside of the scale is no standard', () => {
    const steep = examOf([[marked(1, 3)], [marked(3, 4)], [marked(5, 5)]])
    const { standard, reason, cut } = scenarioStandard(steep, { method: 'borderline-regression', ...rules })
    expect(cut.value).toBeLessThan(0)
    expect({ standard, reason }).toEqual({ standard: null, reason: 'outside-scale' })
  })

  test('a station named twice is left out once', () => {
    const { standard } = scenarioStandard(data, { method: 'declared', ...rules, excluded: [second, second] })
    expect(standard?.excluded).toEqual([second])
  })
})

describe('what if', () => {
  test('by the standard in force nobody changes sides, and the counts are those of the results', () => {
    const { before, after, changes } = whatIf(data, {
      method: 'declared',
      ...rules,
      minStationsPassed: data.standard.minStationsPassed,
    })
    expect(changes).toEqual([])
    expect(before).toEqual(after)
    expect(before).toEqual(cohortResult(data).outcomes)
  })

  test('without the station that somebody missed they are incomplete no more', () => {
    const missed = examOf([[marked(4, 4), undefined], ...rows])
    const { changes } = whatIf(missed, { method: 'declared', ...rules, excluded: [second] })
    expect(changes).toMatchObject([{ number: '1001', from: { outcome: 'incomplete' }, to: { outcome: 'pass' } }])
  })

  test('a scenario without a standard moves nobody', () => {
    const { before, after, changes } = whatIf(data, { method: 'declared', ...rules, excluded: [first, second] })
    expect({ after, changes }).toEqual({ after: null, changes: [] })
    expect(before.pass).toBe(6)
  })
})
