import { describe, expect, test } from 'vitest'
import { given, withheld } from '#shared/measurement/statistic.ts'
import { examCut } from '#shared/measurement/standard-setting/exam-cut.ts'
import { decide, type Standing } from '#shared/measurement/standard-setting/exam-outcome.ts'
import { failures } from '#shared/measurement/standard-setting/failures.ts'
import { expectNear } from '../near.ts'

const cutAt = (value: number, se?: number) => given('borderline-regression', 60, value, { se: se ?? null })
const noCut = withheld('borderline-regression', 0, 'one-grade')

describe('failures', () => {
  test('are the scores below the cut; one on it passes and a missing one is not a fail', () => {
    expect(failures([39.9, 40, 41, null], cutAt(40))).toMatchObject({
      value: 1,
      n: 3,
      warnings: ['missing-not-failed'],
    })
    expect(failures([40, 41], cutAt(40))).toMatchObject({ value: 0, n: 2, warnings: [] })
  })

  test('a score on the cut does not fail by the error of binary fractions', () => {
    expect(failures([0.3], cutAt(0.1 + 0.2)).value).toBe(0)
    expect(failures([0.3 - 1e-8], cutAt(0.3)).value).toBe(1)
    // Of large scores binary fractions keep fewer places.
    expect(failures([1e9 + 0.1], cutAt(1e9 + 0.1 + 3e-7)).value).toBe(0)
    expect(failures([1e9 + 0.1], cutAt(1e9 + 0.2)).value).toBe(1)
  })

  test('without a cut or without scores there are none to count', () => {
    expect(failures([10], noCut)).toMatchObject({ value: null, n: 1, reason: 'one-grade' })
    expect(failures([null], cutAt(40))).toMatchObject({ value: null, n: 0, reason: 'no-data' })
  })
})

describe("the exam's cut", () => {
  test("is the mean of its stations' with the error of them all", () => {
    const cut = examCut([cutAt(40, 3), cutAt(50, 4)])
    expectNear(cut, 45)
    expectNear(cut.se, 2.5)
    expectNear(cut.ci95?.[0], 45 - 1.959963984540054 * 2.5)
    expect(cut).toMatchObject({ n: 2, warnings: [] })
  })

  test('has no error where one station has none, and says where a station warns', () => {
    expect(examCut([cutAt(40, 3), cutAt(50)])).not.toHaveProperty('se')
    const warned = { ...cutAt(50, 4), warnings: ['under-fifty' as const] }
    expect(examCut([cutAt(40, 3), warned]).warnings).toEqual(['station-cut-warned'])
  })

  test('is withheld where a station has none', () => {
    expect(examCut([cutAt(40, 3), noCut])).toMatchObject({ value: null, n: 1, reason: 'station-without-cut' })
    expect(examCut([])).toMatchObject({ value: null, reason: 'no-data' })
  })
})

describe('the outcome', () => {
  const sem = given('sem-mean', 60, 2)
  const candidate = (about: Partial<Standing>): Standing => ({
    mean: 60,
    complete: true,
    stationsPassed: 6,
    redFlag: false,
    ...about,
  })
  const rule = { minStationsPassed: 5, semMultiple: 1 }

  test.each([
    ['clearly above', {}, 'pass', []],
    ['exactly at cut + SEM', { mean: 52 }, 'pass', []],
    ['just below cut + SEM', { mean: 51.999 }, 'borderline', ['sem']],
    ['exactly at the cut', { mean: 50 }, 'borderline', ['sem']],
    ['just below the cut', { mean: 49.999 }, 'fail', ['cut']],
    ['exactly as many stations as asked for', { stationsPassed: 5 }, 'pass', []],
    ['too few stations', { stationsPassed: 4 }, 'fail', ['stations']],
    ['too few stations within the SEM', { mean: 51, stationsPassed: 4 }, 'fail', ['stations']],
    ['an upheld red flag', { redFlag: true }, 'fail', ['red-flag']],
    ['everything', { mean: 10, stationsPassed: 0, redFlag: true }, 'fail', ['red-flag', 'cut', 'stations']],
    ['a missing station', { complete: false }, 'incomplete', []],
    ['a missing station and a red flag', { complete: false, redFlag: true }, 'incomplete', []],
    ['no score at all', { mean: null, complete: false }, 'incomplete', []],
  ] as const)('%s', (_, about, outcome, shortOf) => {
    expect(decide(candidate(about), rule, cutAt(50), sem)).toEqual({ outcome, shortOf })
  })

  test('without a SEM in the rule nobody is borderline', () => {
    const none = { minStationsPassed: 0, semMultiple: 0 }
    expect(decide(candidate({ mean: 50 }), none, cutAt(50), sem).outcome).toBe('pass')
    expect(decide(candidate({ mean: 50 }), none, cutAt(50), withheld('sem-mean', 0, 'negative-alpha')).outcome).toBe(
      'pass',
    )
  })

  test('is open where the cut or the SEM that the rule needs is withheld, unless something else decides', () => {
    const noSem = withheld('sem-mean', 9, 'negative-alpha')
    const noExamCut = withheld('mean-of-station-cuts', 3, 'station-without-cut')
    expect(decide(candidate({}), rule, noExamCut, sem)).toEqual({
      outcome: null,
      shortOf: [],
      reason: 'station-without-cut',
    })
    expect(decide(candidate({}), rule, cutAt(50), noSem)).toMatchObject({ outcome: null, reason: 'negative-alpha' })
    expect(decide(candidate({ mean: 49 }), rule, cutAt(50), noSem).outcome).toBe('fail')
    expect(decide(candidate({ redFlag: true }), rule, noExamCut, sem).outcome).toBe('fail')
  })
})
