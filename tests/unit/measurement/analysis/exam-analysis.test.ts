import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyseExam, type ExamAnalysis, type ExamRule } from '#shared/measurement/analysis/exam-analysis.ts'
import type { Mark } from '#shared/measurement/mark.ts'
import { expectNear, seeded } from '../near.ts'

const rule: ExamRule = {
  standard: { method: 'borderline-regression' },
  borderline: 2,
  highest: 100,
  minStationsPassed: 0,
  semMultiple: 0,
}

const mark = (
  candidate: string,
  station: string,
  score: number | null,
  grade: number | null,
  examiner = 'E1',
): Mark => ({
  candidate,
  station,
  examiner,
  score,
  grade,
  group: null,
})

/** Three candidates at two stations on exact lines: 20 + 10·grade and 30 + 5·grade, cuts 40 and 40 at grade 2. */
const small = [
  ...[mark('a', 'S1', 30, 1), mark('b', 'S1', 40, 2), mark('c', 'S1', 50, 3)],
  ...[mark('a', 'S2', 40, 2, 'E2'), mark('b', 'S2', 45, 3, 'E2'), mark('c', 'S2', 50, 4, 'E2')],
]

const outcomeOf = ({ candidates }: ExamAnalysis, candidate: string) =>
  candidates.find((one) => one.candidate === candidate)?.outcome
const stationOf = ({ stations }: ExamAnalysis, station: string) => {
  const found = stations.find((one) => one.station === station)
  if (!found) throw new Error(`no station ${station}`)
  return found
}

describe('an exam worked by hand', () => {
  const found = analyseExam(small, rule)

  test('each station has its cut, its line and its fails', () => {
    const station = stationOf(found, 'S1')
    expect(station).toMatchObject({ station: 'S1', n: 3, missing: 0 })
    expectNear(station.mean, 40)
    expectNear(station.cut, 40)
    expectNear(station.slope, 10)
    expectNear(station.intercept, 20)
    expectNear(station.r2, 1)
    expectNear(station.borderlineGroup, 40)
    expectNear(station.fails, 1)
    expectNear(station.stationTotal, 1)
    expect(station.alphaIfDeleted).toMatchObject({ value: null, reason: 'one-item' })
    expect(station.examinerEta2).toMatchObject({ value: null, reason: 'one-examiner' })
    expectNear(stationOf(found, 'S2').cut, 40)
  })

  test('the exam has the mean of the cuts, and its reliability', () => {
    // Variances 100 and 25, of the sum 225: α = 2·(1 − 125/225) = 8/9; SEM of the mean = 7.5·√(1/9) = 2.5.
    expectNear(found.exam.cut, 40)
    expectNear(found.exam.alpha, 8 / 9)
    expectNear(found.exam.sem, 2.5)
    expectNear(found.exam.semTotal, 5)
    expect(found.exam).toMatchObject({ alphaN: 3, alphaLeftOut: 0, undecided: 0 })
    expect(found.exam.omega.reason).toBe('under-three-items')
  })

  test('candidates pass at the cut, stations passed are counted', () => {
    expect(found.exam.outcomes).toEqual({ pass: 2, fail: 1, borderline: 0, incomplete: 0 })
    expect(found.candidates).toMatchObject([
      { candidate: 'a', mean: { value: 35, n: 2, warnings: [] }, stationsPassed: 1, outcome: 'fail', shortOf: ['cut'] },
      { candidate: 'b', mean: { value: 42.5 }, stationsPassed: 2, outcome: 'pass' },
      { candidate: 'c', mean: { value: 50 }, stationsPassed: 2, outcome: 'pass' },
    ])
  })

  test('the SEM, the stations and red flags of the rule decide', () => {
    // 42.5 is exactly at 40 + 1·2.5; with 2 SEM it is below 45.
    expect(outcomeOf(analyseExam(small, { ...rule, semMultiple: 1 }), 'b')).toBe('pass')
    const twice = analyseExam(small, { ...rule, semMultiple: 2 })
    expect(outcomeOf(twice, 'b')).toBe('borderline')
    expect(twice.exam.outcomes).toEqual({ pass: 1, fail: 1, borderline: 1, incomplete: 0 })
    expect(outcomeOf(analyseExam(small, { ...rule, minStationsPassed: 3 }), 'c')).toBe('fail')
    expect(outcomeOf(analyseExam(small, rule, new Set(['c'])), 'c')).toBe('fail')
  })
})

