import fc from 'fast-check'
import { expect, test } from 'vitest'
import { iccForms, intraclassCorrelations } from '#shared/measurement/raters/icc.ts'
import published from '#tests/fixtures/psychometrics/icc_shrout_fleiss_1979.json' with { type: 'json' }
import { expectInterval, expectNear } from '#tests/support/near.ts'

const valuesOf = (ratings: readonly (readonly (number | null)[])[]) =>
  iccForms.map((form) => intraclassCorrelations(ratings).forms[form].value)

test('the six forms of Shrout and Fleiss are those of their table, with test and interval', () => {
  const { meanSquares, forms, targets, raters } = intraclassCorrelations(published.input.ratings)
  expect([targets, raters]).toEqual([6, 4])
  expectNear(meanSquares?.betweenTargets, published.expected.ms.between_targets)
  expectNear(meanSquares?.withinTargets, published.expected.ms.within_targets)
  expectNear(meanSquares?.betweenRaters, published.expected.ms.between_judges)
  expectNear(meanSquares?.error, published.expected.ms.error)
  for (const form of iccForms) {
    const expected = published.expected.icc[form]
    expectNear(forms[form].value, expected.estimate)
    expectInterval(forms[form].ci95, expected.ci95)
    expectNear(forms[form].test?.f, expected.F)
    expect(forms[form].test).toMatchObject({ df1: expected.df1, df2: expected.df2 })
    expectNear(forms[form].test?.p, expected.p)
    expect(Number(forms[form].value?.toFixed(2))).toBe(published.published_2dp[form])
  }
})

// R: psych::ICC(matrix(c(3,5,2, 4,1,5, 2,4,3, 5,2,2, 3,3,4), ncol = 3, byrow = TRUE), lmer = FALSE)
const contrary = [
  [3, 5, 2],
  [4, 1, 5],
  [2, 4, 3],
  [5, 2, 2],
  [3, 3, 4],
]

test('a negative value stays negative and says what it means', () => {
  const { forms } = intraclassCorrelations(contrary)
  expectNear(forms['ICC(1,1)'].value, -0.4666666666666666)
  expectInterval(forms['ICC(1,1)'].ci95, [-0.4924091769192809, -0.2489620138435844])
  expectNear(forms['ICC(2,1)'].value, -0.65)
  expectNear(forms['ICC(3,1)'].value, -0.4727272727272727)
  expectNear(forms['ICC(1,k)'].value, -21)
  expectInterval(forms['ICC(1,k)'].ci95, [-97.3035147209560591, -1.4875956682216751])
  expectNear(forms['ICC(3,k)'].value, -26)
  expect(forms['ICC(3,k)'].warnings).toContain('negative-estimate')
})

test('ICC(2,k) is withheld where its denominator is negative, though the quotient would be a number', () => {
  expect(intraclassCorrelations(contrary).forms['ICC(2,k)']).toMatchObject({
    value: null,
    reason: 'no-positive-variance',
  })
})

test('only targets that every rater rated count, and the others are counted', () => {
  const withGaps = [...published.input.ratings, [4, null, 5, 6], [1, 2, 3]]
  const { leftOut, forms } = intraclassCorrelations(withGaps)
  expect(leftOut).toBe(2)
  expectNear(forms['ICC(2,1)'].value, published.expected.icc['ICC(2,1)'].estimate)
  expect(forms['ICC(2,1)'].warnings).toContain('incomplete-left-out')
  expect(intraclassCorrelations(published.input.ratings).forms['ICC(2,1)'].warnings).toEqual(['small-sample'])
})

test.each([
  ['nothing', [], 'no-data'],
  [
    'nothing but gaps',
    [
      [null, 3],
      [4, null],
    ],
    'no-data',
  ],
  ['one rater', [[1], [2]], 'one-rater'],
  ['one target', [[1, 2]], 'too-few'],
  [
    'ratings that are all the same',
    [
      [0.1, 0.1, 0.1],
      [0.1, 0.1, 0.1],
      [0.1, 0.1, 0.1],
    ],
    'no-variance',
  ],
  [
    'raters who differ on targets that do not',
    [
      [0.1, 0.7],
      [0.7, 0.1],
      [0.1, 0.7],
    ],
    'targets-alike',
  ],
] as const)('%s: every form is withheld', (_, ratings, reason) => {
  const { forms } = intraclassCorrelations(ratings)
  for (const form of iccForms) expect(forms[form]).toMatchObject({ value: null, reason, test: null })
})

test('full agreement is 1 without an interval', () => {
  const { forms } = intraclassCorrelations([
    [61.3, 61.3],
    [70.1, 70.1],
    [55.7, 55.7],
  ])
  for (const form of iccForms) {
    expect(forms[form]).toMatchObject({ value: 1, test: null })
    expect(forms[form].ci95).toBeUndefined()
    expect(forms[form].warnings).toContain('no-disagreement')
  }
})

test('a rater who is harsh throughout costs agreement and not consistency', () => {
  const { forms } = intraclassCorrelations([
    [60, 50],
    [72, 62],
    [55, 45],
    [80, 70],
  ])
  expect(forms['ICC(3,1)']).toMatchObject({ value: 1, warnings: ['differences-alike', 'small-sample'] })
  expect(forms['ICC(2,1)'].value).toBeLessThan(0.8)
  expect(forms['ICC(2,1)'].ci95?.[0]).toBeLessThan(forms['ICC(2,1)'].value ?? 0)
})

const tables = fc
  .tuple(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 2, max: 5 }))
  .chain(([n, k]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: k, maxLength: k }), { minLength: n, maxLength: n }),
  )

function expectSame(first: (number | null)[], second: (number | null)[]) {
  first.forEach((value, i) => {
    if (value === null) expect(second[i]).toBeNull()
    else expectNear(second[i], value, 1e-7)
  })
}

test('neither the order of targets and raters nor unit and origin of the ratings matter', () => {
  fc.assert(
    fc.property(tables, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -50, max: 50 }), (ratings, by, plus) => {
      const before = valuesOf(ratings)
      expectSame(before, valuesOf(ratings.toReversed().map((row) => row.toReversed())))
      expectSame(before, valuesOf(ratings.map((row) => row.map((value) => value * by + plus))))
    }),
  )
})
