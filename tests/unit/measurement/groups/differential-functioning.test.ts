import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ancova } from '#shared/measurement/groups/ancova.ts'
import { differentialFunctioning } from '#shared/measurement/groups/differential-functioning.ts'
import { mantelHaenszel } from '#shared/measurement/groups/mantel-haenszel.ts'
import type { Mark } from '#shared/measurement/mark.ts'
import { expectNear } from '#tests/support/near.ts'

const mark = (candidate: string, station: string, score: number | null, group: string | null): Mark => ({
  candidate,
  station,
  examiner: null,
  score,
  grade: null,
  group,
})

/** A number from 0 to 1 that looks like chance and is the same every time. */
const chance = (seed: number) => {
  const x = Math.sin(seed * 12.9898) * 43758.5453
  return x - Math.floor(x)
}

const stations = ['s1', 's2', 's3', 's4', 's5', 's6']
const cuts = new Map(stations.map((station) => [station, 60]))

/** Candidates of equal ability in both groups; at `s3` the second group is marked down by `by`. */
function exam(north: number, south: number, by = 0): Mark[] {
  return [...Array(north + south).keys()].flatMap((c) => {
    const isSouth = c >= north
    const ability = 45 + 30 * chance(c + 1)
    return stations.map((station, s) =>
      mark(
        `c${c}`,
        station,
        ability + 14 * (chance(97 * c + 13 * s + 5) - 0.5) - (isSouth && station === 's3' ? by : 0),
        isSouth ? 'south' : 'north',
      ),
    )
  })
}

test('a station that marks one group down shows it most, and the others say that it shifts their rest scores', () => {
  const { reference, comparisons, reason } = differentialFunctioning(exam(90, 70, 12), { cuts })
  expect([reference, reason, comparisons.length]).toEqual(['north', null, 6])
  const s3 = comparisons.find(({ station }) => station === 's3')
  expect(s3?.ancova.value).toBeGreaterThan(-16)
  expect(s3?.ancova.value).toBeLessThan(-10)
  expect(s3?.ancova.warnings).not.toContain('rest-score-shifted')
  expect(s3?.mantelHaenszel.delta.value).toBeLessThan(-1.5)
  expect(s3?.mantelHaenszel.size).toBe('C')
  expect(s3?.hedgesG.value).toBeLessThan(-0.5)
  const corrected = comparisons.map(({ holm }) => holm.ancova ?? 1)
  expect(s3?.holm.ancova).toBe(Math.min(...corrected))
  expectNear(s3?.holm.ancova, 6 * (s3?.ancova.test?.p ?? 1))
  for (const { station, ancova: adjusted, mantelHaenszel: matched } of comparisons) {
    if (station === 's3') continue
    // 12 points at one of five other stations shift a rest score by 2.4.
    expect(Math.abs((adjusted.value ?? 99) - 2.4)).toBeLessThan(2)
    expect(adjusted.warnings).toContain('rest-score-shifted')
    expect(matched.delta.warnings).toContain('rest-score-shifted')
  }
})

test('where stations treat both groups alike, nothing is found and nothing is said', () => {
  for (const { holm, ancova: adjusted } of differentialFunctioning(exam(90, 70), { cuts }).comparisons) {
    expect(holm.ancova).toBeGreaterThan(0.05)
    expect(adjusted.warnings).not.toContain('rest-score-shifted')
  }
})

