import type { PatientMeasures } from '#shared/measurement/analysis/patient-measures.ts'
import type { Block } from '../kit/block.ts'
import { heading } from '../kit/text-blocks.ts'
import { figureTable, whatCouldBeWrong, type Figure } from '../measures/figure-table.ts'

const icc: Readonly<Record<keyof PatientMeasures['raters']['icc'], string>> = {
  'ICC(1,1)': 'Raters by encounter, one rating',
  'ICC(2,1)': 'Agreement, one rating',
  'ICC(3,1)': 'Consistency, one rating',
  'ICC(1,k)': 'Raters by encounter, both’s mean',
  'ICC(2,k)': 'Agreement, both’s mean',
  'ICC(3,k)': 'Consistency, both’s mean',
}

const kappa: Readonly<Record<keyof PatientMeasures['raters']['kappa'], { name: string; how: string }>> = {
  none: { name: 'Cohen’s κ', how: 'Same band of scores' },
  linear: { name: 'κ, linear weights', how: 'Bands apart, linear' },
  quadratic: { name: 'κ, quadratic weights', how: 'Bands apart, squared' },
}

const krippendorff = {
  interval: { name: 'Krippendorff’s α', how: 'Scores, interval scale' },
  ratio: { name: 'Krippendorff’s α of ratios', how: 'Scores, ratio scale' },
  ordinal: { name: 'Krippendorff’s α of bands', how: 'Bands in their order' },
  nominal: { name: 'Krippendorff, same band', how: 'Same band or another' },
} as const satisfies Partial<Record<keyof PatientMeasures['raters'], { name: string; how: string }>>

/** Examiner and patient as two raters of the same encounters. */
export function twoRaterBlocks({ raters }: PatientMeasures): Block[] {
  const common = { unit: 'coefficient', of: 'encounters' } as const
  const figures: Figure[] = [
    ...keysOf(icc).map((form): Figure => ({
      ...common,
      ...{ name: form, figure: raters.icc[form], how: icc[form], group: 'Intraclass correlations' },
    })),
    ...keysOf(kappa).map((weights): Figure => ({
      ...common,
      ...{ ...kappa[weights], figure: raters.kappa[weights], group: 'Kappa' },
    })),
    ...keysOf(krippendorff).map((level): Figure => ({
      ...common,
      ...{ ...krippendorff[level], figure: raters[level], of: 'scores', group: 'Krippendorff’s α' },
    })),
  ]
  return [
    heading(3, 'Would it matter which of the two had marked?'),
    figureTable(figures, 1.2),
    ...whatCouldBeWrong(figures),
  ]
}

const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>): K[] => Object.keys(record) as K[]
