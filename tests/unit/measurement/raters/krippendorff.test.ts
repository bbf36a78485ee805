import fc from 'fast-check'
import { expect, test } from 'vitest'
import { krippendorffAlpha, measurementLevels, type MeasurementLevel } from '#shared/measurement/raters/krippendorff.ts'
import published from '#tests/fixtures/psychometrics/krippendorff_2011.json' with { type: 'json' }
import { expectNear } from '#tests/support/near.ts'

type Ratings = readonly (readonly (number | null)[])[]

/** The published table has a row for each coder. */
const units: Ratings =
  published.input.ratings[0]?.map((_, unit) => published.input.ratings.map((coder) => coder[unit] ?? null)) ?? []

test.each(measurementLevels)('α of the canonical data is the published one: %s', (level) => {
  const alpha = krippendorffAlpha(units, level)
  expectNear(alpha.value, published.expected[level].alpha)
  expectNear(alpha.observed, published.expected[level].Do)
  expectNear(alpha.expected, published.expected[level].De)
  if (level !== 'ratio') expect(Number(alpha.value?.toFixed(3))).toBe(published.published_3dp[level])
  expect(alpha).toMatchObject({
    n: published.expected.n_pairable,
    unitsUsed: published.expected.units_used,
    unitsLeftOut: 1,
    warnings: ['unpaired-left-out', 'small-sample'],
  })
})

/** α as its author writes it, by the matrix of coincidences: slow, and another way to the same number. */
function byCoincidences(ratings: Ratings, level: MeasurementLevel): number {
  const pairable = ratings.map((unit) => unit.filter((value) => value !== null)).filter((unit) => unit.length > 1)
  const values = [...new Set(pairable.flat())].toSorted((a, b) => a - b)
  const coincidence = values.map(() => values.map(() => 0))
  for (const unit of pairable)
    unit.forEach((c, i) =>
      unit.forEach((k, j) => {
        const row = coincidence[values.indexOf(c)]
        if (i !== j && row) row[values.indexOf(k)] = (row[values.indexOf(k)] ?? 0) + 1 / (unit.length - 1)
      }),
    )
  const totals = coincidence.map((row) => row.reduce((sum, value) => sum + value, 0))
  const n = totals.reduce((sum, total) => sum + total, 0)
  const difference = (i: number, j: number): number => {
    const [c = 0, k = 0] = [values[Math.min(i, j)], values[Math.max(i, j)]]
    if (i === j) return 0
    if (level === 'nominal') return 1
    if (level === 'interval') return (c - k) ** 2
    if (level === 'ratio') return ((c - k) / (c + k)) ** 2
    const between = totals.slice(Math.min(i, j), Math.max(i, j) + 1).reduce((sum, total) => sum + total, 0)
    return (between - ((totals[i] ?? 0) + (totals[j] ?? 0)) / 2) ** 2
  }
  let [observed, expected] = [0, 0]
  values.forEach((_, i) =>
    values.forEach((__, j) => {
      observed += (coincidence[i]?.[j] ?? 0) * difference(i, j)
      expected += ((totals[i] ?? 0) * (totals[j] ?? 0) * difference(i, j)) / (n - 1)
    }),
  )
  return 1 - observed / expected
}

const someRatings = fc.array(
  fc.array(fc.option(fc.integer({ min: 0, max: 6 }), { freq: 4 }), { minLength: 3, maxLength: 3 }),
  { minLength: 2, maxLength: 12 },
)

test('it is the α of the coincidence matrix, whatever is missing', () => {
  fc.assert(
    fc.property(someRatings, fc.constantFrom(...measurementLevels), (ratings, level) => {
      const { value } = krippendorffAlpha(ratings, level)
      fc.pre(value !== null)
      expectNear(value, byCoincidences(ratings, level))
    }),
  )
})

test('neither the order of units and raters nor, on each level, what the level ignores matters', () => {
  const allowed: Record<MeasurementLevel, (value: number) => number> = {
    nominal: (value) => [3, 9, 0, 7, 1, 8, 4][value] ?? 0,
    ordinal: (value) => value ** 3 - 5,
    interval: (value) => 7 * value - 3,
    ratio: (value) => 7 * value,
  }
  fc.assert(
    fc.property(someRatings, fc.constantFrom(...measurementLevels), (ratings, level) => {
      const { value } = krippendorffAlpha(ratings, level)
      fc.pre(value !== null)
      const changed = ratings
        .toReversed()
        .map((unit) => unit.toReversed().map((rating) => (rating === null ? null : allowed[level](rating))))
      expectNear(krippendorffAlpha(changed, level).value, value)
    }),
  )
})

test.each(measurementLevels)('full agreement is 1: %s', (level) => {
  expect(
    krippendorffAlpha(
      [
        [1, 1],
        [4, 4, 4],
        [2, 2],
      ],
      level,
    ),
  ).toMatchObject({
    value: 1,
    warnings: ['no-disagreement', 'small-sample'],
  })
})

test('a ratio scale has a 0, which differs fully from every other value', () => {
  const alpha = krippendorffAlpha(
    [
      [0, 0],
      [0, 4],
      [4, 4],
    ],
    'ratio',
  )
  // By hand: differences are 0 or 1, as on a nominal scale; Do = 2/6, De = 2 · 3 · 3 / (6 · 5).
  expectNear(alpha.value, 1 - 2 / 6 / (18 / 30))
})

test('raters who always differ come out negative', () => {
  const alpha = krippendorffAlpha(
    [
      [1, 2],
      [2, 1],
      [1, 2],
      [2, 1],
    ],
    'nominal',
  )
  // By hand: Do = 1, De = 2 · 4 · 4 / (8 · 7)
  expectNear(alpha.value, 1 - 56 / 32)
  expect(alpha.warnings).toContain('negative-estimate')
})

test.each([
  ['nothing', [], 'interval', 'no-data'],
  ['nothing but gaps', [[null, null]], 'nominal', 'no-data'],
  [
    'no unit with two values',
    [
      [1, null],
      [null, 2],
    ],
    'ordinal',
    'too-few',
  ],
  [
    'one unit with two values',
    [
      [1, 2],
      [4, null],
    ],
    'nominal',
    'one-unit',
  ],
  [
    'one value throughout',
    [
      [0.1, 0.1],
      [0.1, 0.1],
    ],
    'interval',
    'no-variance',
  ],
  [
    'a ratio of values below 0',
    [
      [-1, 2],
      [1, 2],
    ],
    'ratio',
    'below-zero',
  ],
] as const)('%s: α is withheld', (_, ratings, level, reason) => {
  expect(krippendorffAlpha(ratings, level)).toMatchObject({ value: null, reason, observed: null, expected: null })
})
