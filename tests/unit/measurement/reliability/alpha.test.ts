import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeScores } from '#shared/measurement/descriptive.ts'
import { alphaAnalysis } from '#shared/measurement/reliability/alpha.ts'
import { stationCovariances } from '#shared/measurement/reliability/score-matrix.ts'
import published from '../../../fixtures/psychometrics/cronbach_attitude.json' with { type: 'json' }
import { expectNear } from '../near.ts'

const analysed = (rows: readonly (readonly (number | null)[])[]) => alphaAnalysis(stationCovariances(rows))

describe.each(published.cases)('published: $name', ({ input, expected }) => {
  const found = analysed(input.scores)

  test("alpha with Feldt's interval, the standardized alpha and the SEM of sum and mean", () => {
    expectNear(found.alpha, expected.alpha, published.tolerance)
    expectNear(found.alpha.ci95?.[0], expected.ci95_feldt[0] ?? NaN, published.tolerance)
    expectNear(found.alpha.ci95?.[1], expected.ci95_feldt[1] ?? NaN, published.tolerance)
    expectNear(found.standardized, expected.alpha_standardized, published.tolerance)
    expectNear(found.semTotal, expected.sem_total, published.tolerance)
    expectNear(found.semMean, expected.sem_mean_score, published.tolerance)
    expect(found.alpha).toMatchObject({ n: expected.n, warnings: [] })
  })

  test('alpha without an item, and the item against the rest', () => {
    expect(found.items).toHaveLength(expected.k)
    expected.items.forEach((item, i) => {
      expectNear(found.items[i]?.alphaIfDeleted, item.alpha_if_deleted, published.tolerance)
      expectNear(found.items[i]?.itemRest, item.corrected_item_total_r, published.tolerance)
      const { mean, sd } = describeScores(input.scores.map((row) => row[i] ?? NaN))
      expectNear(mean, item.mean, published.tolerance)
      expectNear(sd, item.sd, published.tolerance)
    })
  })
})

test.each(published.cases)('published: the sum of $name', ({ input, expected }) => {
  const { mean, sd } = describeScores(input.scores.map((row) => row.reduce((sum, score) => sum + score, 0)))
  expectNear(mean, expected.total_mean, published.tolerance)
  expectNear(sd, expected.total_sd, published.tolerance)
})

test('worked by hand: two stations', () => {
  const found = analysed([
    [1, 2],
    [2, 5],
    [3, 5],
  ])
  // Covariance (−1·−2 + 0 + 1·1)/2 = 1.5, variances 1 and 3: Σs² = 4, s² = 7, α = 2·(1 − 4/7) = 6/7.
  expectNear(found.alpha, 6 / 7)
  expectNear(found.semTotal, 1)
  expectNear(found.semMean, 0.5)
  expectNear(found.items[0]?.itemRest, 1.5 / Math.sqrt(3))
  expect(found.items[0]?.alphaIfDeleted).toMatchObject({ value: null, reason: 'one-item' })
})

test('candidates who miss a station are left out, and that is said', () => {
  const rows = [
    [1, 2, 4],
    [2, 5, 4],
    [3, null, 5],
    [3, 5, 7],
    [4, 4],
  ]
  const data = stationCovariances(rows)
  expect(data).toMatchObject({ complete: 3, leftOut: 2, columns: 3 })
  const found = alphaAnalysis(data)
  expectNear(
    found.alpha,
    analysed([
      [1, 2, 4],
      [2, 5, 4],
      [3, 5, 7],
    ]).alpha.value ?? NaN,
  )
  expect(found.alpha).toMatchObject({ n: 3, warnings: ['incomplete-left-out', 'small-sample'] })
})

test('stations that contradict each other have a negative alpha, which is given, and no SEM', () => {
  const found = analysed([
    [1, 4],
    [2, 3.5],
    [3, 1],
  ])
  expect(found.alpha.value).toBeLessThan(0)
  expect(found.alpha.warnings).toContain('negative-alpha')
  expect(found.semMean).toMatchObject({ value: null, reason: 'negative-alpha' })
  expect(found.semTotal).toMatchObject({ value: null, reason: 'negative-alpha' })
})

test('a station that does not vary has no correlation with the rest, and there is no standardized alpha', () => {
  const found = analysed([
    [0.1, 2, 4],
    [0.1, 5, 5],
    [0.1, 6, 7],
  ])
  expect(found.items[0]?.itemRest).toMatchObject({ value: null, reason: 'no-variance' })
  expect(found.items[1]?.itemRest.value).not.toBeNull()
  expect(found.standardized).toMatchObject({ value: null, reason: 'no-variance' })
})

