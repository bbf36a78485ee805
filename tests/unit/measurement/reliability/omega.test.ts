import { describe, expect, test } from 'vitest'
import { omegaTotal } from '#shared/measurement/reliability/omega.ts'
import { stationCovariances } from '#shared/measurement/reliability/score-matrix.ts'
import published from '../../../fixtures/psychometrics/cronbach_attitude.json' with { type: 'json' }
import { expectNear, seeded } from '../near.ts'

const omegaOf = (rows: readonly (readonly (number | null)[])[]) => omegaTotal(stationCovariances(rows))

/** Scores of `n` candidates from one factor with these loadings and unique standard deviations, nearly normal. */
function fromOneFactor(n: number, loadings: readonly number[], uniques: readonly number[]): number[][] {
  const random = seeded(20)
  const normal = () => Array.from({ length: 12 }, random).reduce((sum, x) => sum + x, -6)
  return Array.from({ length: n }, () => {
    const ability = normal()
    return loadings.map((loading, i) => 50 + loading * ability + (uniques[i] ?? 1) * normal())
  })
}

describe.each(published.cases)('published: $name', ({ input, expected }) => {
  test('omega on covariances, and on correlations', () => {
    expectNear(omegaOf(input.scores), expected.omega_total_ml_cov, published.tolerance_omega)
    // R 4.2: factanal(attitude, 1) with factr = 10; to 1e-6, where the published value is to 1e-5.
    expectNear(omegaOf(input.scores), 0.8563267936867746, 1e-8)
    const sds = expected.items.map(({ sd }) => sd)
    const standard = input.scores.map((row) => row.map((score, i) => score / (sds[i] ?? 1)))
    expectNear(omegaOf(standard), expected.omega_total_ml_cor, published.tolerance_omega)
  })
})

test('three stations have an exact solution: λ₁² = s₁₂s₁₃/s₂₃', () => {
  const rows = [
    [4, 5, 6],
    [6, 7, 5],
    [8, 6, 9],
    [5, 4, 4],
    [9, 9, 8],
    [7, 8, 8],
  ]
  // By that formula in R 4.2.
  expectNear(omegaOf(rows), 0.8847439221804704, 1e-9)
})

test('omega of many simulated candidates is that of the loadings', () => {
  const loadings = [4, 6, 5, 3, 7, 5]
  const uniques = [8, 7, 9, 6, 8, 7]
  const common = loadings.reduce((sum, x) => sum + x, 0) ** 2
  const found = omegaOf(fromOneFactor(20_000, loadings, uniques))
  expectNear(found, common / (common + uniques.reduce((sum, x) => sum + x * x, 0)), 0.01)
  expect(found.warnings).toEqual([])
})

test('few candidates to a station, an incomplete one and a station scored the wrong way round are warned of', () => {
  const rows: (number | null)[][] = fromOneFactor(18, [5, 5, 5, -5], [3, 3, 3, 3])
  rows.push([50, 50, null, 50])
  expect(omegaOf(rows).warnings).toEqual(['incomplete-left-out', 'few-per-station', 'negative-loading'])
  expect(omegaOf(rows).n).toBe(18)
})

test('five candidates to a station are enough to say nothing', () => {
  const rows = fromOneFactor(20, [5, 5, 5, 5], [3, 3, 3, 3])
  expect(omegaOf(rows).warnings).toEqual([])
  expect(omegaOf(rows.slice(1)).warnings).toEqual(['few-per-station'])
})

const lone = fromOneFactor(40, [5, 5, 5, 5], [3, 3, 3, 3])
test.each([
  ['nothing', [], 'no-data'],
  [
    'two stations',
    [
      [1, 2],
      [2, 3],
      [3, 5],
    ],
    'under-three-items',
  ],
  [
    'nobody complete',
    [
      [1, 2, null],
      [null, 2, 3],
    ],
    'no-complete-candidate',
  ],
  [
    'one complete candidate',
    [
      [1, 2, 3],
      [null, 2, 3],
    ],
    'one-candidate',
  ],
  ['a station that does not vary', lone.map((row) => [...row, 7.1]), 'no-variance'],
  [
    'a station that is the sum of two others',
    lone.map(([a = 0, b = 0, c = 0]) => [a, b, c, a + b]),
    'singular-covariance',
  ],
  ['scores whose variance overflows', lone.map((row) => row.map((score) => score * 1e200)), 'not-finite'],
  ['no more candidates than stations', lone.slice(0, 4), 'singular-covariance'],
  [
    'a unique variance below 0: s₁₂s₁₃/s₂₃ = 25 is more than s₁₁ = 2.02',
    [1, -1].flatMap((x) =>
      [1, -1].flatMap((y) => [1, -1].map((w) => [x + y + 0.15 * x * y * w, x + 0.2 * w, y + 0.2 * w])),
    ),
    'heywood',
  ],
  [
    'two stations that go together and one that goes its own way: their loadings cannot be told apart',
    [1, -1].flatMap((x) => [1, -1].flatMap((y) => [1, -1].flatMap((w) => [1, -1].map((z) => [x + y, x + w, z])))),
    'no-convergence',
  ],
] as const)('withheld: %s', (_, rows, reason) => {
  expect(omegaOf(rows)).toMatchObject({ value: null, reason })
})

test('is the same whatever the unit and the order of candidates', () => {
  const was = omegaOf(lone).value ?? NaN
  expectNear(omegaOf(lone.map((row) => row.map((score) => score * 0.4 - 3))), was, 1e-9)
  expectNear(omegaOf(lone.toReversed()), was, 1e-9)
})
