import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreement } from '#shared/measurement/raters/agreement.ts'
import { blandAltman } from '#shared/measurement/raters/bland-altman.ts'
import { completePairs } from '#shared/measurement/raters/pairs.ts'
import published from '#tests/fixtures/psychometrics/bland_altman_1986.json' with { type: 'json' }
import { expectInterval, expectNear } from '#tests/support/near.ts'

test.each(published.cases)('$name: every figure of agreement is the published one', ({ input, expected }) => {
  const pairs = input.method1.map((x, i) => [x, input.method2[i] ?? null] as const)
  const { bias, lower, upper, proportional, pearson, spearman, ccc, leftOut } = agreement(pairs)
  expect([bias.n, leftOut]).toEqual([expected.n, 0])
  expectNear(bias.value, expected.bias)
  expectNear(bias.se, expected.se_bias)
  expectInterval(bias.ci95, expected.bias_ci95)
  expectNear(lower.value, expected['loa_1.96'][0] ?? 0)
  expectNear(upper.value, expected['loa_1.96'][1] ?? 0)
  expectNear(lower.se, expected.se_loa_exact)
  expectInterval(lower.ci95, expected.loa_lower_ci95)
  expectInterval(upper.ci95, expected.loa_upper_ci95)
  expectNear(proportional.value, expected.proportional_bias.slope)
  expectNear(proportional.intercept, expected.proportional_bias.intercept)
  expectNear(proportional.p, expected.proportional_bias.p)
  expectNear(pearson.value, expected.pearson)
  expectInterval(pearson.ci95, expected.pearson_ci95_fisher)
  expectNear(pearson.test?.t, expected.pearson_t)
  expectNear(pearson.test?.p, expected.pearson_p)
  expectNear(spearman.value, expected.spearman)
  expectNear(spearman.test?.p, expected.spearman_t_approx_p)
  expectNear(ccc.value, expected.lin_ccc)
  const { sdDifference, test: ofBias } = blandAltman(completePairs(pairs))
  expectNear(sdDifference, expected.sd_diff)
  expectNear(ofBias?.t, expected.t)
  expectNear(ofBias?.p, expected.p)
})

// R: x and y below; cor, cor(method = "spearman"); Lin's error as corrected in 2000, Bonett and Wright's of Spearman by hand
const sides = [
  [61, 58],
  [72, 75],
  [55, 60],
  [80, 78],
  [68, 70],
  [74, 80],
  [90, 85],
  [49, 55],
] as const

test('the intervals of Pearson, Spearman and Lin are those of R', () => {
  const { pearson, spearman, ccc } = agreement(sides)
  expectInterval(pearson.ci95, [0.7599669578957235, 0.9918464495967079])
  expectNear(spearman.value, 0.9523809523809526)
  expectInterval(spearman.ci95, [0.6640561630408592, 0.994123946556469])
  expectNear(ccc.value, 0.93137823113480944)
  expectNear(ccc.se, 0.04701890630570034)
  expectInterval(ccc.ci95, [0.75017666878204503, 0.98246748891767632])
})

test('a side that is milder throughout correlates fully and does not agree', () => {
  const { pearson, bias, lower, upper, ccc } = agreement(sides.map(([x]) => [x, x + 10]))
  expect(pearson.value).toBe(1)
  expect(pearson.ci95).toBeUndefined()
  expect(pearson.warnings).toContain('correlation-ignores-level')
  expect([bias.value, lower.value, upper.value]).toEqual([-10, -10, -10])
  expect([bias.ci95, lower.ci95, upper.ci95]).toEqual([undefined, undefined, undefined])
  expect(bias.warnings).toContain('differences-alike')
  expect(ccc.value).toBeLessThan(0.8)
  expect(ccc.warnings).not.toContain('correlation-ignores-level')
})