test('stations that rank and space all candidates alike have an alpha of exactly 1 and no error of measurement', () => {
  const alike = [0.1, 0.7, 1 / 3, 0.9, 0.2, 5.3].map((x) => [1, 2, 3, 4, 5, 6, 7].map((step) => x + 7.1 * step))
  const found = analysed(alike)
  expect(found.alpha).toMatchObject({ value: 1, ci95: [1, 1] })
  expect(found.semMean.value).toBe(0)
})

test('standardized stations whose sum does not vary have no standardized alpha', () => {
  // Three directions a third of a circle apart: their mean correlation is −1/2.
  const around = [0.3, 1.1, 2, 4.4, 5].flatMap((angle) => [
    angle,
    angle + Math.PI / 2,
    angle + Math.PI,
    angle - Math.PI / 2,
  ])
  const thirds = around.map((angle) => [0, 1, 2].map((k) => (k + 1) * Math.cos(angle + (2 * Math.PI * k) / 3)))
  expect(analysed(thirds).standardized).toMatchObject({ value: null, reason: 'no-variance' })
})

test('a station that varies by the error of binary fractions alone does not vary', () => {
  const found = analysed([
    [0.3, 2, 4],
    [0.1 + 0.2, 5, 5],
    [0.3, 6, 7],
  ])
  expect(found.standardized).toMatchObject({ value: null, reason: 'no-variance' })
})

test('a station whose rest does not vary has no correlation with it', () => {
  const found = analysed([
    [1, 1, 3],
    [2, 2, 2],
    [4, 3, 1],
  ])
  expect(found.items[0]?.itemRest).toMatchObject({ value: null, reason: 'no-variance' })
  expect(found.items[0]?.alphaIfDeleted).toMatchObject({ value: null, reason: 'no-variance' })
})

test.each([
  ['nothing', [], 'no-data'],
  ['candidates without any score', [[], []], 'no-data'],
  ['one station', [[1], [2], [3]], 'one-item'],
  [
    'nobody complete',
    [
      [1, null],
      [null, 2],
    ],
    'no-complete-candidate',
  ],
  [
    'one complete candidate',
    [
      [1, 2],
      [null, 2],
    ],
    'one-candidate',
  ],
  [
    'no variance at all',
    [
      [1, 2],
      [1, 2],
      [1, 2],
    ],
    'no-variance',
  ],
  [
    'sums that do not vary',
    [
      [1, 3],
      [2, 2],
      [3, 1],
    ],
    'no-variance',
  ],
  [
    'sums that vary by the error of binary fractions',
    [
      [0.4, 0.3, 2.3],
      [0.5, 0.3, 2.2],
      [0.9, 0.9, 1.2],
    ],
    'no-variance',
  ],
] as const)('withheld: %s', (_, rows, reason) => {
  const found = analysed(rows)
  expect(found.alpha).toMatchObject({ value: null, reason })
  expect(found.semMean).toMatchObject({ value: null, reason })
})

const matrix = fc.integer({ min: 3, max: 5 }).chain((columns) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: columns, maxLength: columns }), {
    minLength: 5,
    maxLength: 30,
  }),
)

test('alpha does not change when scores are shifted or scaled or candidates or stations change places; the SEM scales', () => {
  fc.assert(
    fc.property(matrix, fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 50 }), (rows, by, tenths) => {
      const was = analysed(rows)
      const near = (a: number | null | undefined, b: number | null | undefined) => {
        expect(a === null).toBe(b === null)
        expect(Math.abs((a ?? 0) - (b ?? 0))).toBeLessThan(1e-8 * Math.max(1, Math.abs(a ?? 0)))
      }
      const moved = analysed(rows.map((row) => row.map((score) => (score * tenths) / 10 + by)))
      near(moved.alpha.value, was.alpha.value)
      near(moved.semMean.value, was.semMean.value === null ? null : (was.semMean.value * tenths) / 10)
      near(analysed(rows.toReversed()).alpha.value, was.alpha.value)
      const turned = analysed(rows.map((row) => row.toReversed()))
      near(turned.alpha.value, was.alpha.value)
      near(turned.items[0]?.itemRest.value, was.items.at(-1)?.itemRest.value)
      near(turned.items[0]?.alphaIfDeleted.value, was.items.at(-1)?.alphaIfDeleted.value)
    }),
  )
})
