import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { done, folderOfFile } from './call.ts'

/** Every published data set through the command that takes it; what comes out, by its path in the JSON. */

const dir = folderOfFile()
const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'psychometrics')
const published = (name: string): never => JSON.parse(readFileSync(join(fixtures, `${name}.json`), 'utf8')) as never

type Cell = string | number | null
type Call = {
  title: string
  rows: readonly (readonly Cell[])[]
  argv: string[]
  wanted: [path: string, value: number][]
}
type Numbers = Record<string, number>

/** Published to twelve digits or more. */
const TOLERANCE = 1e-9
/** What is iterated, by the file's own word. */
const ITERATED = 1e-5

const icc: {
  input: { ratings: number[][] }
  expected: {
    icc: Record<string, { estimate: number; ci95: [number, number]; F: number; df1: number; df2: number; p: number }>
  }
} = published('icc_shrout_fleiss_1979')
const cronbach: {
  cases: {
    input: { items: string[]; scores: number[][] }
    expected: {
      [name: string]: unknown
      alpha: number
      alpha_standardized: number
      ci95_feldt: [number, number]
      sem_total: number
      sem_mean_score: number
      omega_total_ml_cov: number
      items: { alpha_if_deleted: number; corrected_item_total_r: number }[]
    }
  }[]
} = published('cronbach_attitude')
const kappa: {
  cases: {
    input: { table: number[][] }
    expected: Record<string, { kappa: number; ase: number; ase0: number; z: number; p: number; ci95: [number, number] }>
  }[]
} = published('cohen_kappa_hout_1987')
const krippendorff: {
  input: { ratings: Cell[][] }
  expected: Record<string, { alpha: number }>
} = published('krippendorff_2011')
const blandAltman: {
  cases: {
    input: { method1: number[]; method2: number[] }
    expected: Numbers & { proportional_bias: Numbers } & Record<
        'loa_1.96' | 'bias_ci95' | 'loa_lower_ci95' | 'loa_upper_ci95' | 'pearson_ci95_fisher',
        [number, number]
      >
  }[]
} = published('bland_altman_1986')
type Study = {
  name: string
  design: string
  scores: (Cell | number[])[][]
  expected: { vc: Numbers; dstudy?: Numbers[]; harmonic_mean_n_i?: number; Erho2_harmonic?: number }
}
const brennan: { cases: Study[]; edge_cases: Study[] } = published('gstudy_brennan')

const ends = (path: string, [low, high]: [number, number]): Call['wanted'] => [
  [`${path}.ci95.0`, low],
  [`${path}.ci95.1`, high],
]

const designs: Record<string, { option: string; keys: Record<string, string> }> = {
  'p x i': { option: 'p:s', keys: { p: 'p', i: 's', pi_e: 'ps' } },
  'p x s x r': { option: 'p:s:r', keys: { p: 'p', s: 's', r: 'r', ps: 'ps', pr: 'pr', sr: 'sr', psr_e: 'psr' } },
  'p x (r:t)': { option: 'p:(r:s)', keys: { p: 'p', t: 's', r_t: 'r:s', pt: 'ps', pr_t_e: 'pr:s' } },
}

function studyCalls({ name, design, scores, expected }: Study): Call[] {
  const { option, keys } = designs[design] ?? { option: '', keys: {} }
  const rows = scores.flatMap((row, p) =>
    row.flatMap((cell, s) => (Array.isArray(cell) ? cell.map((score, r) => [p, s, r, score]) : [[p, s, cell]])),
  )
  const header = rows[0]?.length === 4 ? ['p', 's', 'r', 'score'] : ['p', 's', 'score']
  const call = (title: string, sizes: string[], wanted: Call['wanted']): Call => ({
    ...{ title: `${name}: ${title}`, rows: [header, ...rows], wanted },
    argv: ['stats', 'gstudy', '--design', option, ...sizes],
  })
  const components = Object.entries(expected.vc).map(([key, value]): [string, number] => [
    `components.${keys[key] ?? key}.value`,
    value,
  ])
  const gaps: Call['wanted'] = [
    ['held.stations', expected.harmonic_mean_n_i ?? Number.NaN],
    ['erho2.value', expected.Erho2_harmonic ?? Number.NaN],
  ]
  return [
    call('components', [], [...components, ...gaps.filter(([, value]) => !Number.isNaN(value))]),
    ...(expected.dstudy ?? []).map((row) => {
      const stations = row['n_i'] ?? row['n_s'] ?? row['n_t']
      const sizes = ['--d-study', `ns=${stations}${row['n_r'] === undefined ? '' : `,nr=${row['n_r']}`}`]
      const value = (path: string, key: string): [string, number] => [`dStudy.0.${path}.value`, row[key] ?? Number.NaN]
      return call(sizes.join(' '), sizes, [
        ...[value('relativeErrorVariance', 'rel_error_var'), value('absoluteErrorVariance', 'abs_error_var')],
        ...[value('erho2', 'Erho2'), value('phi', 'Phi')],
        ...[value('relativeSem', 'rel_sem'), value('absoluteSem', 'abs_sem')],
      ])
    }),
  ]
}

