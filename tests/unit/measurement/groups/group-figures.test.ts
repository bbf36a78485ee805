import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ancova } from '#shared/measurement/groups/ancova.ts'
import { hedgesG } from '#shared/measurement/groups/hedges-g.ts'
import { holm } from '#shared/measurement/groups/holm.ts'
import { mantelHaenszel, type Stratum } from '#shared/measurement/groups/mantel-haenszel.ts'
import type { Pair } from '#shared/measurement/raters/pairs.ts'
import { expectInterval, expectNear } from '#tests/support/near.ts'

const restR = [50, 55, 61, 64, 70, 72, 58, 66]
const scoreR = [48, 57, 60, 66, 71, 70, 61, 63]
const restF = [45, 52, 60, 63, 68, 57]
const scoreF = [38, 49, 52, 60, 62, 50]
const points = (rest: readonly number[], score: readonly number[]): Pair[] => rest.map((x, i) => [x, score[i] ?? 0])
const reference = points(restR, scoreR)
const focal = points(restF, scoreF)

// R: m <- lm(score ~ rest + group); summary(m), confint(m), anova(lm(score ~ rest), m), anova(m, lm(score ~ rest * group))
test('the adjusted difference is the coefficient of the group beside the rest score', () => {
  const adjusted = ancova(reference, focal)
  expectNear(adjusted.value, -5.7470790378006882)
  expectNear(adjusted.se, 1.3102005720709822)
  expectInterval(adjusted.ci95, [-8.6308110536724953, -2.8633470219288806])
  expect(adjusted.test).toMatchObject({ df1: 1, df2: 11 })
  expectNear(adjusted.test?.f, 19.240607060353987)
  expectNear(adjusted.test?.p, 0.0010874613961843916)
  expectNear(adjusted.slopes?.f, 0.18594470724402773)
  expectNear(adjusted.slopes?.p, 0.67546110866651976)
  expect(adjusted.warnings).toEqual([])
})

test('groups whose scores rise at different rates are told', () => {
  const adjusted = ancova(
    reference,
    focal.map(([rest], i) => [rest, 90 - rest + (i % 2)]),
  )
  expect(adjusted.slopes?.p).toBeLessThan(0.001)
  expect(adjusted.warnings).toEqual(['slopes-differ'])
})

test('a difference without any error left has no interval and no test', () => {
  const adjusted = ancova(
    restR.map((x) => [x, x]),
    restF.map((x) => [x, x - 4]),
  )
  expectNear(adjusted.value, -4)
  expect(adjusted).toMatchObject({ test: null, slopes: null })
  expect(adjusted.ci95).toBeUndefined()
})

test.each([
  ['an empty group', [], focal, 'no-data'],
  ['three candidates', reference.slice(0, 2), focal.slice(0, 1), 'too-few'],
  [
    'rest scores that do not vary within a group',
    [
      [0.1, 5],
      [0.1, 6],
      [0.1, 7],
    ],
    [
      [0.7, 3],
      [0.7, 4],
    ],
    'no-variance',
  ],
] as const)('%s: no adjusted difference', (_, first, second, reason) => {
  expect(ancova(first, second)).toMatchObject({ value: null, reason, test: null, slopes: null })
})

const strata: Stratum[] = [
  [12, 8, 4, 9],
  [20, 6, 7, 11],
  [15, 2, 9, 5],
]

// R: mantelhaen.test(array(c(12, 4, 8, 9, 20, 7, 6, 11, 15, 9, 2, 5), dim = c(2, 2, 3)))
test('the common odds ratio, its interval and its test are those of R', () => {
  const { oddsRatio, delta, test: tested, size } = mantelHaenszel(strata)
  expectNear(oddsRatio.value, 4.2684878048780481)
  expectInterval(oddsRatio.ci95, [1.7954551311485292, 10.1478381855956101])
  expectNear(tested?.chiSquare, 9.8543126241626258)
  expectNear(tested?.p, 0.001694340942158204)
  expectNear(delta.value, -2.35 * Math.log(4.2684878048780481))
  expectInterval(delta.ci95, [-2.35 * Math.log(10.1478381855956101), -2.35 * Math.log(1.7954551311485292)])
  expect([oddsRatio.n, size]).toEqual([108, 'C'])
})

// R: mantelhaen.test(array(c(5, 5, 5, 5, 6, 5, 5, 4), dim = c(2, 2, 2)))
test('the correction for continuity is not taken where the deviation is smaller than it', () => {
  const { test: tested, size } = mantelHaenszel([
    [5, 5, 5, 5],
    [6, 5, 5, 4],
  ])
  expectNear(tested?.chiSquare, 0.00095954749760112452)
  expect(size).toBe('A')
})

