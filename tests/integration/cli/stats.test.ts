import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { cli, csvIn, done, folderOfFile } from './call.ts'

const dir = folderOfFile()
const csv = csvIn(dir)
const json = async (...argv: string[]): Promise<never> => JSON.parse((await done(...argv, '--json')).join('')) as never

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'psychometrics')
const published = (name: string): never => JSON.parse(readFileSync(join(fixtures, `${name}.json`), 'utf8')) as never

const close = (value: number, expected: number) => {
  expect(Math.abs(value - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)))
}

describe('published figures come out at the terminal', () => {
  it('of Shrout and Fleiss: six ICCs with their intervals', async () => {
    const { input, expected } = published('icc_shrout_fleiss_1979') as {
      input: { ratings: number[][] }
      expected: { icc: Record<string, { estimate: number; ci95: number[] }> }
    }
    const out: Record<string, { value: number; ci95: number[] }> = await json(
      'stats',
      'icc',
      '--in',
      csv(input.ratings),
    )
    for (const [form, { estimate, ci95 }] of Object.entries(expected.icc)) {
      close(out[form]?.value ?? Number.NaN, estimate)
      ci95.forEach((end, i) => {
        close(out[form]?.ci95[i] ?? Number.NaN, end)
      })
    }
  })

  it('of Cronbach’s alpha, with what each item does to it', async () => {
    type Case = {
      input: { items: string[]; scores: number[][] }
      expected: { alpha: number; items: { item: string; alpha_if_deleted: number; corrected_item_total_r: number }[] }
    }
    const [{ input, expected }] = (published('cronbach_attitude') as { cases: [Case] }).cases
    type Out = { alpha: { value: number }; items: { item: string; alphaIfDeleted: Value; itemRest: Value }[] }
    type Value = { value: number }
    const out: Out = await json('stats', 'alpha', '--in', csv([input.items, ...input.scores]))
    close(out.alpha.value, expected.alpha)
    expect(out.items.map(({ item }) => item)).toEqual(input.items)
    expected.items.forEach((item, i) => {
      close(out.items[i]?.alphaIfDeleted.value ?? Number.NaN, item.alpha_if_deleted)
      close(out.items[i]?.itemRest.value ?? Number.NaN, item.corrected_item_total_r)
    })
  })

  it.each(['none', 'linear', 'quadratic'] as const)('of Cohen’s kappa, weights %s', async (weights) => {
    type Case = { input: { table: number[][] }; expected: Record<string, { kappa: number; ase: number }> }
    const [{ input, expected }] = (published('cohen_kappa_hout_1987') as { cases: [Case] }).cases
    const out: { kappa: { value: number; se: number } } = await json(
      ...['stats', 'kappa', '--in', csv(input.table), '--weights', weights],
    )
    const wanted = expected[weights === 'none' ? 'unweighted' : weights]
    close(out.kappa.value, wanted?.kappa ?? Number.NaN)
    close(out.kappa.se, wanted?.ase ?? Number.NaN)
  })

  it.each(['nominal', 'ordinal', 'interval', 'ratio'] as const)('of Krippendorff’s alpha, %s', async (level) => {
    const { input, expected } = published('krippendorff_2011') as {
      input: { ratings: (number | null)[][] }
      expected: Record<typeof level, { alpha: number }>
    }
    const units = input.ratings[0]?.map((_, unit) => input.ratings.map((rater) => rater[unit] ?? null)) ?? []
    const out: { alpha: { value: number } } = await json('stats', 'krippendorff', '--in', csv(units), '--level', level)
    close(out.alpha.value, expected[level].alpha)
  })

  it('of Bland and Altman: bias, limits and correlations', async () => {
    type Case = {
      input: Record<'method1' | 'method2', number[]>
      expected: Record<string, number> & { 'loa_1.96': number[] }
    }
    const [{ input, expected }] = (published('bland_altman_1986') as { cases: [Case] }).cases
    const rows = input.method1.map((x, i) => [x, input.method2[i] ?? null])
    type Value = { value: number }
    const out: Record<'bias' | 'lower' | 'upper' | 'pearson' | 'spearman' | 'ccc', Value> = await json(
      ...['stats', 'agreement', '--in', csv([['x', 'y'], ...rows])],
    )
    close(out.bias.value, expected['bias'] ?? Number.NaN)
    close(out.lower.value, expected['loa_1.96'][0] ?? Number.NaN)
    close(out.upper.value, expected['loa_1.96'][1] ?? Number.NaN)
    close(out.pearson.value, expected['pearson'] ?? Number.NaN)
    close(out.spearman.value, expected['spearman'] ?? Number.NaN)
    close(out.ccc.value, expected['lin_ccc'] ?? Number.NaN)
  })

  it('of Brennan: the components of candidates × stations', async () => {
    type Case = { design: string; scores: number[][]; expected: { vc: Record<string, number> } }
    const [first] = (published('gstudy_brennan') as { cases: [Case] }).cases
    const rows = first.scores.flatMap((row, p) => row.map((score, s) => [`c${p}`, `s${s}`, score]))
    const file = csv([['p', 's', 'score'], ...rows])
    type Out = {
      components: Record<string, { value: number }>
      erho2: { value: number }
      dStudy: { stations: number }[]
    }
    const out: Out = await json('stats', 'gstudy', '--in', file, '--design', 'p:s', '--d-study', 'ns=6,12')
    const { p, i, pi_e } = first.expected.vc
    ;[p, i, pi_e].forEach((component, at) => {
      close(out.components[['p', 's', 'ps'][at] ?? '']?.value ?? Number.NaN, component ?? Number.NaN)
    })
    // KR-20 of the same data.
    expect(out.erho2.value.toFixed(3)).toBe('0.844')
    expect(out.dStudy.map(({ stations }) => stations)).toEqual([6, 12])
    const bare: Out = await json('stats', 'gstudy', '--in', csv(rows), '--design', 'p:s')
    expect(bare.components).toEqual(out.components)
  })

  it('of the Rasch model, as VGAM estimates them', async () => {
    const file = join(fixtures, 'rasch-marks.csv')
    const { logLikelihood } = published('rasch-vgam') as { logLikelihood: number }
    type Out = { logLikelihood: number; candidates: { measure: number }[]; thresholds: unknown[]; separation: object }
    const out: Out = await json('stats', 'mfrm', '--in', file)
    close(out.logLikelihood, logLikelihood)
    expect(out.candidates[0]).toEqual(
      expect.objectContaining({ id: expect.any(String) as string, se: expect.any(Number) as number }),
    )
    expect(Object.keys(out.separation)).toEqual(['candidates', 'stations', 'examiners'])
    const lines = await done('stats', 'mfrm', '--in', file)
    expect(lines).toContainEqual(expect.stringMatching(/^facet +separation +strata +reliability +fixed χ² +df +p$/))
    expect(lines.filter((line) => /^(candidates|stations|examiners)( +[\d.e-]+){6}$/.test(line))).toHaveLength(3)
    expect(lines).toContainEqual(expect.stringMatching(/^examiners +n +measure +se +infit +z +outfit +z +fair$/))
  })

  it('of a hawk, by hand: two points below the others on the same candidates', async () => {
    const rows = Array.from({ length: 6 }, (_, c) =>
      ['dove', 'hawk'].map((examiner, e) => [`c${c}`, `s${(c + e) % 2}`, examiner, 10 + c - 2 * e]),
    ).flat()
    const file = csv([['candidate', 'station', 'examiner', 'score'], ...rows])
    type Out = { examiners: { examiner: string; stringency: { value: number } }[] }
    const { examiners }: Out = await json('stats', 'stringency', '--in', file)
    expect(examiners.map(({ examiner }) => examiner)).toEqual(['dove', 'hawk'])
    close(examiners[0]?.stringency.value ?? Number.NaN, -1)
    close(examiners[1]?.stringency.value ?? Number.NaN, 1)
    expect((await done('stats', 'stringency', '--in', file)).some((line) => /^hawk +6 .* 1 /.test(line))).toBe(true)
  })

  it('of the same hawk by the mixed model, drawn to the average where scores scatter', async () => {
    const rows = Array.from({ length: 12 }, (_, c) =>
      ['dove', 'hawk'].map((examiner, e) => [
        `c${c}`,
        `s${(c + e) % 2}`,
        examiner,
        10 + c - 2 * e + ((c * (e + 2)) % 3),
      ]),
    ).flat()
    const file = csv([['candidate', 'station', 'examiner', 'score'], ...rows])
    type Examiners = { examiner: string; stringency: { value: number } }[]
    type Out = { examiners: Examiners; mixed: { examiners: Examiners } }
    const { examiners, mixed }: Out = await json('stats', 'stringency', '--in', file)
    const [fitted = Number.NaN, predicted = Number.NaN] = [examiners, mixed.examiners].map(
      (all) => all.find(({ examiner }) => examiner === 'hawk')?.stringency.value,
    )
    expect(predicted).toBeGreaterThan(0)
    expect(predicted).toBeLessThan(fitted)
  })

  it('of a line through five points by hand', async () => {
    const file = csv([['grade', 'score'], ...[10, 14, 18, 22, 26].map((score, i) => [i + 1, score])])
    expect(await json('stats', 'brm', '--in', file, '--borderline', '2', '--max', '40')).toMatchObject({
      cut: { value: 14, n: 5 },
      slope: { value: 4 },
      intercept: { value: 6 },
      r2: { value: 1 },
      borderlineGroupMean: { value: 14, n: 1 },
    })
  })
})

