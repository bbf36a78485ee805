import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasPhrase } from '#shared/locales/phrase.ts'
import { dStudy } from '#shared/measurement/generalizability/d-study.ts'
import { parseDesign } from '#shared/measurement/generalizability/design-option.ts'
import { designWords } from '#shared/measurement/generalizability/design-words.ts'
import {
  designOf,
  readDesign,
  type Design,
  type Raters,
  type Score,
} from '#shared/measurement/generalizability/design.ts'
import { effectsOf } from '#shared/measurement/generalizability/effects.ts'
import { gStudy, type GStudy } from '#shared/measurement/generalizability/g-study.ts'
import { henderson } from '#shared/measurement/generalizability/henderson.ts'
import type { Reason } from '#shared/measurement/terms.ts'
import { seeded } from '#tests/support/seeded.ts'

const mark = (candidate: number, station: number, examiner: number | null, score: number | null): Score => ({
  candidate: `c${candidate}`,
  station: `s${station}`,
  examiner: examiner === null ? null : `e${examiner}`,
  score,
})
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i)
/** A score for each candidate at each station by each of the raters named for it. */
const exam = (
  candidates: number,
  stations: number,
  raters: (station: number, candidate: number) => (number | null)[],
  score: (candidate: number, station: number, rater: number) => number | null,
): Score[] =>
  upTo(candidates).flatMap((c) =>
    upTo(stations).flatMap((s) => raters(s, c).map((r) => mark(c, s, r, score(c, s, r ?? 0)))),
  )
const values = (study: GStudy) => Object.values(study.components).map(({ value }) => value ?? Number.NaN)
const near = (found: readonly number[], expected: readonly number[], tolerance = 1e-9) => {
  expect(found).toHaveLength(expected.length)
  found.forEach((value, i) => expect(Math.abs(value - (expected[i] ?? Number.NaN))).toBeLessThan(tolerance))
}
const some = (c: number, s: number, r: number) => (c * 7 + s * 5 + r * 4 + c * s * 3 + c * r * 2) % 9

const designs: [Raters, Design['name'], boolean, Score[]][] = [
  ['unnamed', 'p×s', true, exam(4, 3, () => [null], some)],
  ['one-examiner', 'p×s', true, exam(4, 3, () => [1], some)],
  ['one-a-station', 'p×s', true, exam(4, 3, (s) => [s], some)],
  ['several-a-station', 'p×s', true, exam(4, 3, (s, c) => [s * 2 + (c % 2)], some)],
  ['several-a-station', 'p×s', false, exam(4, 3, (s, c) => [s * 2 + (c % 2)], some).slice(1)],
  ['crossed', 'p×s×r', true, exam(4, 3, () => [0, 1], some)],
  ['crossed', 'p×s×r', false, exam(4, 3, () => [0, 1], some).slice(1)],
  ['partly-crossed', 'p×s×r', false, exam(4, 3, (s) => [s, (s + 1) % 3], some)],
  ['nested', 'p×(r:s)', true, exam(4, 3, (s) => [s * 2, s * 2 + 1], some)],
  ['nested', 'p×(r:s)', false, exam(4, 3, (s) => (s === 0 ? [0, 1, 2] : [s * 2 + 1, s * 2 + 2]), some)],
  ['nested', 'p×(r:s)', false, exam(4, 3, (s, c) => (c % 2 ? [s * 4, s * 4 + 1] : [s * 4 + 2, s * 4 + 3]), some)],
]

test.each(designs)('the design is read from the data: %s, %s, balanced %s', (raters, name, balanced, marks) => {
  expect(designOf(marks)).toMatchObject({ raters, name, balanced, scores: marks.length, candidates: 4, stations: 3 })
})

test('a missing score is no score, and balance is of what is there', () => {
  expect(designOf([...exam(4, 3, (s) => [s], some), mark(9, 0, 0, null)])).toMatchObject({ balanced: true, scores: 12 })
})

test('the design is said aloud', () => {
  for (const [raters] of designs) expect(hasPhrase(`measurement.designs.${raters}`)).toBe(true)
  const nested = designOf(exam(4, 3, (s) => [s * 2, s * 2 + 1], some))
  if ('withheld' in nested) throw new Error(nested.withheld)
  expect(designWords(nested)).toBe(
    '4 candidates were marked at 3 stations by several examiners each, 6 examiners in all, each taken to belong to one station: p × (r:s), raters nested in stations. No score is missing (24 scores).',
  )
  expect(designWords({ ...nested, raters: 'one-examiner', candidates: 1, stations: 1 })).toContain(
    '1 candidate was marked at 1 station, all by the same examiner',
  )
  const recast = gStudy(
    exam(4, 3, (s) => [s * 2, s * 2 + 1], some),
    'p×s',
  ).design
  expect(recast && designWords(recast)).toContain('taken for a station of its own')
  // One score a cell has no crossed examiners, whatever is asked for.
  const asked = gStudy(
    exam(4, 3, () => [null], some),
    'p×s×r',
  ).design
  expect(asked && designWords(asked)).toBe(
    '4 candidates were marked at 3 stations, one score each, by examiners who are not all named: p × s. No score is missing (12 scores).',
  )
})