describe('what is missing', () => {
  test('makes a candidate incomplete and no fail, whether the mark is empty or not there', () => {
    const found = analyseExam(
      [...small, mark('d', 'S1', 10, null), mark('e', 'S1', null, null), mark('e', 'S2', null, null)],
      rule,
    )
    expect(outcomeOf(found, 'd')).toBe('incomplete')
    expect(outcomeOf(found, 'e')).toBe('incomplete')
    expect(found.exam.outcomes).toEqual({ pass: 2, fail: 1, borderline: 0, incomplete: 2 })
    expect(found.exam).toMatchObject({ alphaN: 3, alphaLeftOut: 2, alpha: { n: 3 } })
    expect(found.exam.alpha.warnings).toContain('incomplete-left-out')
    expect(stationOf(found, 'S1')).toMatchObject({
      n: 4,
      missing: 1,
      fails: { value: 2, warnings: ['missing-not-failed'] },
    })
    expect(stationOf(found, 'S1').cut.n).toBe(3)
    expect(found.candidates[3]?.mean).toMatchObject({ value: 10, n: 1, warnings: ['stations-missing'] })
    expect(found.candidates[4]?.mean).toMatchObject({ value: null, reason: 'no-data' })
  })

  test('a station without grades leaves the exam without a cut and its candidates undecided', () => {
    const found = analyseExam([...small, ...['a', 'b', 'c'].map((id) => mark(id, 'S3', 60, null))], rule)
    expect(stationOf(found, 'S3').cut).toMatchObject({ value: null, reason: 'no-data' })
    expect(stationOf(found, 'S3').seCut).toMatchObject({ value: null, reason: 'no-data' })
    expect(stationOf(found, 'S3').fails).toMatchObject({ value: null, reason: 'no-data' })
    expect(found.exam.cut).toMatchObject({ value: null, n: 2, reason: 'station-without-cut' })
    expect(found.exam.seCut).toMatchObject({ value: null, reason: 'station-without-cut' })
    expect(found.exam).toMatchObject({ undecided: 3, outcomes: { pass: 0, fail: 0, borderline: 0, incomplete: 0 } })
    expect(found.candidates[2]).toMatchObject({ outcome: null, reason: 'station-without-cut', stationsPassed: 2 })
  })

  test.each([
    ['no marks', []],
    ['one mark', [mark('a', 'S1', 50, 3)]],
    ['one candidate', [mark('a', 'S1', 50, 3), mark('a', 'S2', 40, 2)]],
    ['nothing but missing marks', [mark('a', 'S1', null, null), mark('b', 'S2', null, null)]],
    ['no variance', ['a', 'b', 'c'].flatMap((id) => ['S1', 'S2', 'S3'].map((station) => mark(id, station, 50, 2)))],
  ])('never gives a number that is none: %s', (_, marks) => {
    const text = JSON.stringify(analyseExam(marks, { ...rule, semMultiple: 1 }), (_key, value: unknown) =>
      typeof value === 'number' && !Number.isFinite(value) ? 'NO NUMBER' : value,
    )
    expect(text).not.toContain('NO NUMBER')
    const { exam, candidates } = analyseExam(marks, rule)
    const { pass, fail, borderline, incomplete } = exam.outcomes
    expect(pass + fail + borderline + incomplete + exam.undecided).toBe(candidates.length)
    expect(exam.alpha.value).toBeNull()
  })
})

test('where several examiners marked one encounter their mean counts, and that is said', () => {
  const found = analyseExam([...small, mark('a', 'S1', 36, 1, 'E9')], rule)
  expect(found.candidates[0]?.mean.value).toBe(36.5)
  expect(stationOf(found, 'S1')).toMatchObject({ n: 3, mean: { warnings: ['mean-of-examiners'] } })
  expect(stationOf(found, 'S1').cut.warnings).toContain('mean-of-examiners')
  expect(stationOf(found, 'S2').cut.warnings).not.toContain('mean-of-examiners')
  // Between the examiners each score counts for itself: 30, 40, 50 and 36 around 39, SSB = 3 + 9, SST = 212.
  expectNear(stationOf(found, 'S1').examinerEta2, 12 / 212)
})

