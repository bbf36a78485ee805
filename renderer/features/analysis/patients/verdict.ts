import type { Statistic } from '#shared/measurement/statistic.ts'

/** How concordance and intraclass correlations are commonly read (Koo and Li 2016). */
const POOR = 0.5
const GOOD = 0.75
/** From this many pairs on concordance has an interval, unless agreement is perfect or there is none at all. */
const LEAST = 4

const classOf = (coefficient: number) => (coefficient < POOR ? 'poor' : coefficient < GOOD ? 'moderate' : 'good')

/** How far two sides agree; "unsure" where the interval holds poor and good agreement alike, "bare" where too few tell. */
export function agreementClass({ value, n, ci95 }: Statistic) {
  if (value === null) return 'withheld'
  if (!ci95) return n < LEAST ? 'bare' : classOf(value)
  return ci95[0] < POOR && ci95[1] >= GOOD ? 'unsure' : classOf(value)
}

/** Who scores higher on average: the examiner, the patient, or neither. */
export const sideOf = (bias: number) => (bias > 0 ? 'higher' : bias < 0 ? 'lower' : 'level')

/** Whether the interval of a correlation leaves out 0, and on which side; "point" where there is none. */
export function relationOf({ value, ci95 }: Statistic) {
  if (value === null) return 'withheld'
  if (!ci95) return 'point'
  return ci95[0] > 0 ? 'with' : ci95[1] < 0 ? 'against' : 'not'
}