describe('pass marks by other methods, by hand', () => {
  type Cut = { cut: { value: number; n: number; se?: number }; stations: { station: string; cut: { value: number } }[] }
  const scores = Array.from({ length: 21 }, (_, i) => [`c${i}`, i, 2 * i])

  it('of Cohen: a share of the 95th percentile, station by station', async () => {
    const file = csv([['candidate', 'A', 'B'], ...scores])
    const { cut, stations }: Cut = await json('stats', 'cohen', '--in', file, '--share', '0.5')
    expect(stations.map(({ station, cut: own }) => [station, own.value])).toEqual([
      ['A', 9.5],
      ['B', 19],
    ])
    expect(cut.value).toBe(14.25)
    const usual: Cut = await json('stats', 'cohen', '--in', file)
    close(usual.stations[0]?.cut.value ?? Number.NaN, 0.6 * 19)
    expect((await done('stats', 'cohen', '--in', file))[0]).toMatch(/^cut: 17\.1, n 2$/)
  })

  it('of Angoff: the mean of the judges who judged everything', async () => {
    const rows = [
      ['station', 'J1', 'J2', 'J3', 'J4'],
      ['A', 10, 12, 14, 90],
      ['B', 20, 22, 24, null],
    ]
    const found: Cut & { leftOut: number } = await json('stats', 'angoff', '--in', csv(rows))
    expect(found).toMatchObject({ cut: { value: 17, n: 3 }, leftOut: 1 })
    close(found.cut.se ?? Number.NaN, 2 / Math.sqrt(3))
    expect(found.stations.map(({ station, cut }) => [station, cut.value])).toEqual([
      ['A', 31.5],
      ['B', 22],
    ])
  })

  it('of Hofstee: where the curve of fails meets the diagonal', async () => {
    const call = [
      'stats',
      'hofstee',
      '--in',
      csv(scores.map((row) => row.slice(0, 2))),
      '--min-fail',
      '0',
      '--max-fail',
      '1',
      '--min-cut',
      '0',
    ]
    const found: { cut: { value: number }; failRate: { value: number } } = await json(...call, '--max-cut', '20')
    // The share below x rises at 10 from 10/21 to 11/21, past the diagonal 1 − x/20, which is there at 1/2.
    close(found.cut.value, 10)
    close(found.failRate.value, 10 / 21)
    expect((await cli(...call)).err.join('')).toMatch(/--max-cut is missing/)
    expect((await cli(...call, '--max-cut', '20', '--max-fail', '40')).err.join('')).toMatch(/share from 0 to 1/)
  })
})