describe('another standard', () => {
  const standards = {
    group: { method: 'borderline-group', average: 'mean' },
    median: { method: 'borderline-group', average: 'median' },
    cohen: { method: 'cohen', share: 0.6 },
    judged: { method: 'angoff', judged: { S1: [44, 46], S2: [44, 48] } },
    partly: { method: 'angoff', judged: { S1: [45] } },
  } as const
  const by = (name: keyof typeof standards) => analyseExam(small, { ...rule, standard: standards[name] })

  test('sets the cuts and the outcomes, and leaves the line as it is', () => {
    expectNear(by('group').exam.cut, 40)
    expectNear(by('cohen').exam.cut, (0.6 * 49 + 0.6 * 49.5) / 2)
    expectNear(by('judged').exam.cut, 45.5)
    expect(by('judged').exam.outcomes).toEqual({ pass: 1, fail: 2, borderline: 0, incomplete: 0 })
    expectNear(stationOf(by('judged'), 'S1').slope, 10)
  })

  test('has an error only where its method gives one', () => {
    expect(stationOf(by('group'), 'S1').seCut.reason).toBe('too-few')
    for (const name of ['median', 'cohen'] as const) {
      expect(stationOf(by(name), 'S1').seCut).toMatchObject({ value: null, reason: 'method-without-error' })
      expect(by(name).exam.seCut).toMatchObject({ value: null, reason: 'station-without-error' })
    }
  })

  test('that leaves a station without a cut leaves the exam without one', () => {
    expect(stationOf(by('partly'), 'S2').cut).toMatchObject({ value: null, method: 'angoff', reason: 'no-data' })
    expect(by('partly').exam.cut).toMatchObject({ value: null, reason: 'station-without-cut' })
  })
})

/** A simulated exam in which the grade follows the score, marks of some missing. */
function simulated(seed: number, candidates: number, stations: number): Mark[] {
  const random = seeded(seed)
  return Array.from({ length: candidates }, (_, c) => {
    const ability = 40 * random()
    return Array.from({ length: stations }, (_unused, s) => {
      const score = 30 + ability + 25 * random()
      const grade = Math.min(5, Math.max(1, Math.round((score - 30 + 10 * random()) / 15)))
      return mark(`C${c}`, `S${s}`, random() < 0.02 ? null : score, grade, `E${s}-${c % 3}`)
    })
  }).flat()
}

test('shifting shifts the cuts, scaling scales them; the order of marks and the names of examiners change nothing', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 40 }),
      (seed, by, tenths) => {
        const marks = simulated(seed, 25, 5)
        const judged = { ...rule, semMultiple: 1, minStationsPassed: 3, highest: null }
        const was = analyseExam(marks, judged)
        const near = (a: number | null | undefined, b: number | null | undefined) =>
          expect(Math.abs((a ?? NaN) - (b ?? NaN))).toBeLessThan(1e-7)
        const times = tenths / 10
        const moved = analyseExam(
          marks.map((one) => ({ ...one, score: one.score === null ? null : one.score * times + by })),
          judged,
        )
        near(moved.exam.cut.value, (was.exam.cut.value ?? NaN) * times + by)
        near(moved.exam.cut.se, (was.exam.cut.se ?? NaN) * times)
        near(moved.exam.alpha.value, was.exam.alpha.value)
        near(moved.exam.sem.value, (was.exam.sem.value ?? NaN) * times)
        expect(moved.exam.outcomes).toEqual(was.exam.outcomes)

        const turned = analyseExam(
          marks.toReversed().map((one) => ({ ...one, examiner: one.examiner === null ? null : `x${one.examiner}` })),
          judged,
        )
        near(turned.exam.cut.value, was.exam.cut.value)
        near(turned.exam.alpha.value, was.exam.alpha.value)
        near(stationOf(turned, 'S3').examinerEta2.value, stationOf(was, 'S3').examinerEta2.value)
        near(stationOf(turned, 'S3').stationTotal.value, stationOf(was, 'S3').stationTotal.value)
        const outcomes = (all: ExamAnalysis) =>
          all.candidates.map(({ candidate, outcome }) => `${candidate} ${outcome ?? ''}`).toSorted()
        expect(outcomes(turned)).toEqual(outcomes(was))
      },
    ),
    { numRuns: 30 },
  )
})

test('a station whose scale has the borderline grade elsewhere is cut there', () => {
  const cuts = (borderlineOf: ReadonlyMap<string, number>) =>
    analyseExam(small, { ...rule, borderlineOf }).stations.map(({ cut }) => cut)
  const [first, second] = cuts(new Map([['S2', 3]]))
  expectNear(first, 40)
  expectNear(second, 45)
})