test('the rest score is the mean of the other stations, and strata are as even as equal rest scores allow', () => {
  // Two stations: the rest score at one is the score at the other.
  const rests = { north: [50, 50, 60, 70, 80, 80], south: [50, 60, 60, 70, 70, 80] }
  const scores = { north: [55, 65, 61, 66, 72, 58], south: [52, 57, 60, 59, 62, 64] }
  const groups = ['north', 'south'] as const
  const marks = groups.flatMap((group) =>
    rests[group].flatMap((rest, i) => [
      mark(`${group}${i}`, 'other', rest, group),
      mark(`${group}${i}`, 'this', scores[group][i] ?? null, group),
    ]),
  )
  const { comparisons } = differentialFunctioning(marks, {
    cuts: new Map([['this', 60]]),
    minimum: 6,
    strata: 3,
  })
  const found = comparisons.find(({ station }) => station === 'this')
  const points = (group: 'north' | 'south') => rests[group].map((rest, i) => [rest, scores[group][i] ?? 0] as const)
  expectNear(found?.ancova.value, ancova(points('north'), points('south')).value ?? Number.NaN)
  // By hand: of twelve rest scores the fifth is 60 and the ninth 70, so strata are 50; 60; 70 and 80.
  const expected = mantelHaenszel([
    [1, 1, 0, 1],
    [1, 0, 1, 1],
    [2, 1, 2, 1],
  ])
  expectNear(found?.mantelHaenszel.oddsRatio.value, expected.oddsRatio.value ?? Number.NaN)
  expect(comparisons.find(({ station }) => station === 'other')?.mantelHaenszel.oddsRatio.reason).toBe('no-cut')
})

test('neither equal rest scores nor scores on the cut are parted by the error of binary fractions', () => {
  const thirds = [0.1, 0.2, 0.3]
  const turned = thirds.toReversed()
  const marks = [...Array(24).keys()].flatMap((c) =>
    ['a', 'b', 'c', 'this'].map((station, s) =>
      mark(
        `c${c}`,
        station,
        (c % 2 === 0 ? thirds : turned)[s] ?? (c % 3 === 0 ? 0.2 : 0.3),
        c < 12 ? 'north' : 'south',
      ),
    ),
  )
  const { comparisons } = differentialFunctioning(marks, { cuts: new Map([['this', 0.1 + 0.2]]), strata: 2 })
  const found = comparisons.find(({ station }) => station === 'this')?.mantelHaenszel
  expect(found?.oddsRatio.n).toBe(24)
  // One stratum: of twelve in each group, eight pass.
  expectNear(found?.oddsRatio.value, 1)
  expectNear(found?.delta.se, mantelHaenszel([[8, 4, 8, 4]]).delta.se ?? Number.NaN)
})

test('a group below the declared size is withheld throughout and takes no part in the correction', () => {
  const marks = [...exam(30, 9), ...exam(0, 12).map((m) => ({ ...m, candidate: `w${m.candidate}`, group: 'west' }))]
  const { comparisons, minimum } = differentialFunctioning(marks, { cuts })
  expect(minimum).toBe(10)
  for (const { focal, ancova: adjusted, mantelHaenszel: matched, hedgesG, holm } of comparisons) {
    const reasons = [adjusted.reason, matched.delta.reason, matched.oddsRatio.reason, hedgesG.reason]
    if (focal === 'south') {
      expect(reasons).toEqual(Array(4).fill('group-too-small'))
      expect(holm).toEqual({ ancova: null, mantelHaenszel: null })
    } else expect(adjusted.value).not.toBeNull()
  }
  expect(new Set(comparisons.map(({ focal }) => focal))).toEqual(new Set(['west', 'south']))
  const against = differentialFunctioning(marks, { cuts, reference: 'south' })
  expect(against.comparisons.every(({ ancova: adjusted }) => adjusted.reason === 'group-too-small')).toBe(true)
  const declared = differentialFunctioning(marks, { cuts, minimum: 9 })
  expect(declared.comparisons.every(({ ancova: adjusted }) => adjusted.value !== null)).toBe(true)
})

test('the reference group can be declared', () => {
  const marks = exam(30, 20, 12)
  const turned = differentialFunctioning(marks, { cuts, reference: 'south' })
  expect(turned.comparisons.every(({ focal }) => focal === 'north')).toBe(true)
  const plain = differentialFunctioning(marks, { cuts })
  expectNear(turned.comparisons[2]?.ancova.value, -(plain.comparisons[2]?.ancova.value ?? Number.NaN))
})

