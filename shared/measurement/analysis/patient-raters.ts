import { intraclassCorrelations, type Icc, type IccForm } from '../raters/icc.ts'
import { cohenKappa, gradeTable, type Kappa, type KappaWeights } from '../raters/kappa.ts'
import { krippendorffAlpha, type KrippendorffAlpha } from '../raters/krippendorff.ts'
import type { Statistic } from '../statistic.ts'
import type { Warning } from '../terms.ts'
import type { SeenByBoth } from './patient-pairs.ts'

/** Examiner and SP taken as two raters of the same encounters, overall. */
export type TwoRaters = {
  /** Of the scores, 0 to 100. */
  icc: Record<IccForm, Icc>
  interval: KrippendorffAlpha
  ratio: KrippendorffAlpha
  /** Of the bands that the scores fall into: rubric and SP's form have no graded scale in common. */
  ordinal: KrippendorffAlpha
  nominal: KrippendorffAlpha
  kappa: Record<KappaWeights, Kappa>
}

/**
 * Where one band ends and the next begins, the lower bound being part of it. The SP's answers are worth 20 to 100, as are the
 * points of a rubric of five: each band is what lies nearest to one of them.
 */
const BOUNDS = [30, 50, 70, 90] as const
const BANDS = [...BOUNDS.keys(), BOUNDS.length]
/** A score that is on a bound may come out a rounding below it. */
const ROUNDING = 1e-9

const bandOf = (score: number): number => BOUNDS.filter((bound) => score >= bound - ROUNDING).length

export function twoRaters(seen: readonly SeenByBoth[]): TwoRaters {
  const scores = seen.map(({ examiner, patient }): [number | null, number | null] => [examiner, patient])
  const bands = scores.map(([x, y]): [number | null, number | null] => [
    x === null ? null : bandOf(x),
    y === null ? null : bandOf(y),
  ])
  const both = seen.filter(({ examiner, patient }) => examiner !== null && patient !== null)
  const repeated = new Set(both.map(({ encounter }) => encounter.slot.candidateId)).size < both.length
  const { forms } = intraclassCorrelations(scores)
  const icc = (form: IccForm) => told(forms[form], repeated)
  const { table } = gradeTable(bands, BANDS)
  const kappa = (weights: KappaWeights) => told(cohenKappa(table, weights), repeated, ['cut-into-bands'])
  return {
    icc: {
      'ICC(1,1)': icc('ICC(1,1)'),
      'ICC(2,1)': icc('ICC(2,1)'),
      'ICC(3,1)': icc('ICC(3,1)'),
      'ICC(1,k)': icc('ICC(1,k)'),
      'ICC(2,k)': icc('ICC(2,k)'),
      'ICC(3,k)': icc('ICC(3,k)'),
    },
    interval: krippendorffAlpha(scores, 'interval'),
    ratio: krippendorffAlpha(scores, 'ratio'),
    ordinal: told(krippendorffAlpha(bands, 'ordinal'), false, ['cut-into-bands']),
    nominal: told(krippendorffAlpha(bands, 'nominal'), false, ['cut-into-bands']),
    kappa: { none: kappa('none'), linear: kappa('linear'), quadratic: kappa('quadratic') },
  }
}

/** Encounters of one candidate are not independent: a figure with an interval says so. */
const told = <T extends Statistic>(figure: T, repeated: boolean, more: readonly Warning[] = []): T => ({
  ...figure,
  warnings: [...figure.warnings, ...more, ...(repeated && figure.ci95 ? (['interval-too-narrow'] as const) : [])],
})
