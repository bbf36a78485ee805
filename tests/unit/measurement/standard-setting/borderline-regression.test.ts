import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { borderlineGroup } from '#shared/measurement/standard-setting/borderline-group.ts'
import {
  borderlineRegression,
  scoreAt,
  type GradedScore,
} from '#shared/measurement/standard-setting/borderline-regression.ts'
import { expectNear } from '../near.ts'

const grades = [1, 2, 2, 3, 3, 3, 4, 4, 5, 2, 1, 3]
const scores = [31, 38.5, 44, 52, 49, 61, 66, 71.5, 83, 47, 36, 55]
const pairs = grades.map((grade, i): GradedScore => ({ grade, score: scores[i] ?? 0 }))
const paired = (...all: [grade: number, score: number][]) => all.map(([grade, score]) => ({ grade, score }))

// R 4.2: m <- lm(score ~ grade); summary(m); predict(m, data.frame(grade = 2), se.fit = TRUE, interval = "confidence").
test('the cut is what the line has at the borderline grade, with the error that R gives', () => {
  const found = borderlineRegression(pairs, 2, 100)
  expectNear(found.cut, 43.67179487179487)
  expectNear(found.cut.se, 1.421897409079182)
  expectNear(found.cut.ci95?.[0], 40.50361001108693)
  expectNear(found.cut.ci95?.[1], 46.83997973250282)
  expectNear(found.seCut, 1.421897409079182)
  expectNear(found.slope, 12.21538461538461)
  expectNear(found.seSlope, 1.027057995554653)
  expectNear(found.slopePercent, 12.21538461538461)
  expectNear(found.intercept, 19.24102564102564)
  expectNear(found.r2, 0.9339746470387801)
  expect(found.cut).toMatchObject({ n: 12, warnings: ['under-fifty'] })
})

test('the line of the chart goes through the means and is surest there', () => {
  const { line } = borderlineRegression(pairs, 2, 100)
  expect(line).not.toBeNull()
  if (!line) return
  expectNear(scoreAt(line, line.meanGrade), 52.83333333333334)
  expectNear(scoreAt(line, line.meanGrade).se, 4.14020314130624 / Math.sqrt(12))
  expect(scoreAt(line, 5).se).toBeGreaterThan(scoreAt(line, 3).se ?? Infinity)
})

test.each([
  ['no scores', [], 'no-data'],
  ['one score', paired([2, 40]), 'too-few'],
  ['one grade', paired([2, 40], [2, 50], [2, 60]), 'one-grade'],
] as const)('without a line every figure is withheld: %s', (_, some, reason) => {
  const { line, ...figures } = borderlineRegression(some, 2, 100)
  expect(line).toBeNull()
  for (const figure of Object.values(figures)) expect(figure).toMatchObject({ value: null, n: some.length, reason })
})

test('scores that differ by the error of binary fractions alone have no slope', () => {
  expect(borderlineRegression(paired([1, 0.1 + 0.2], [2, 0.3], [3, 0.3]), 2, 1).slope.value).toBe(0)
})

test('a level line has the slope 0 and is warned of, whatever rounding makes of it', () => {
  const level = paired([1, 0.1], [2, 0.7], [3, 0.1], [1, 0.1 + 0.2], [3, 0.3])
  const { slope } = borderlineRegression(level, 2, 1)
  expect(slope.value).toBe(0)
  expect(slope.warnings).toContain('slope-not-positive')
  expect(borderlineRegression(paired([1, 0.1], [2, 0.1], [3, 0.1 + 1e-9]), 2, 1).slope.value).toBeGreaterThan(0)
})

test('two scores give a line, but no error of it', () => {
  const found = borderlineRegression(paired([1, 30], [3, 50]), 2, 100)
  expectNear(found.cut, 40)
  expect(found.cut).not.toHaveProperty('se')
  expect(found.seCut).toMatchObject({ value: null, reason: 'too-few' })
  expect(found.seSlope).toMatchObject({ value: null, reason: 'too-few' })
})

test('scores that are all the same have a cut and no explained variance', () => {
  const found = borderlineRegression(paired([1, 40.1], [2, 40.1], [3, 40.1]), 2, null)
  expectNear(found.cut, 40.1)
  expect(found.r2).toMatchObject({ value: null, reason: 'no-variance' })
  expect(found.cut.warnings).toContain('slope-not-positive')
  expect(found.slopePercent).toMatchObject({ value: null, reason: 'no-highest-score' })
})

