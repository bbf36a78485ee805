import type { Statistic } from '../statistic.ts'

/** Stringency as two models give it: least squares on three factors, and the mixed model. */
export const stringencyModels = ['leastSquares', 'mixed'] as const
export type StringencyModel = (typeof stringencyModels)[number]

/** The model that more examiners have a figure by; least squares of equals, since it draws nobody to the average. */
export function betterModel(
  examiners: readonly Readonly<Record<StringencyModel, Pick<Statistic, 'value'>>>[],
): StringencyModel {
  const known = (model: StringencyModel) => examiners.filter((one) => one[model].value !== null).length
  return known('mixed') > known('leastSquares') ? 'mixed' : 'leastSquares'
}

/** On which side of the average an examiner is, as far as the interval tells. */
export type StringencySide = 'harsh' | 'mild' | 'untold' | 'no-interval' | 'withheld'

export function stringencySide({ value, ci95 }: Pick<Statistic, 'value' | 'ci95'>): StringencySide {
  if (value === null) return 'withheld'
  if (!ci95) return 'no-interval'
  if (ci95[0] > 0) return 'harsh'
  return ci95[1] < 0 ? 'mild' : 'untold'
}
