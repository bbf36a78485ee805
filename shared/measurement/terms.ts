/**
 * The words of measurement as codes; `measurement` in the locale file has a sentence for each, and a test holds the two
 * against each other. In alphabetical order.
 */

/** How a figure was computed. */
export const methods = [
  'bland-altman-bias',
  'bland-altman-limit',
  'icc-1-1',
  'icc-1-k',
  'icc-2-1',
  'icc-2-k',
  'icc-3-1',
  'icc-3-k',
  'kappa',
  'kappa-linear',
  'kappa-quadratic',
  'krippendorff-interval',
  'krippendorff-nominal',
  'krippendorff-ordinal',
  'krippendorff-ratio',
  'lin-ccc',
  'mean',
  'pearson',
  'proportional-bias',
  'spearman',
  'standard-deviation',
] as const
export type Method = (typeof methods)[number]

/** Why a figure is withheld. */
export const reasons = [
  'below-zero',
  'chance-agrees-fully',
  'no-data',
  'no-positive-variance',
  'no-variance',
  'not-a-table-of-counts',
  'not-finite',
  'one-candidate',
  'one-examiner',
  'one-rater',
  'one-station',
  'targets-alike',
  'too-few',
] as const
export type Reason = (typeof reasons)[number]

/** What could be wrong with a figure that is given. */
export const warnings = [
  'correlation-ignores-level',
  'difference-varies-with-level',
  'differences-alike',
  'incomplete-left-out',
  'negative-estimate',
  'no-disagreement',
  'small-sample',
  'unpaired-left-out',
] as const
export type Warning = (typeof warnings)[number]