describe('columns are found by their names', () => {
  it('in any order and letter case, among others, whatever separates them', async () => {
    const file = join(dir, 'named.csv')
    const rows = [10, 14, 18, 22, 26].map((score, i) => `cand ${i};${score};${i + 1};`)
    writeFileSync(file, `\uFEFF"Candidate";"Score";"Global Rating";Remark\r\n${rows.join('\r\n')}\r\n`)
    expect(await json('stats', 'brm', '--in', file, '--borderline', '2')).toMatchObject({
      cut: { value: 14, n: 5 },
      leftOut: 0,
    })
    const one = csv([['score', 'level'], ...[10, 14, 18].map((score, i) => [score, i + 1])])
    expect(await json('stats', 'brm', '--in', one, '--borderline', '2')).toMatchObject({ cut: { value: 14 } })
    const turned = csv([
      ['y', 'x'],
      [1, 3],
      [2, 6],
    ])
    expect(await json('stats', 'agreement', '--in', turned)).toMatchObject({ bias: { value: 3 } })
  })

  it('and are asked for where they could be any of several', async () => {
    const { code, err, out } = await cli('stats', 'agreement', '--in', csv([[1, 2, 3]]), '--json')
    expect([code, err]).toEqual([1, ['Row 1: no column is called “x”; call the two columns “x” and “y”.']])
    expect(JSON.parse(out.join(''))).toMatchObject({ problems: [{ row: 1, code: 'column-not-named' }] })
  })

  it('a grade in words is no number', async () => {
    const file = csv([
      ['score', 'grade'],
      [12, 'pass'],
    ])
    expect((await cli('stats', 'brm', '--in', file, '--borderline', '2')).err).toEqual([
      'Row 2, column “grade”: “pass” is no number; leave the cell empty where the mark is missing.',
    ])
  })
})