test.each([
  ['p:s', 'p×s'],
  ['p:s:r', 'p×s×r'],
  [' P:(r:s) ', 'p×(r:s)'],
  ['p:r', null],
  ['', null],
])('the option %j is the design %s', (text, design) => {
  expect(parseDesign(text)).toBe(design)
})

const withheldCases: [string, Score[], Design['name'] | undefined, Reason][] = [
  ['no mark', [], undefined, 'no-data'],
  [
    'only missing marks',
    exam(
      3,
      3,
      () => [0],
      () => null,
    ),
    undefined,
    'no-data',
  ],
  ['one candidate', exam(1, 3, () => [0], some), undefined, 'one-candidate'],
  ['one station', exam(3, 1, () => [0, 1], some), undefined, 'one-station'],
  [
    'no variance',
    exam(
      3,
      3,
      () => [0],
      () => 0.1,
    ),
    undefined,
    'no-variance',
  ],
  ['two scores of one examiner', [...exam(3, 3, () => [0], some), mark(0, 0, 0, 1)], undefined, 'two-marks-in-a-cell'],
  ['two scores of nobody', exam(3, 3, () => [null, null], some), undefined, 'examiners-unnamed'],
  [
    'one station for each',
    exam(3, 3, () => [0], some).filter(({ candidate: c, station: s }) => c[1] === s[1]),
    undefined,
    'not-estimable',
  ],
  ['one examiner, taken as crossed', exam(3, 3, () => [0], some), 'p×s×r', 'one-examiner'],
  ['one examiner a station, taken as nested', exam(3, 3, (s) => [s], some), 'p×(r:s)', 'one-score-a-cell'],
  [
    'several examiners a station, one a candidate, taken as crossed',
    exam(4, 3, (s, c) => [(s + c) % 3], some),
    'p×s×r',
    'one-score-a-cell',
  ],
  ['nobody named, taken as crossed', exam(3, 3, () => [null], some), 'p×s×r', 'examiners-not-named'],
  ['nested, taken as crossed', exam(3, 3, (s) => [s * 2, s * 2 + 1], some), 'p×s×r', 'not-estimable'],
]

test.each(withheldCases)('%s: everything is withheld with its reason', (_, marks, as, reason) => {
  const study = gStudy(marks, as)
  const row = dStudy(study, { stations: [8], raters: [2] })[0]
  for (const figure of [...Object.values(study.components), study.erho2, study.phi, row?.erho2, row?.absoluteSem])
    expect(figure).toMatchObject({ value: null, reason })
})

test('stations are fixed only where their residual can be told from the interaction', () => {
  const study = gStudy(exam(4, 3, (s) => [s], some))
  expect(dStudy(study, { stations: [3], fixedStations: true })[0]?.erho2).toMatchObject({ reason: 'not-estimable' })
})

test('a negative component is reported as it is, warned of, and counts as 0', () => {
  // Two candidates who trade places from station to station: no variance of candidates, much of the interaction.
  const study = gStudy(
    exam(
      2,
      4,
      () => [0],
      (c, s) => (c + s) % 2,
    ),
  )
  expect(study.components['p']).toMatchObject({
    value: -1 / 6,
    warnings: ['one-examiner-marked-all', 'negative-component'],
  })
  expect(study.erho2.value).toBe(0)
  expect(study.erho2.warnings).toContain('negative-component')
  expect(study.erho2.ci95).toBeUndefined()
})

test('scores without any error: Eρ² is 1, Φ knows the stations', () => {
  const study = gStudy(
    exam(
      3,
      2,
      () => [0],
      (c, s) => c + s,
    ),
  )
  near(values(study), [1, 0.5, 0])
  near([study.erho2.value ?? 0, study.phi.value ?? 0], [1, 1 / 1.25])
})

test('what rounding leaves of no component is 0, and no interval is drawn of it', () => {
  // Every station adds the same to everybody: nothing is left for the residual.
  const additive = gStudy(
    exam(
      4,
      3,
      () => [0],
      (c, s) => ([0.1, 0.7, 0.3, 0.9][c] ?? 0) + ([0.2, 0.6, 1.1][s] ?? 0),
    ),
  )
  expect(additive.components['ps']).toMatchObject({ value: 0, warnings: ['one-examiner-marked-all'] })
  expect(additive.erho2).toMatchObject({ value: 1, ci95: [1, 1] })
  const equal = exam(
    3,
    3,
    () => [0],
    (c, s) => ((c + s) % 2 ? 0.3 : 0.1 + 0.2),
  )
  expect(gStudy(equal).erho2.reason).toBe('no-variance')
})

