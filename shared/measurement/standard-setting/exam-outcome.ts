import type { Statistic } from '../statistic.ts'
import type { Reason } from '../terms.ts'
import { isBelow } from './failures.ts'

/** What must be met together to pass: no requirement makes up for another. Declared before the results are seen. */
export type ConjunctiveRule = {
  /** How many stations must be passed, each at its own cut; 0 for none. */
  minStationsPassed: number
  /** How many standard errors of measurement the mean must lie above the cut; 0 for none, never negative. */
  semMultiple: number
}

export type ExamOutcome = 'pass' | 'fail' | 'borderline' | 'incomplete'

/** What a candidate who did not pass fell short of. */
export type ShortOf = 'cut' | 'sem' | 'stations' | 'red-flag'

/** `outcome` is null where the cut or the SEM that the rule needs is withheld, and `reason` says why. */
export type CandidateOutcome = { outcome: ExamOutcome | null; shortOf: ShortOf[]; reason?: Reason }

/** What is known of one candidate: the mean of the station scores, in the unit of the cut. */
export type Standing = { mean: number | null; complete: boolean; stationsPassed: number; redFlag: boolean }

/**
 * The outcome of one candidate; exactly one of four, looked for in this order.
 *
 * - `incomplete`: a station has no score, so there is nothing to compare with the cut of the whole exam.
 * - `fail`: a red flag was upheld, fewer than `minStationsPassed` were passed, or the mean is below the cut.
 * - `borderline`: all of that is met, but cut ≤ mean < cut + k·SEM, with k = `semMultiple`: the mean is above the cut by less
 *   than its error, and the rule asks for more. With k = 0 nobody is borderline. It is not a pass; what becomes of these
 *   candidates is for the committee.
 * - `pass`: mean ≥ cut + k·SEM, enough stations passed and no upheld red flag.
 *
 * The SEM is that of the mean score and counts once, here; the stations are passed at their cuts without it.
 */
export function decide(standing: Standing, rule: ConjunctiveRule, cut: Statistic, sem: Statistic): CandidateOutcome {
  if (!standing.complete || standing.mean === null) return { outcome: 'incomplete', shortOf: [] }
  const shortOf: ShortOf[] = []
  if (standing.redFlag) shortOf.push('red-flag')
  if (cut.value === null) {
    if (shortOf.length > 0) return { outcome: 'fail', shortOf }
    return { outcome: null, shortOf, reason: cut.reason ?? 'no-data' }
  }
  if (isBelow(standing.mean, cut.value)) shortOf.push('cut')
  if (standing.stationsPassed < rule.minStationsPassed) shortOf.push('stations')
  if (shortOf.length > 0) return { outcome: 'fail', shortOf }
  if (rule.semMultiple === 0) return { outcome: 'pass', shortOf }
  if (sem.value === null) return { outcome: null, shortOf, reason: sem.reason ?? 'no-data' }
  return isBelow(standing.mean, cut.value + rule.semMultiple * sem.value)
    ? { outcome: 'borderline', shortOf: ['sem'] }
    : { outcome: 'pass', shortOf }
}