test('a D study takes lists and ranges, and answers by the words it was asked with', async () => {
  const rows = [0, 1, 2].flatMap((p) =>
    [0, 1, 2].flatMap((s) => [0, 1].map((r) => [p, s, r, p * 2 + s + ((p * s + r) % 3)])),
  )
  const file = csv([['s', 'p', 'score', 'r'], ...rows.map(([p = 0, s = 0, r = 0, score = 0]) => [s, p, score, r])])
  const sizes = async (text: string) => {
    const { dStudy }: { dStudy: { ns: number; nr: number }[] } = await json(
      ...['stats', 'gstudy', '--in', file, '--design', 'p:s:r', '--d-study', text],
    )
    return dStudy.map(({ ns, nr }) => `${ns}×${nr}`)
  }
  expect(await sizes('ns=8,12,nr=1,2')).toEqual(['8×1', '8×2', '12×1', '12×2'])
  expect(await sizes('NS=4-6 nr=2')).toEqual(['4×2', '5×2', '6×2'])
  expect((await cli('stats', 'gstudy', '--in', file, '--d-study', 'ns=6-4')).code).toBe(2)
})

test('without --json a person reads each figure, why one is withheld, and what could be wrong with it', async () => {
  const alike = await done('stats', 'icc', '--in', csv(['3,3', '3,3'].map((row) => row.split(','))))
  expect(alike).toHaveLength(6)
  for (const line of alike) expect(line).toMatch(/^ICC\([123],[1k]\): withheld\. [A-Z].*\.$/)
  const lines = await done(
    'stats',
    'kappa',
    '--in',
    csv([
      [5, 1],
      [1, 5],
    ]),
  )
  expect(lines[0]).toMatch(/^kappa: 0\.6667 \(95 % .* to .*\), n 12$/)
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatch(/^! .*\.$/)
})
