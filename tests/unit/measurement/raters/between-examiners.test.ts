import fc from 'fast-check'
import { expect, test } from 'vitest'
import { betweenExaminers, type ExaminerScore } from '#shared/measurement/raters/between-examiners.ts'
import { expectNear } from '../near.ts'

const marked = (all: Readonly<Record<string, readonly number[]>>): ExaminerScore[] =>
  Object.entries(all).flatMap(([examiner, scores]) =>
    scores.map((score, i) => ({ candidate: `${examiner}-${i}`, examiner, score })),
  )

// R 4.2: summary(aov(score ~ examiner)); ω² from its sums of squares.
test('variation between examiners is that of a one-way analysis of variance', () => {
  const found = betweenExaminers(marked({ a: [31, 38.5, 44, 52], b: [49, 61, 66, 71.5, 83], c: [47, 36, 55] }))
  expectNear(found.etaSquared, 1545.279166666666 / (1545.279166666666 + 1050.887499999999))
  const within = 1050.887499999999 / 9
  expectNear(found.omegaSquared, (1545.279166666666 - 2 * within) / (1545.279166666666 + 1050.8875 + within))
  expectNear(found.f, 6.617032032448763)
  expectNear(found.p, 0.01708073108631469)
  expect(found.etaSquared).toMatchObject({ n: 12, warnings: ['eta-squared-biased', 'examiners-over-forty'] })
  expect(found.f.warnings).toEqual([])
})

test.each([
  ['29 %', 0.64, []],
  ['31 %', 0.67, ['examiners-over-thirty']],
  ['41 %', 0.835, ['examiners-over-forty']],
] as const)('how large a share is worrying is said: %s', (_, apart, warnings) => {
  // Two examiners, 20 candidates each, scores 1 from their mean; the means 2·apart from each other: η² = a²/(a² + 1).
  const around = (mean: number) => Array.from({ length: 20 }, (_unused, i) => mean + (i % 2 === 0 ? 1 : -1))
  const found = betweenExaminers(marked({ a: around(50 - apart), b: around(50 + apart) }))
  expectNear(found.etaSquared, apart ** 2 / (apart ** 2 + 1))
  expect(found.etaSquared.warnings).toEqual(warnings)
})

test('candidates whom two examiners scored make p inexact', () => {
  const both = [
    { candidate: 'x', examiner: 'a', score: 40 },
    { candidate: 'x', examiner: 'b', score: 50 },
    { candidate: 'y', examiner: 'a', score: 45 },
    { candidate: 'y', examiner: 'b', score: 52 },
  ]
  expect(betweenExaminers(both).p.warnings).toEqual(['candidates-shared'])
})

test.each([
  ['no scores', {}, ['no-data', 'no-data', 'no-data']],
  ['one examiner', { a: [40, 50] }, ['one-examiner', 'one-examiner', 'one-examiner']],
  ['no variance', { a: [0.3, 0.1 + 0.2], b: [0.3] }, ['no-variance', 'no-variance', 'no-variance']],
  ['one score to an examiner', { a: [40], b: [50] }, [null, 'one-score-each', 'one-score-each']],
  [
    'no variance within examiners',
    { a: [40.1, 40.1], b: [49.3, 49.3, 49.3, 49.3, 49.3, 49.3, 49.3] },
    [null, null, 'no-variance-within'],
  ],
] as const)('withheld: %s', (_, all, [eta, omega, f]) => {
  const found = betweenExaminers(marked(all))
  expect(found.etaSquared.reason ?? null).toBe(eta)
  expect(found.omegaSquared.reason ?? null).toBe(omega)
  expect(found.f.reason ?? null).toBe(f)
  expect(found.p.reason ?? null).toBe(f)
})

test('is the same whatever the unit, and whoever the examiners are', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 12 })
  fc.assert(
    fc.property(scores, scores, scores, (a, b, c) => {
      const was = betweenExaminers(marked({ a, b, c }))
      const other = betweenExaminers(
        marked({ b: c.map((x) => x / 3 - 7), c: a.map((x) => x / 3 - 7), a: b.map((x) => x / 3 - 7) }),
      )
      expect(other.etaSquared.reason).toBe(was.etaSquared.reason)
      expect(other.etaSquared.value ?? 0).toBeCloseTo(was.etaSquared.value ?? 0, 9)
      expect(other.p.value ?? 0).toBeCloseTo(was.p.value ?? 0, 9)
    }),
  )
})
