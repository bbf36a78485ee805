import { describe, expect, test } from 'vitest'
import { dStudy } from '#shared/measurement/generalizability/d-study.ts'
import { readDesign, type DesignName, type Score } from '#shared/measurement/generalizability/design.ts'
import { PERSON, STATION } from '#shared/measurement/generalizability/effects.ts'
import { gStudy, type GStudy } from '#shared/measurement/generalizability/g-study.ts'
import { levelsOfFacets, tTerm } from '#shared/measurement/generalizability/levels-of-effects.ts'
import brennan from '#tests/fixtures/psychometrics/gstudy_brennan.json' with { type: 'json' }

type Published = {
  design: string
  /** As printed: components to 4 places, in the order of the study's; what else differs from case to case. */
  published?: { vc: number[]; Erho2?: number; Phi?: number | number[]; Erho2_n5_10_15_20?: number[] }
  scores: (number | null | number[])[][]
  expected: {
    df?: Record<string, number>
    ss: Record<string, number>
    ms: Record<string, number>
    vc: Record<string, number>
    dstudy: Record<string, number>[]
    dstudy_station_fixed_4x2?: Record<string, number>[]
  }
}
const cases: [string, Published][] = brennan.cases.map((one) => [one.name, one as unknown as Published])

const designs: Record<string, DesignName> = { 'p x i': 'p×s', 'p x s x r': 'p×s×r', 'p x (r:t)': 'p×(r:s)' }
/** What the file calls an effect, as the study does. */
const keys: Record<string, string> = { i: 's', pi: 'ps', pi_e: 'ps', psr_e: 'psr', t: 's', pt: 'ps' }
Object.assign(keys, { r_t: 'r:s', pr_t: 'pr:s', pr_t_e: 'pr:s' })

function marksOf({ design, scores }: Published): Score[] {
  const nested = design === 'p x (r:t)'
  return scores.flatMap((stations, person) =>
    stations.flatMap((cell, station) =>
      (Array.isArray(cell) ? cell : [cell]).map((score, rater) => ({
        candidate: `c${person}`,
        station: `s${station}`,
        examiner: Array.isArray(cell) ? `${nested ? `s${station}` : ''}r${rater}` : null,
        score,
      })),
    ),
  )
}

function near(value: number | null | undefined, expected: number | undefined): void {
  expect(value).toBeTypeOf('number')
  expect(expected).toBeTypeOf('number')
  expect(Math.abs((value ?? 0) - (expected ?? 0))).toBeLessThan(
    brennan.tolerance * Math.max(1, Math.abs(expected ?? 0)),
  )
}

function agrees(study: GStudy, rows: readonly Record<string, number>[], fixedStations = false): void {
  for (const row of rows) {
    const stations = row['n_i'] ?? row['n_s'] ?? row['n_t'] ?? 0
    const [found] = dStudy(study, { stations: [stations], raters: [row['n_r'] ?? 1], fixedStations })
    near(found?.relativeErrorVariance.value, row['rel_error_var'])
    near(found?.absoluteErrorVariance.value, row['abs_error_var'])
    near(found?.relativeSem.value, row['rel_sem'])
    near(found?.absoluteSem.value, row['abs_sem'])
    near(found?.erho2.value, row['Erho2'])
    near(found?.phi.value, row['Phi'])
  }
}