const calls: Call[] = [
  {
    title: 'Shrout and Fleiss: six ICCs with their intervals and tests',
    rows: icc.input.ratings,
    argv: ['stats', 'icc'],
    wanted: Object.entries(icc.expected.icc).flatMap(([form, { estimate, ci95, F, df1, df2, p }]): Call['wanted'] => [
      [`${form}.value`, estimate],
      ...ends(form, ci95),
      [`${form}.test.f`, F],
      [`${form}.test.df1`, df1],
      [`${form}.test.df2`, df2],
      [`${form}.test.p`, p],
    ]),
  },
  ...cronbach.cases.map(({ input, expected }): Call => ({
    title: 'Cronbach: alpha with Feldt’s interval, SEM, omega, items',
    rows: [input.items, ...input.scores],
    argv: ['stats', 'alpha'],
    wanted: [
      ['alpha.value', expected.alpha],
      ...ends('alpha', expected.ci95_feldt),
      ['standardized.value', expected.alpha_standardized],
      ['semTotal.value', expected.sem_total],
      ['semMean.value', expected.sem_mean_score],
      ['omega.value', expected.omega_total_ml_cov],
      ...expected.items.flatMap((item, at): Call['wanted'] => [
        [`items.${at}.alphaIfDeleted.value`, item.alpha_if_deleted],
        [`items.${at}.itemRest.value`, item.corrected_item_total_r],
      ]),
    ],
  })),
  ...kappa.cases.flatMap(({ input, expected }) =>
    Object.entries(expected).map(([weights, wanted]): Call => ({
      title: `Hout: kappa, ${weights}`,
      rows: input.table,
      argv: ['stats', 'kappa', '--weights', weights === 'unweighted' ? 'none' : weights],
      wanted: [
        ['kappa.value', wanted.kappa],
        ['kappa.se', wanted.ase],
        ...ends('kappa', wanted.ci95),
        ['kappa.test.se0', wanted.ase0],
        ['kappa.test.z', wanted.z],
        ['kappa.test.p', wanted.p],
      ],
    })),
  ),
  ...(['nominal', 'ordinal', 'interval', 'ratio'] as const).map((level): Call => ({
    title: `Krippendorff: alpha, ${level}`,
    rows:
      krippendorff.input.ratings[0]?.map((_, unit) => krippendorff.input.ratings.map((own) => own[unit] ?? null)) ?? [],
    argv: ['stats', 'krippendorff', '--level', level],
    wanted: [['alpha.value', krippendorff.expected[level]?.alpha ?? Number.NaN]],
  })),
  ...blandAltman.cases.map(({ input, expected }): Call => ({
    title: 'Bland and Altman: bias, limits, correlations, concordance',
    rows: [['x', 'y'], ...input.method1.map((x, at) => [x, input.method2[at] ?? null])],
    argv: ['stats', 'agreement'],
    wanted: [
      ['bias.value', expected['bias'] ?? Number.NaN],
      ['bias.se', expected['se_bias'] ?? Number.NaN],
      ...ends('bias', expected.bias_ci95),
      ['lower.value', expected['loa_1.96'][0]],
      ['upper.value', expected['loa_1.96'][1]],
      ...ends('lower', expected.loa_lower_ci95),
      ...ends('upper', expected.loa_upper_ci95),
      ['proportional.value', expected.proportional_bias['slope'] ?? Number.NaN],
      ['proportional.p', expected.proportional_bias['p'] ?? Number.NaN],
      ['pearson.value', expected['pearson'] ?? Number.NaN],
      ...ends('pearson', expected.pearson_ci95_fisher),
      ['spearman.value', expected['spearman'] ?? Number.NaN],
      ['ccc.value', expected['lin_ccc'] ?? Number.NaN],
    ],
  })),
  ...[...brennan.cases, ...brennan.edge_cases].flatMap(studyCalls),
]

const at = (json: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], json)

let files = 0
it.each(calls)('$title', async ({ rows, argv, wanted }) => {
  const file = join(dir, `${++files}.csv`)
  writeFileSync(file, rows.map((row) => row.map((cell) => cell ?? '').join(',')).join('\n'))
  const json: unknown = JSON.parse((await done(...argv, '--in', file, '--json')).join(''))
  expect(wanted.length).toBeGreaterThan(0)
  const off = wanted.filter(([path, value]) => {
    const found = at(json, path)
    const tolerance = path === 'omega.value' ? ITERATED : TOLERANCE
    return typeof found !== 'number' || !(Math.abs(found - value) <= tolerance * Math.max(1, Math.abs(value)))
  })
  expect(off.map(([path, value]) => ({ path, value, found: at(json, path) }))).toEqual([])
})
