/**
 * The words of measurement as codes; `measurement` in the locale file has a sentence for each, and a test holds the two
 * against each other. In alphabetical order.
 */

/** How a figure was computed. */
export const methods = ['mean', 'standard-deviation'] as const
export type Method = (typeof methods)[number]

/** Why a figure is withheld. */
export const reasons = [
  'no-data',
  'no-variance',
  'not-finite',
  'one-candidate',
  'one-examiner',
  'one-station',
  'too-few',
] as const
export type Reason = (typeof reasons)[number]

/** What could be wrong with a figure that is given. */
export const warnings = ['small-sample'] as const
export type Warning = (typeof warnings)[number]
