import { fAbove, fQuantile } from '../distributions.ts'
import { difference } from '../rounding.ts'
import { smallSample } from '../small-sample.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Method, Reason, Warning } from '../terms.ts'
import { meanSquares, type MeanSquares } from './mean-squares.ts'

/**
 * Intraclass correlation in its six forms (Shrout and Fleiss 1979): the share of the variance of ratings that lies between
 * the targets. (1,·) each target has raters of its own; (2,·) the same raters rate all and stand for others, agreement
 * counts; (3,·) the same raters and no others, consistency counts. (·,1) one rating, (·,k) the mean of the k given.
 *
 *   ICC(1,1) = (MSB − MSW) / (MSB + (k − 1) MSW)            ICC(1,k) = (MSB − MSW) / MSB
 *   ICC(2,1) = (MSB − MSE) / (MSB + (k − 1) MSE + k (MSJ − MSE) / n)
 *   ICC(2,k) = (MSB − MSE) / (MSB + (MSJ − MSE) / n)
 *   ICC(3,1) = (MSB − MSE) / (MSB + (k − 1) MSE)            ICC(3,k) = (MSB − MSE) / MSB
 *
 * No unit. Assumes normal effects and equal error variances. Only targets with a rating from every rater count; `leftOut`
 * says how many had a gap. Intervals rest on F; that of (2,1) takes its degrees of freedom after Satterthwaite, and that of
 * (2,k) is its Spearman-Brown transform. A negative value is an answer and stays. Undefined with one rater, fewer than two
 * complete targets, or target means that do not differ (MSB = 0); (2,k) also where its denominator is not positive.
 */
export const iccForms = ['ICC(1,1)', 'ICC(2,1)', 'ICC(3,1)', 'ICC(1,k)', 'ICC(2,k)', 'ICC(3,k)'] as const
export type IccForm = (typeof iccForms)[number]

/** A test of the null hypothesis that targets do not differ. */
export type FTest = { f: number; df1: number; df2: number; p: number }

/** One form with its test; the test is null where the error is 0 or the form is withheld. */
export type Icc = Statistic & { test: FTest | null }

export type IntraclassCorrelations = {
  /** Complete targets, raters, and targets that were left out for a missing rating. */
  targets: number
  raters: number
  leftOut: number
  /** null where there are too few targets or raters. */
  meanSquares: MeanSquares | null
  forms: Record<IccForm, Icc>
}

const methodOf: Record<IccForm, Method> = {
  'ICC(1,1)': 'icc-1-1',
  'ICC(2,1)': 'icc-2-1',
  'ICC(3,1)': 'icc-3-1',
  'ICC(1,k)': 'icc-1-k',
  'ICC(2,k)': 'icc-2-k',
  'ICC(3,k)': 'icc-3-k',
}

type Interval = readonly [low: number, high: number] | null

/** All six forms of a table of ratings: a row for each target, a column for each rater, null for a missing rating. */
export function intraclassCorrelations(ratings: readonly (readonly (number | null)[])[]): IntraclassCorrelations {
  const raters = ratings.reduce((most, row) => Math.max(most, row.length), 0)
  const rows = ratings.flatMap((row) => {
    const present = row.filter((value) => value !== null)
    return present.length === raters && raters > 0 ? [present] : []
  })
  const targets = rows.length
  const leftOut = ratings.length - targets
  const gaps: Warning[] = leftOut > 0 ? ['incomplete-left-out'] : []
  const none = (reason: Reason, squares: MeanSquares | null = null): IntraclassCorrelations => ({
    targets,
    raters,
    leftOut,
    meanSquares: squares,
    forms: forAll((form) => ({ ...withheld(methodOf[form], targets, reason, gaps), test: null })),
  })
  if (targets === 0) return none('no-data')
  if (raters < 2) return none('one-rater')
  if (targets < 2) return none('too-few')

  const ms = meanSquares(rows)
  if (ms.withinTargets === 0 && ms.betweenTargets === 0) return none('no-variance', ms)
  if (ms.betweenTargets === 0) return none('targets-alike', ms)
  const figures = estimates(ms, targets, raters)
  return {
    targets,
    raters,
    leftOut,
    meanSquares: ms,
    forms: forAll((form) => {
      const { value, ci95, test } = figures[form]
      if (value === null) return { ...withheld(methodOf[form], targets, 'no-positive-variance', gaps), test }
      const warnings: Warning[] = [
        ...gaps,
        ...(value < 0 ? (['negative-estimate'] as const) : []),
        ...(value === 1 ? ([ms.withinTargets === 0 ? 'no-disagreement' : 'differences-alike'] as const) : []),
        ...smallSample(targets),
      ]
      return { ...given(methodOf[form], targets, value, { ci95, warnings }), test }
    }),
  }
}