test('who has no group, or several, is left out and counted', () => {
  const marks = exam(20, 15)
  const before = differentialFunctioning(marks, { cuts })
  const after = differentialFunctioning(
    [
      ...marks,
      mark('x', 's1', 10, null),
      mark('x', 's2', 10, null),
      mark('y', 's1', 10, 'north'),
      mark('y', 's2', 10, 'south'),
    ],
    { cuts },
  )
  expect([after.ungrouped, after.severalGroups]).toEqual([1, 1])
  expect(after.comparisons).toEqual(before.comparisons)
})

test('several marks for one candidate at one station count as their mean', () => {
  const marks = exam(20, 15)
  const twice = marks.flatMap((m) =>
    m.score === null ? [] : [-4, 0, 4].map((off) => ({ ...m, score: Number(m.score) + off })),
  )
  const before = differentialFunctioning(marks, { cuts }).comparisons
  differentialFunctioning(twice, { cuts }).comparisons.forEach(({ ancova: adjusted, hedgesG }, i) => {
    expect(adjusted.n).toBe(35)
    expectNear(adjusted.value, before[i]?.ancova.value ?? Number.NaN, 1e-8)
    expectNear(hedgesG.value, before[i]?.hedgesG.value ?? Number.NaN, 1e-8)
  })
})

test('a candidate with a missing station is told of, and one with a single station has no rest score', () => {
  const marks = exam(20, 15)
  expect(differentialFunctioning(marks, { cuts }).comparisons[0]?.ancova.warnings).not.toContain(
    'rest-score-incomplete',
  )
  const withGap = differentialFunctioning(
    marks.map((m) => (m.candidate === 'c1' && m.station === 's5' ? { ...m, score: null } : m)),
    { cuts },
  )
  const [first, , , , fifth] = withGap.comparisons
  expect(first?.ancova.warnings).toContain('rest-score-incomplete')
  expect(first?.mantelHaenszel.delta.warnings).toContain('rest-score-incomplete')
  expect(fifth?.ancova.n).toBe(34)
  const single = differentialFunctioning([...marks, mark('one', 's1', 50, 'north')], { cuts })
  expect(single.comparisons[0]?.ancova.n).toBe(35)
})

test.each([
  ['no marks', [], {}, 'no-data'],
  ['nobody with a group', [mark('a', 's1', 5, null)], {}, 'no-data'],
  ['one group', exam(12, 0), {}, 'one-group'],
  ['a reference group without candidates', exam(12, 12), { reference: 'east' }, 'no-reference-group'],
  ['one station', exam(12, 12).filter(({ station }) => station === 's1'), {}, 'one-station'],
] as const)('%s: nothing is compared, and it says why', (_, marks, settings, reason) => {
  expect(differentialFunctioning(marks, { cuts, ...settings })).toMatchObject({ reason, comparisons: [] })
})

test('the order of marks changes nothing; unit and origin only the difference', () => {
  const marks = exam(25, 18, 5)
  const before = differentialFunctioning(marks, { cuts })
  fc.assert(
    fc.property(fc.shuffledSubarray(marks, { minLength: marks.length }), (shuffled) => {
      expect(differentialFunctioning(shuffled, { cuts })).toEqual(before)
    }),
    { numRuns: 10 },
  )
  const scaled = differentialFunctioning(
    marks.map((m) => ({ ...m, score: m.score === null ? null : 3 * m.score + 40 })),
    { cuts: new Map(stations.map((station) => [station, 220])) },
  )
  scaled.comparisons.forEach(({ ancova: adjusted, mantelHaenszel: matched, hedgesG, holm }, i) => {
    const old = before.comparisons[i]
    expectNear(adjusted.value, 3 * (old?.ancova.value ?? Number.NaN), 1e-8)
    expectNear(adjusted.test?.p, old?.ancova.test?.p ?? Number.NaN, 1e-8)
    expect(matched.delta.value).toBe(old?.mantelHaenszel.delta.value)
    expectNear(hedgesG.value, old?.hedgesG.value ?? Number.NaN, 1e-8)
    expect(holm.mantelHaenszel).toBe(old?.holm.mantelHaenszel)
  })
})