test('a difference that grows with the level is told', () => {
  const { bias, proportional } = agreement(sides.map(([x], i) => [x, 0.5 * x + (i % 2)]))
  expect(proportional.value).toBeGreaterThan(0.5)
  expect(proportional.p).toBeLessThan(0.001)
  expect(bias.warnings).toContain('difference-varies-with-level')
  expect(agreement(sides).bias.warnings).not.toContain('difference-varies-with-level')
  const hardly = agreement(sides.map(([x], i) => [x, 0.8 * x + 0.7 * ([3, -2, 1, -4, 2, 3, 0, -2][i] ?? 0)]))
  expect(hardly.proportional.p).toBeGreaterThan(0.01)
  expect(hardly.proportional.p).toBeLessThan(0.05)
  expect(hardly.bias.warnings).toContain('difference-varies-with-level')
})

test('a pair with a missing value is left out and counted', () => {
  const { leftOut, bias } = agreement([...sides, [50, null], [null, null]])
  expect([leftOut, bias.n]).toEqual([2, 8])
})

test.each([
  ['nothing', [], 'no-data', 'no-data'],
  ['one pair', [[1, 2]], 'too-few', 'too-few'],
  [
    'a side that does not vary',
    [
      [0.1, 1],
      [0.1, 2],
      [0.1, 4],
    ],
    undefined,
    'no-variance',
  ],
] as const)('%s: what is undefined is withheld', (_, pairs, ofBias, ofCorrelation) => {
  const { bias, lower, upper, pearson, spearman, ccc } = agreement(pairs)
  expect([bias.reason, lower.reason, upper.reason]).toEqual([ofBias, ofBias, ofBias])
  for (const figure of [pearson, spearman, ccc]) expect(figure).toMatchObject({ value: null, reason: ofCorrelation })
})

test('below four pairs a correlation has no interval', () => {
  const { pearson, spearman, ccc } = agreement([
    [1, 2],
    [2, 1],
    [3, 5],
  ])
  for (const figure of [pearson, spearman, ccc]) {
    expect(figure.value).not.toBeNull()
    expect(figure.ci95).toBeUndefined()
  }
})

test('values that are equal but for the error of binary fractions share a rank', () => {
  const { spearman } = agreement([
    [0.3, 1],
    [0.1 + 0.2, 3],
    [0.5, 2],
    [0.7, 4],
  ])
  // Ranks 1.5, 1.5, 3, 4 and 1, 3, 2, 4: 3/√(4.5 · 5).
  expectNear(spearman.value, 3 / Math.sqrt(22.5))
})

test('sides that have nothing in common correlate 0, whatever rounding makes of it', () => {
  const { pearson, ccc } = agreement([
    [0.1, 0.7],
    [0.1, 0.2],
    [0.4, 0.7],
    [0.4, 0.2],
    [0.9, 0.7],
    [0.9, 0.2],
  ])
  expect(pearson.value).toBe(0)
  expect(Math.abs(ccc.value ?? 1)).toBeLessThan(1e-15)
  expect(ccc.ci95).toBeUndefined()
})

const number = fc.integer({ min: 0, max: 100 })
const somePairs = fc.array(fc.tuple(number, number), { minLength: 5, maxLength: 20 })

test('order does not matter, exchanging the sides turns the bias, and one unit and origin for both change nothing else', () => {
  fc.assert(
    fc.property(somePairs, fc.integer({ min: 2, max: 9 }), fc.integer({ min: -50, max: 50 }), (pairs, by, plus) => {
      const before = agreement(pairs)
      fc.pre(before.pearson.value !== null && Math.abs(before.pearson.value) < 1 && before.proportional.p !== null)
      const exchanged = agreement(pairs.toReversed().map(([x, y]) => [y, x]))
      const changed = agreement(pairs.map(([x, y]) => [x * by + plus, y * by + plus]))
      expectNear(exchanged.bias.value, -(before.bias.value ?? 0))
      expectNear(exchanged.upper.value, -(before.lower.value ?? 0))
      expectNear(changed.bias.value, by * (before.bias.value ?? 0))
      for (const other of [exchanged, changed])
        for (const key of ['pearson', 'spearman', 'ccc'] as const)
          expectNear(other[key].value, before[key].value ?? 0, 1e-8)
    }),
  )
})
