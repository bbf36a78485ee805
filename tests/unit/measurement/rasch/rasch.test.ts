import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import vgam from '#tests/fixtures/psychometrics/rasch-vgam.json' with { type: 'json' }
import { facets, type RaschMark } from '#shared/measurement/rasch/marks.ts'
import { rasch, type Rasch } from '#shared/measurement/rasch/rasch.ts'
import { seededRandom, simulatedThresholds, simulateMarks } from '#tests/support/simulated-marks.ts'

/** 59 candidates, 6 stations, 6 examiners, a fifth of the cells empty; none is extreme. */
function fixtureMarks(): RaschMark[] {
  const lines = readFileSync(new URL('../../../fixtures/psychometrics/rasch-marks.csv', import.meta.url), 'utf8')
  return lines
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [candidate = '', station = '', examiner = '', category = ''] = line.split(',')
      return { candidate, station, examiner, category: Number(category) }
    })
}

const near = (found: number | null | undefined, wanted: number | undefined, tolerance: number) =>
  typeof found === 'number' &&
  wanted !== undefined &&
  Math.abs(found - wanted) <= tolerance * Math.max(1, Math.abs(wanted))

/** The probability of each category by the formula of the model, from what the analysis says alone. */
function probabilities({ thresholds }: Rasch, theta: number): number[] {
  let exponent = 0
  const weights = [1, ...thresholds.map(({ measure }) => Math.exp((exponent += theta - measure)))]
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

const moment = (shares: readonly number[], of: (k: number) => number): number =>
  shares.reduce((sum, share, k) => sum + share * of(k), 0)

test('estimates are those of VGAM (rasch-vgam.R: vglm with acat(parallel = TRUE), sum contrasts)', () => {
  const found = rasch(fixtureMarks())
  expect(near(found.logLikelihood, vgam.logLikelihood, 1e-9)).toBe(true)
  expect(found.thresholds.filter(({ measure }, k) => !near(measure, vgam.thresholds[k], 1e-6))).toEqual([])
  for (const facet of facets) {
    const wanted: Record<string, number> = vgam[facet]
    expect(found[facet]).toHaveLength(Object.keys(wanted).length)
    expect(found[facet].filter(({ id, measure }) => !near(measure, wanted[id], 1e-6))).toEqual([])
  }
})

test('what the model expects is what was marked, for every element and category, and the means are 0', () => {
  const marks = fixtureMarks()
  const found = rasch(marks)
  expect(found.maxResidual).toBeLessThan(1e-10)
  const measures = new Map(facets.flatMap((facet) => found[facet].map(({ id, measure }) => [id, measure] as const)))
  const left = new Map<string, number>()
  for (const { candidate, station, examiner, category } of marks) {
    const theta =
      (measures.get(candidate) ?? NaN) - (measures.get(station) ?? NaN) - (measures.get(examiner ?? '') ?? NaN)
    const shares = probabilities(found, theta)
    for (const id of [candidate, station, examiner ?? '']) {
      left.set(id, (left.get(id) ?? 0) + category - moment(shares, (k) => k))
    }
    shares.forEach((share, k) =>
      left.set(`category ${k}`, (left.get(`category ${k}`) ?? 0) + Number(k === category) - share),
    )
  }
  expect([...left].filter(([, residual]) => !(Math.abs(residual) < 1e-10))).toEqual([])
  const sum = (values: readonly { measure: number }[]) => values.reduce((total, { measure }) => total + measure, 0)
  for (const values of [found.stations, found.examiners, found.thresholds]) expect(sum(values)).toBeCloseTo(0, 12)
})

test('errors, fit and fair marks follow their formulae', () => {
  const marks = fixtureMarks()
  const found = rasch(marks)
  const measureIn = new Map(
    facets.map((facet) => [facet, new Map(found[facet].map(({ id, measure }) => [id, measure]))]),
  )
  const measure = (facet: (typeof facets)[number], id: string | null) => measureIn.get(facet)?.get(id ?? '') ?? NaN
  const examiner = found.examiners[2]
  const rows = marks
    .filter((mark) => mark.examiner === examiner?.id)
    .map((mark) => {
      const theta =
        measure('candidates', mark.candidate) - measure('stations', mark.station) - measure('examiners', mark.examiner)
      const shares = probabilities(found, theta)
      const mean = moment(shares, (k) => k)
      const variance = moment(shares, (k) => (k - mean) ** 2)
      return { square: (mark.category - mean) ** 2, variance, fourth: moment(shares, (k) => (k - mean) ** 4) }
    })
  const total = (of: (row: (typeof rows)[number]) => number) => rows.reduce((sum, row) => sum + of(row), 0)
  const information = total(({ variance }) => variance)
  const infit = total(({ square }) => square) / information
  const outfit = total(({ square, variance }) => square / variance) / rows.length
  const infitSpread = Math.sqrt(total(({ variance, fourth }) => fourth - variance ** 2)) / information
  const outfitSpread = Math.sqrt(total(({ variance, fourth }) => fourth / variance ** 2 - 1)) / rows.length
  const z = (meanSquare: number, spread: number) => (Math.cbrt(meanSquare) - 1) * (3 / spread) + spread / 3
  const meanAbility = found.candidates.reduce((sum, { measure }) => sum + measure, 0) / found.candidates.length
  const wanted = {
    n: rows.length,
    se: 1 / Math.sqrt(information),
    infit,
    outfit,
    infitZ: z(infit, infitSpread),
    outfitZ: z(outfit, outfitSpread),
    fair: moment(probabilities(found, meanAbility - (examiner?.measure ?? NaN)), (k) => k),
  }
  for (const name of ['n', 'se', 'infit', 'outfit', 'infitZ', 'outfitZ', 'fair'] as const) {
    expect(near(examiner?.[name], wanted[name], 1e-9), name).toBe(true)
  }
  const candidate = found.candidates[4]
  expect(candidate?.fair).toBeCloseTo(
    moment(probabilities(found, candidate?.measure ?? NaN), (k) => k),
    9,
  )
})

test('separation, strata, reliability and the fixed chi-square follow from the measures and their errors', () => {
  const found = rasch(fixtureMarks())
  const { candidates } = found
  const n = candidates.length
  const mean = candidates.reduce((sum, { measure }) => sum + measure, 0) / n
  const spread = candidates.reduce((sum, { measure }) => sum + (measure - mean) ** 2, 0) / (n - 1)
  const error = candidates.reduce((sum, { se }) => sum + se ** 2, 0) / n
  const separation = Math.sqrt((spread - error) / error)
  expect(found.separation.candidates.value).toBeCloseTo(separation, 9)
  expect(found.strata.candidates.value).toBeCloseTo((4 * separation + 1) / 3, 9)
  expect(found.reliability.candidates.value).toBeCloseTo((spread - error) / spread, 9)
  const weight = candidates.reduce((sum, { se }) => sum + se ** -2, 0)
  const centre = candidates.reduce((sum, { se, measure }) => sum + measure / se ** 2, 0) / weight
  const chiSquare = candidates.reduce((sum, { se, measure }) => sum + ((measure - centre) / se) ** 2, 0)
  expect(found.fixed.candidates.chiSquare.value).toBeCloseTo(chiSquare, 7)
  expect(found.fixed.candidates.df).toBe(n - 1)
  expect(found.fixed.candidates.p.value).toBeLessThan(1e-20)
})

test('measures of a simulated exam are recovered', () => {
  const exam = simulateMarks({ candidates: 400, stations: 24, examiners: 24, share: 1, seed: 11 })
  const found = rasch(exam.marks)
  const truth = { candidates: exam.abilities, stations: exam.difficulties, examiners: exam.severities }
  for (const facet of facets) {
    const pairs = found[facet].map(({ id, measure }) => [truth[facet][Number(id.slice(1))] ?? NaN, measure] as const)
    const mean = (of: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[of], 0) / pairs.length
    const [meanX, meanY] = [mean(0), mean(1)]
    const product = (a: 0 | 1, b: 0 | 1) =>
      pairs.reduce((sum, pair) => sum + (pair[a] - (a ? meanY : meanX)) * (pair[b] - (b ? meanY : meanX)), 0)
    expect(product(0, 1) / Math.sqrt(product(0, 0) * product(1, 1)), facet).toBeGreaterThan(0.95)
    // Joint estimation stretches by about 24/23.
    expect(product(0, 1) / product(0, 0), facet).toBeGreaterThan(0.95)
    expect(product(0, 1) / product(0, 0), facet).toBeLessThan(1.15)
  }
  expect(
    found.thresholds.filter(({ measure }, k) => !(Math.abs(measure - (simulatedThresholds[k] ?? NaN)) < 0.15)),
  ).toEqual([])
  const infits = found.candidates.map(({ infit }) => infit)
  expect(infits.reduce((sum, infit) => sum + infit, 0) / infits.length).toBeCloseTo(1, 1)
})

test('the most severe examiner has the highest measure, above 0, and the lowest fair mark', () => {
  const { marks, severities } = simulateMarks({ candidates: 300, stations: 12, examiners: 8, share: 1, seed: 3 })
  const found = rasch(marks)
  const hawk = severities.indexOf(Math.max(...severities))
  const most = found.examiners.toSorted((a, b) => b.measure - a.measure)[0]
  expect(most?.id).toBe(`e${hawk}`)
  expect(most?.measure).toBeGreaterThan(0)
  const fairs = found.examiners.map(({ fair }) => fair ?? NaN)
  expect(most?.fair).toBe(Math.min(...fairs))
})

test('neither the order of the marks, nor other ids, nor categories that start elsewhere change anything', () => {
  const marks = fixtureMarks()
  const found = rasch(marks)
  const random = seededRandom(5)
  const shuffled = marks.map((mark) => ({ mark, at: random() })).sort((a, b) => a.at - b.at)
  expect(rasch(shuffled.map(({ mark }) => mark))).toEqual(found)

  const turned = (id: string | null) => `${9 - Number(id?.at(-1))}${id ?? ''}`
  const renamed = rasch(
    marks.map(({ category, ...mark }) => ({
      candidate: turned(mark.candidate),
      station: turned(mark.station),
      examiner: turned(mark.examiner),
      category: category + 3,
    })),
  )
  for (const facet of facets) {
    const measures = new Map(renamed[facet].map(({ id, measure, fair }) => [id, { measure, fair }]))
    const differing = found[facet].filter(({ id, measure, fair }) => {
      const other = measures.get(turned(id))
      return !near(other?.measure, measure, 1e-9) || !near(other?.fair, (fair ?? NaN) + 3, 1e-9)
    })
    expect(differing).toEqual([])
  }
  expect(renamed.thresholds.map(({ category }) => category)).toEqual([4, 5, 6, 7])
})

test('errors of thresholds and the fit of categories follow their formulae', () => {
  const marks = fixtureMarks()
  const found = rasch(marks)
  const measures = new Map(facets.flatMap((facet) => found[facet].map(({ id, measure }) => [id, measure] as const)))
  const rows = marks.map(({ candidate, station, examiner, category }) => {
    const [ability = NaN, difficulty = NaN, severity = NaN] = [candidate, station, examiner ?? ''].map((id) =>
      measures.get(id),
    )
    const theta = ability - difficulty - severity
    const shares = probabilities(found, theta)
    const mean = moment(shares, (k) => k)
    const variance = moment(shares, (k) => (k - mean) ** 2)
    return { theta, shares, category, squareAt: (k: number) => (k - mean) ** 2 / variance }
  })
  found.thresholds.forEach(({ category, se }) => {
    const information = rows.reduce((sum, { shares }) => {
      const reaching = shares.slice(category).reduce((a, b) => a + b, 0)
      return sum + reaching * (1 - reaching)
    }, 0)
    expect(se).toBeCloseTo(1 / Math.sqrt(information), 9)
  })
  found.categories.forEach(({ category, count, meanMeasure, outfit }) => {
    const own = rows.filter((row) => row.category === category)
    expect(count).toBe(own.length)
    expect(meanMeasure).toBeCloseTo(own.reduce((sum, { theta }) => sum + theta, 0) / count, 9)
    const observed = own.reduce((sum, { squareAt }) => sum + squareAt(category), 0)
    const expected = rows.reduce((sum, { shares, squareAt }) => sum + (shares[category] ?? 0) * squareAt(category), 0)
    expect(outfit).toBeCloseTo(observed / expected, 9)
  })
})

test('nothing is given of an iteration that was stopped before it settled', () => {
  const stopped = rasch(fixtureMarks(), { mostIterations: 1 })
  expect(stopped).toMatchObject({ reason: 'no-convergence', logLikelihood: null, candidates: [], thresholds: [] })
  expect(facets.map((facet) => stopped.separation[facet].reason)).toEqual(facets.map(() => 'no-convergence'))
  const { iterations } = rasch(fixtureMarks())
  expect(rasch(fixtureMarks(), { mostIterations: iterations }).reason).toBeUndefined()
  expect(rasch(fixtureMarks(), { mostIterations: iterations - 1 }).reason).toBe('no-convergence')
})

test('a measure that is 0 is exactly 0, not what rounding leaves of it', () => {
  // Each candidate has a mirror image, so the station in the middle and both examiners are at 0.
  const patterns = [
    [0, 1, 2],
    [1, 0, 1],
    [2, 2, 1],
    [0, 1, 0],
    [1, 2, 2],
  ]
  const marks = patterns.flatMap((pattern, c) =>
    [pattern, pattern.map((category) => 2 - category).toReversed()].flatMap((categories, image) =>
      categories.map((category, s) => ({
        candidate: `c${c} ${image}`,
        station: `s${s}`,
        examiner: `e${(c + s) % 2}`,
        category,
      })),
    ),
  )
  const found = rasch(marks)
  const measures = [...facets.flatMap((facet) => found[facet]), ...found.thresholds].map(({ measure }) => measure)
  expect(measures).toContain(0)
  expect(measures.filter((measure) => measure !== 0 && Math.abs(measure) < 1e-12)).toEqual([])
})
