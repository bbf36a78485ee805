import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cohenKappa, gradeTable, type KappaWeights } from '#shared/measurement/raters/kappa.ts'
import published from '#tests/fixtures/psychometrics/cohen_kappa_hout_1987.json' with { type: 'json' }
import { expectInterval, expectNear } from '#tests/support/near.ts'

const allWeights = ['none', 'linear', 'quadratic'] as const satisfies readonly KappaWeights[]

test.each(published.cases)('κ of $name is the published one, with its errors, for each weighting', (example) => {
  for (const weights of allWeights) {
    const expected = example.expected[weights === 'none' ? 'unweighted' : weights]
    const kappa = cohenKappa(example.input.table, weights)
    expect(kappa.n).toBe(expected.n)
    expectNear(kappa.value, expected.kappa)
    expectNear(kappa.observed, expected.po)
    expectNear(kappa.expected, expected.pe)
    expectNear(kappa.se, expected.ase)
    expectInterval(kappa.ci95, expected.ci95)
    expectNear(kappa.test?.se0, expected.ase0)
    expectNear(kappa.test?.z, expected.z)
    expectNear(kappa.test?.p, expected.p)
    if (weights !== 'quadratic')
      expect(Number(kappa.value?.toFixed(3))).toBe(example.published[weights === 'none' ? 'unweighted' : weights])
  }
})

// R: psych::cohen.kappa of the same table; kappa, weighted.kappa and the roots of their variances
test('κ agrees with another computation where most agree', () => {
  const table = [
    [20, 5, 0],
    [3, 30, 4],
    [1, 2, 10],
  ]
  const plain = cohenKappa(table, 'none')
  expectNear(plain.value, 0.67616580310880836)
  expectNear(plain.se, 0.07516484167705811)
  expectNear(cohenKappa(table, 'quadratic').value, 0.75274725274725285)
})

test('an unused point of the declared scale counts in a weighted κ and not in a plain one', () => {
  const used = [
    [7, 3],
    [2, 8],
  ]
  const declared = [...used.map((row) => [...row, 0]), [0, 0, 0]]
  expectNear(cohenKappa(declared, 'none').value, cohenKappa(used, 'none').value ?? 0)
  const stretched = [
    [7, 0, 3],
    [0, 0, 0],
    [2, 0, 8],
  ]
  const beside = [
    [7, 3, 0],
    [2, 8, 0],
    [0, 0, 5],
  ]
  const apart = [
    [7, 3, 0, 0],
    [2, 8, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 5],
  ]
  expectNear(cohenKappa(stretched, 'linear').value, 0.5)
  expect(cohenKappa(apart, 'linear').value).toBeGreaterThan(cohenKappa(beside, 'linear').value ?? 1)
})

test('raters who agree less than chance would come out negative, and it is said', () => {
  const kappa = cohenKappa(
    [
      [0, 5],
      [5, 0],
    ],
    'none',
  )
  expect(kappa).toMatchObject({ value: -1, warnings: ['negative-estimate', 'small-sample'] })
})

test('full agreement is 1 without an interval', () => {
  const kappa = cohenKappa(
    [
      [4, 0],
      [0, 6],
    ],
    'none',
  )
  expect(kappa).toMatchObject({ value: 1, warnings: ['no-disagreement', 'small-sample'] })
  expect(kappa.ci95).toBeUndefined()
})

test.each([
  [
    'one category, the same for both',
    [
      [9, 0],
      [0, 0],
    ],
    'chance-agrees-fully',
  ],
  ['a scale of one point', [[9]], 'chance-agrees-fully'],
  [
    'no units',
    [
      [0, 0],
      [0, 0],
    ],
    'no-data',
  ],
  ['no table', [], 'no-data'],
  [
    'a table that is not square',
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    'not-a-table-of-counts',
  ],
  [
    'a count below 0',
    [
      [1, -2],
      [4, 5],
    ],
    'not-a-table-of-counts',
  ],
  [
    'part of a count',
    [
      [1, 2.5],
      [4, 5],
    ],
    'not-a-table-of-counts',
  ],
] as const)('%s: κ is withheld', (_, table, reason) => {
  for (const weights of allWeights)
    expect(cohenKappa(table, weights)).toMatchObject({ value: null, reason, test: null })
})

test('the order of raters, and the direction of the scale, do not matter', () => {
  const tables = fc.integer({ min: 2, max: 5 }).chain((m) =>
    fc.array(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: m, maxLength: m }), {
      minLength: m,
      maxLength: m,
    }),
  )
  fc.assert(
    fc.property(tables, fc.constantFrom(...allWeights), (table, weights) => {
      const { value, se } = cohenKappa(table, weights)
      const turned = cohenKappa(
        table.map((row, i) => row.map((_, j) => table[j]?.[i] ?? 0)),
        weights,
      )
      const reversed = cohenKappa(
        table.toReversed().map((row) => row.toReversed()),
        weights,
      )
      for (const other of [turned, reversed]) {
        expectNear(other.value, value ?? Number.NaN)
        expectNear(other.se, se ?? Number.NaN)
      }
    }),
  )
})

test('two raters’ grades make a table on the declared scale; gaps and grades off the scale are counted apart', () => {
  const pairs = [
    [1, 1],
    [2, 3],
    [2, 3],
    [null, 2],
    [3, null],
    [4, 3],
    [3, 9],
  ] as const
  expect(gradeTable(pairs, [1, 2, 3])).toEqual({
    table: [
      [1, 0, 0],
      [0, 0, 2],
      [0, 0, 0],
    ],
    incomplete: 2,
    offScale: 2,
  })
})