// Reference values: the quadratic forms y'Z(Z'Z)⁻¹Z'y and the traces that are expected of them, as matrices in R 4.2.
test('Henderson’s Method I takes gaps in nested and in crossed designs', () => {
  const stationOf = [0, 0, 1, 1, 1, 2, 2]
  const nested = upTo(6).flatMap((p) =>
    upTo(7)
      .filter((k) => !['12', '40', '56', '23'].includes(`${p}${k}`))
      .map((k) => mark(p, stationOf[k] ?? 0, k, ((p * 7 + k * 5 + p * k * 3 + ((p * p * k) % 4)) % 11) + p)),
  )
  const study = gStudy(nested)
  expect(study.design).toMatchObject({ name: 'p×(r:s)', balanced: false })
  near(values(study), [1.75277162886234, 0.111485088089751, -0.913795882556983, -1.20662127486019, 11.738795882557])

  const crossed = exam(
    5,
    3,
    () => [0, 1, 2],
    (p, s, r) =>
      (p === 1 && s === 2) || ['401', '012', '310'].includes(`${p}${s}${r}`)
        ? null
        : ((p * 7 + s * 5 + r * 4 + p * s * 3 + p * r * 2 + ((p * s * r) % 3)) % 9) + 2 * p,
  )
  near(
    values(gStudy(crossed)),
    [
      11.9226873372189, -1.07872464982213, 0.305826226107809, 3.39414131648878, -0.51290955944115, -1.51233090573343,
      7.75941423906679,
    ],
  )
})

const cellScores = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 60, maxLength: 60 })
const layouts: [string, (s: number) => number[]][] = [
  ['p×s', (s) => [s]],
  ['p×s×r', () => [0, 1, 2]],
  ['p×(r:s)', (s) => [s * 3, s * 3 + 1, s * 3 + 2]],
]

test.each(layouts)('%s: without gaps Henderson’s Method I is the analysis of variance', (_, raters) => {
  fc.assert(
    fc.property(cellScores, (given) => {
      const marks = exam(5, 4, raters, (c, s, r) => given[c * 12 + s * 3 + (r % 3)] ?? 0)
      const study = gStudy(marks)
      const read = readDesign(marks)
      if ('withheld' in read) throw new Error(read.withheld)
      fc.pre(Math.max(...given) > Math.min(...given) && study.design !== null && study.components['p']?.value !== null)
      near(
        (henderson(read.scores, effectsOf[study.name]) ?? []).map(({ value }) => value),
        values(study),
        1e-8,
      )
    }),
    { numRuns: 50 },
  )
})

test.each(layouts)('%s: a shift changes nothing, a scale squares, the order of marks does not matter', (_, raters) => {
  fc.assert(
    fc.property(cellScores, fc.boolean(), fc.integer(), (given, gap, seed) => {
      fc.pre(new Set(given).size > 5)
      const marks = exam(5, 4, raters, (c, s, r) => given[c * 12 + s * 3 + (r % 3)] ?? 0).slice(gap ? 1 : 0)
      const moved = (by: (score: number) => number) => marks.map((one) => ({ ...one, score: by(one.score ?? 0) }))
      const before = values(gStudy(marks))
      near(values(gStudy(moved((score) => score + 1000))), before, 1e-8)
      near(
        values(gStudy(moved((score) => score * 4))),
        before.map((value) => value * 16),
        1e-8,
      )
      const { uniform } = seeded(seed)
      near(
        values(
          gStudy(
            marks
              .map((one) => ({ one, at: uniform() }))
              .toSorted((a, b) => a.at - b.at)
              .map(({ one }) => one),
          ),
        ),
        before,
        1e-8,
      )
    }),
    { numRuns: 50 },
  )
})

test.each([false, true])('simulated components are found again on average, gaps %s', (gaps) => {
  const { normal, uniform } = seeded(20)
  const truth = [4, 2, 1, 1.5, 3]
  const runs = 200
  const totals = truth.map(() => 0)
  for (let run = 0; run < runs; run++) {
    const drawn = new Map<string, number>()
    const effect = (key: string, variance: number) => {
      const known = drawn.get(key) ?? normal() * Math.sqrt(variance)
      drawn.set(key, known)
      return known
    }
    const marks = exam(
      20,
      8,
      (s) => [s * 2, s * 2 + 1],
      (c, s, r) => {
        const score = 50 + effect(`p${c}`, 4) + effect(`s${s}`, 2) + effect(`r${r}`, 1) + effect(`p${c}s${s}`, 1.5)
        return gaps && uniform() < 0.15 ? null : score + normal() * Math.sqrt(3)
      },
    )
    values(gStudy(marks)).forEach((value, i) => (totals[i] = (totals[i] ?? 0) + value / runs))
  }
  totals.forEach((mean, i) => expect(Math.abs(mean / (truth[i] ?? 0) - 1)).toBeLessThan(0.15))
})

test('an exam whose candidates all met the same stations was held over just as many', () => {
  for (let stations = 2; stations <= 50; stations++) {
    const marks = [0, 1, 2].flatMap((c) =>
      Array.from({ length: stations }, (_, s) => ({
        ...{ candidate: `c${c}`, station: `s${s}`, examiner: null },
        score: (c * 7 + s * 3 + c * s) % 11,
      })),
    )
    expect(gStudy(marks).held).toEqual({ stations, raters: null })
  }
})