type Figure = { value: number | null; ci95: Interval; test: FTest | null }

function estimates(ms: MeanSquares, n: number, k: number): Record<IccForm, Figure> {
  const { betweenTargets: msb, withinTargets: msw, betweenRaters: msj, error: mse } = ms
  const ofOne = testOf(msb, msw, n - 1, n * (k - 1))
  const ofTwo = testOf(msb, mse, n - 1, (n - 1) * (k - 1))
  const [aboveOne, aboveTwo] = [difference(msb, msw), difference(msb, mse)]
  const range1 = ratioRange(ofOne)
  const range3 = ratioRange(ofTwo)
  const value2 = aboveTwo / (msb + (k - 1) * mse + (k * (msj - mse)) / n)
  const range2 = agreementInterval(ms, n, k, value2)
  const denominator = msb + (msj - mse) / n
  return {
    'ICC(1,1)': { value: aboveOne / (msb + (k - 1) * msw), ci95: single(range1, k), test: ofOne },
    'ICC(2,1)': { value: value2, ci95: range2, test: ofTwo },
    'ICC(3,1)': { value: aboveTwo / (msb + (k - 1) * mse), ci95: single(range3, k), test: ofTwo },
    'ICC(1,k)': { value: aboveOne / msb, ci95: average(range1), test: ofOne },
    'ICC(2,k)': {
      value: denominator > 0 ? aboveTwo / denominator : null,
      ci95: spearmanBrown(range2, k),
      test: ofTwo,
    },
    'ICC(3,k)': { value: aboveTwo / msb, ci95: average(range3), test: ofTwo },
  }
}

function testOf(msb: number, error: number, df1: number, df2: number): FTest | null {
  const f = msb / error
  return error === 0 ? null : { f, df1, df2, p: fAbove(f, df1, df2) }
}

/** The 95 % range of F, from which the intervals of forms 1 and 3 follow. */
const ratioRange = (test: FTest | null): Interval =>
  test && [test.f / fQuantile(0.975, test.df1, test.df2), test.f * fQuantile(0.975, test.df2, test.df1)]

const single = (range: Interval, k: number): Interval =>
  range && [(range[0] - 1) / (range[0] + k - 1), (range[1] - 1) / (range[1] + k - 1)]

const average = (range: Interval): Interval => range && [1 - 1 / range[0], 1 - 1 / range[1]]

function agreementInterval(ms: MeanSquares, n: number, k: number, icc: number): readonly [number, number] {
  const { betweenTargets: msb, betweenRaters: msj, error: mse } = ms
  // Both parts of Satterthwaite's fraction are multiplied by MSE², so that an error of 0 needs no case of its own;
  // with no differences between raters either there are no degrees of freedom, and no finite interval.
  const ofRaters = k * icc * msj
  const ofError = (n * (1 + (k - 1) * icc) - k * icc) * mse
  const df = ((k - 1) * (n - 1) * (ofRaters + ofError) ** 2) / ((n - 1) * ofRaters ** 2 + ofError ** 2)
  const above = fQuantile(0.975, n - 1, df)
  const below = fQuantile(0.975, df, n - 1)
  const rest = k * msj + (k * n - k - n) * mse
  return [(n * (msb - above * mse)) / (above * rest + n * msb), (n * (below * msb - mse)) / (rest + n * below * msb)]
}

/** The interval of one rating carried over to the mean of k; null where its lower end leaves no reliability to raise. */
const spearmanBrown = ([low, high]: readonly [number, number], k: number): Interval =>
  1 + (k - 1) * low > 0 ? [(k * low) / (1 + (k - 1) * low), (k * high) / (1 + (k - 1) * high)] : null

const forAll = (make: (form: IccForm) => Icc): Record<IccForm, Icc> => ({
  'ICC(1,1)': make('ICC(1,1)'),
  'ICC(2,1)': make('ICC(2,1)'),
  'ICC(3,1)': make('ICC(3,1)'),
  'ICC(1,k)': make('ICC(1,k)'),
  'ICC(2,k)': make('ICC(2,k)'),
  'ICC(3,k)': make('ICC(3,k)'),
})