test('an empty stratum and a stratum of one candidate change nothing', () => {
  expect(mantelHaenszel([...strata, [0, 0, 0, 0]])).toEqual(mantelHaenszel(strata))
  expectNear(mantelHaenszel([...strata, [1, 0, 0, 0]]).test?.p, mantelHaenszel(strata).test?.p ?? 0)
})

test.each([
  ['B', 'a difference between 1 and 1.5', [600, 400, 480, 520]],
  ['B', 'one between 1 and 1.5 that is surely above 1', [60000, 40000, 47000, 53000]],
  ['B', 'a larger one that may be below 1 too', [40, 20, 25, 35]],
  ['C', 'a larger one that is surely above 1', [700, 300, 450, 550]],
  ['A', 'a small one', [52000, 48000, 48000, 52000]],
  ['A', 'a large one that may as well be chance', [14, 6, 10, 10]],
] as const)('class %s: %s', (size, _, stratum) => {
  expect(mantelHaenszel([stratum]).size).toBe(size)
})

test.each([
  ['no candidates', [], 'no-data'],
  ['a group in which all pass', [[5, 5, 9, 0]], 'too-few-pass-or-fail'],
  [
    'a group that shares no stratum with the other',
    [
      [5, 5, 0, 0],
      [0, 0, 4, 4],
    ],
    'too-few-pass-or-fail',
  ],
] as const)('%s: no odds ratio', (_, tables, reason) => {
  const { oddsRatio, delta, test: tested, size } = mantelHaenszel(tables)
  expect(oddsRatio).toMatchObject({ value: null, reason })
  expect(delta).toMatchObject({ value: null, reason })
  expect([tested, size]).toEqual([null, null])
})

test('exchanging the groups turns the odds ratio round and keeps its test', () => {
  const cell = fc.integer({ min: 1, max: 20 })
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 4 }), (tables) => {
      const before = mantelHaenszel(tables)
      const after = mantelHaenszel(tables.map(([a, b, c, d]) => [c, d, a, b]))
      expectNear(after.delta.value, -(before.delta.value ?? 0))
      expectNear(after.delta.se, before.delta.se ?? 0)
      expectNear(after.test?.p, before.test?.p ?? 0)
    }),
  )
})

// R: J <- 1 - 3 / (4 * 12 - 1); d with the pooled variance; J * sqrt(14 / 48 + d^2 / 28); qnorm(.975)
test('Hedges’ g is the difference in standard deviations, corrected for few candidates', () => {
  const g = hedgesG(scoreR, scoreF)
  expectNear(g.value, -1.19530644297739674)
  expectNear(g.se, 0.55375806804819205)
  expectInterval(g.ci95, [-2.28065231250033351, -0.10996057345445998])
  expect(g.warnings).toEqual(['raw-difference'])
  expectNear(hedgesG(scoreF, scoreR).value, 1.19530644297739674)
})

test.each([
  ['an empty group', [1, 2, 3, 4], [], 'no-data'],
  ['three candidates', [1, 2], [3], 'too-few'],
  ['scores that do not vary within a group', [0.1, 0.1, 0.1], [0.7, 0.7, 0.7], 'no-variance'],
] as const)('%s: no g', (_, first, second, reason) => {
  expect(hedgesG(first, second)).toMatchObject({ value: null, reason })
})

// R: p.adjust(c(.01, .04, .03, .2, .005), "holm")
test('Holm’s correction is that of R, and a test that could not be made is none', () => {
  const adjusted = holm([0.01, 0.04, null, 0.03, 0.2, 0.005])
  expect(adjusted[2]).toBeNull()
  ;[0.04, 0.09, null, 0.09, 0.2, 0.025].forEach((expected, i) => {
    if (expected !== null) expectNear(adjusted[i], expected)
  })
  expect(holm([0.9, 0.8])).toEqual([1, 1])
  expect(holm([null])).toEqual([null])
})

test('large scores that differ little lose no digits: differences are those of the small ones', () => {
  const far = 1e9
  const away = (pairs: readonly Pair[]): Pair[] => pairs.map(([x, y]) => [x + far, y + far])
  const [near, moved] = [ancova(reference, focal), ancova(away(reference), away(focal))]
  for (const key of ['value', 'se'] as const) expectNear(moved[key], near[key] ?? NaN)
  expectNear(moved.test?.f, near.test?.f ?? NaN)
  expectNear(moved.slopes?.f, near.slopes?.f ?? NaN)
  const small = hedgesG(scoreR, scoreF)
  const large = hedgesG(
    scoreR.map((score) => score + far),
    scoreF.map((score) => score + far),
  )
  expectNear(large.value, small.value ?? NaN)
  expectNear(large.se, small.se ?? NaN)
})