describe.each(cases)('%s', (_, published) => {
  const { expected } = published
  const study = gStudy(marksOf(published))

  test('the design is read from the data', () => {
    expect(study.design).toMatchObject({ name: designs[published.design], balanced: true })
  })

  test('the analysis of variance and the raw components are the published ones', () => {
    const lines = new Map(study.anova?.map((line) => [line.effect, line]))
    for (const [effect, ss] of Object.entries(expected.ss)) near(lines.get(keys[effect] ?? effect)?.ss, ss)
    for (const [effect, ms] of Object.entries(expected.ms)) near(lines.get(keys[effect] ?? effect)?.ms, ms)
    for (const [effect, df] of Object.entries(expected.df ?? {})) expect(lines.get(keys[effect] ?? effect)?.df).toBe(df)
    expect(Object.keys(study.components)).toEqual(Object.keys(expected.vc).map((key) => keys[key] ?? key))
    for (const [effect, component] of Object.entries(expected.vc))
      near(study.components[keys[effect] ?? effect]?.value, component)
  })

  test('rounded they are what was printed', () => {
    const { vc = [], Erho2_n5_10_15_20: curve = [] } = published.published ?? {}
    expect(vc.length).toBeGreaterThan(0)
    expect(Object.values(study.components).map(({ value }) => Number(value?.toFixed(4)))).toEqual(vc)
    const rows = dStudy(study, { stations: [5, 10, 15, 20] })
    // Printed from components to 4 places, so a unit of the third may differ.
    curve.forEach((erho2, i) => expect(Math.abs((rows[i]?.erho2.value ?? 0) - erho2)).toBeLessThan(1e-3))
  })

  test('so are Eρ² and Φ for every number of stations and raters', () => {
    agrees(study, expected.dstudy)
    agrees(study, expected.dstudy_station_fixed_4x2 ?? [], true)
  })
})

test('Eρ² of the exam as it was held is that of the D study with its stations and raters', () => {
  const [, published] = cases[2] ?? []
  if (!published) throw new Error('The file has a nested case.')
  const study = gStudy(marksOf(published))
  expect(study.held).toEqual({ stations: 3, raters: 4 })
  near(study.erho2.value, 0.551438848920863)
  near(study.phi.value, 0.463702359346643)
})

test('ignoring that examiners belong to stations inflates Eρ², and that is said', () => {
  const [, nested] = cases[2] ?? []
  if (!nested) throw new Error('The file has a nested case.')
  const recast = gStudy(marksOf(nested), 'p×s')
  near(recast.erho2.value, 0.729300196206671)
  near(recast.phi.value, 0.671635722997696)
  expect(recast.erho2.warnings).toEqual(['examiner-nesting-ignored'])
})

test('scores with gaps give the published components of Henderson’s Method I', () => {
  const [gaps] = brennan.edge_cases
  if (!gaps) throw new Error('The file has a case with gaps.')
  const { expected } = gaps
  const study = gStudy(marksOf(gaps as unknown as Published))
  expect(study.design).toMatchObject({ name: 'p×s', balanced: false, scores: 59 })
  expect(study.components['p']).toMatchObject({ method: 'henderson-1', n: 59 })
  expect(study.components['p']?.warnings).toContain('unbalanced-design')
  near(study.components['p']?.value, expected.vc.p)
  near(study.components['s']?.value, expected.vc.i)
  near(study.components['ps']?.value, expected.vc.pi_e)
  near(study.held?.stations, expected.harmonic_mean_n_i)
  near(study.erho2.value, expected.Erho2_harmonic)
  expect(study.anova).toBeNull()
  // The T terms it rests on, less that of the mean: scores are taken from their mean.
  const read = readDesign(marksOf(gaps as unknown as Published))
  if ('withheld' in read) throw new Error(read.withheld)
  const { mean, ...terms } = expected.T
  for (const [effect, facets] of [
    ['p', PERSON],
    ['i', STATION],
    ['pi', PERSON | STATION],
  ] as const)
    near(tTerm(levelsOfFacets(read.scores, facets)), terms[effect] - mean)
})

// Reference values: the formula in R, base R's qf for the interval.
test('balanced components have their standard errors, and Eρ² of p × s its interval', () => {
  const [first, , nested] = cases.map(([, published]) => gStudy(marksOf(published)))
  near(first?.components['p']?.se, 0.0290242297764607)
  near(first?.components['s']?.se, 0.034604111824601)
  near(first?.components['ps']?.se, 0.0178505303014908)
  near(first?.erho2.ci95?.[0], 0.650853965485259)
  near(first?.erho2.ci95?.[1], 0.954318462912675)
  const errors = [0.385575802101053, 0.437987535613187, 0.379405572355361, 0.376629063122304, 0.369485978657237]
  Object.values(nested?.components ?? {}).forEach(({ se }, i) => near(se, errors[i]))
})