describe('what could be wrong with a cut is said', () => {
  test.each([
    ['two grades alone', paired([1, 30], [3, 50], [3, 52]), 2, 'few-grades'],
    ['better grades with worse scores', paired([1, 60], [2, 50], [3, 41]), 2, 'slope-not-positive'],
    ['a cut below 0', paired([3, 10], [4, 30], [5, 52]), 2, 'cut-outside-scale'],
    ['a cut above the highest score', paired([3, 60], [4, 80], [5, 99]), 7, 'cut-outside-scale'],
    ['a borderline grade that nobody came near', paired([3, 50], [4, 60], [5, 71]), 2, 'borderline-outside-grades'],
    ['a borderline grade above all that were given', paired([1, 30], [2, 40], [3, 52]), 4, 'borderline-outside-grades'],
    ['a no-show entered as 0', paired([1, 0], [2, 50], [3, 60]), 2, 'zero-scores'],
    ['fewer than fifty candidates', paired([1, 30], [2, 50], [3, 60]), 2, 'under-fifty'],
  ] as const)('%s', (_, some, borderline, warning) => {
    expect(borderlineRegression(some, borderline, 100).cut.warnings).toContain(warning)
  })

  test('a station that works has no warning but its size', () => {
    expect(borderlineRegression(pairs, 2, 100).cut.warnings).toEqual(['under-fifty'])
    const many = Array.from({ length: 5 }, () => pairs).flat()
    expect(borderlineRegression(many, 2, 100).cut.warnings).toEqual([])
    expect(borderlineRegression(many, 2, null).cut.warnings).toEqual([])
  })

  test('fifty candidates are not few, and a cut on an end of the scale is not outside it', () => {
    const fifty = Array.from({ length: 50 }, (_, i) => pairs[i % 12] ?? { grade: 1, score: 1 })
    expect(borderlineRegression(fifty, 2, 100).cut.warnings).toEqual([])
    expect(borderlineRegression(fifty.slice(1), 2, 100).cut.warnings).toEqual(['under-fifty'])
    const ends = paired([1, 0], [2, 50], [3, 100])
    for (const [borderline, cut] of [
      [1, 0],
      [3, 100],
    ] as const) {
      const found = borderlineRegression(ends, borderline, 100).cut
      expect(found.value).toBe(cut)
      expect(found.warnings).not.toContain('cut-outside-scale')
    }
  })

  test('grades that explain less than half', () => {
    const loose = paired([1, 50], [2, 20], [3, 60], [2, 70], [3, 45])
    expect(borderlineRegression(loose, 2, 100).r2.warnings).toContain('r-squared-low')
    expect(borderlineRegression(pairs, 2, 100).r2.warnings).not.toContain('r-squared-low')
  })
})

const cohort = fc
  .array(fc.record({ grade: fc.integer({ min: 1, max: 5 }), score: fc.integer({ min: 0, max: 400 }) }), {
    minLength: 4,
    maxLength: 60,
  })
  .filter((some) => new Set(some.map(({ grade }) => grade)).size > 1)
  .map((some) => some.map(({ grade, score }) => ({ grade, score: score / 4 })))

test('shifting all scores shifts the cut, scaling scales it and its error, and the order of candidates does not matter', () => {
  fc.assert(
    fc.property(
      cohort,
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.double({ min: 0.1, max: 20, noNaN: true }),
      (some, by, times) => {
        const near = (a: number | null | undefined, b: number | null | undefined) =>
          expect(Math.abs((a ?? 0) - (b ?? 0))).toBeLessThan(1e-7)
        const was = borderlineRegression(some, 2, null)
        const shifted = borderlineRegression(
          some.map(({ grade, score }) => ({ grade, score: score + by })),
          2,
          null,
        )
        near(shifted.cut.value, (was.cut.value ?? 0) + by)
        near(shifted.cut.se, was.cut.se)
        const scaled = borderlineRegression(
          some.map(({ grade, score }) => ({ grade, score: score * times })),
          2,
          null,
        )
        near(scaled.cut.value, (was.cut.value ?? 0) * times)
        near(scaled.cut.se, (was.cut.se ?? 0) * times)
        const turned = borderlineRegression(some.toReversed(), 2, null)
        near(turned.cut.value, was.cut.value)
        near(turned.r2.value, was.r2.value)
      },
    ),
  )
})

describe('the borderline group', () => {
  test('is those who have the borderline grade', () => {
    const found = borderlineGroup(paired([2, 40], [2, 50], [2, 66], [3, 90]), 2)
    expectNear(found.mean, 52)
    expectNear(found.median, 50)
    // SD² = (144 + 4 + 196)/2 = 172, SE = √(172/3); t(.975, 2) = 4.302652729749464 (R 4.2).
    expectNear(found.mean.se, Math.sqrt(172 / 3))
    expectNear(found.mean.ci95?.[0], 52 - 4.302652729749464 * Math.sqrt(172 / 3))
    expect(found.mean).toMatchObject({ n: 3, method: 'borderline-group-mean', warnings: ['small-sample'] })
    const ten = Array.from({ length: 10 }, () => ({ grade: 2, score: 40 }))
    expect(borderlineGroup(ten, 2).median).toMatchObject({ value: 40, warnings: [] })
  })

  test('that is empty has no cut', () => {
    expect(borderlineGroup(paired([3, 90]), 2).mean).toMatchObject({ value: null, n: 0, reason: 'nobody-borderline' })
    expect(borderlineGroup([], 2).median).toMatchObject({ value: null, reason: 'no-data' })
  })
})
