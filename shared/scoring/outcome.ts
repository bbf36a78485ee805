import type { StationResult } from '../domain/results.ts'
import type { Outcome, Score, Unmet } from '../domain/scores.ts'
import { markToPass, type Standard } from '../domain/standard.ts'
import { meanOf } from './distribution.ts'
import { settled } from './means.ts'

export type ExamOutcome = {
  outcome: Outcome
  unmet: Unmet
  score: Score
  stationsPassed: number
  stationsScored: number
}

type Counted = Pick<StationResult, 'stationId' | 'score' | 'passed' | 'marks'>

/**
 * A candidate's exam score is the mean of the scores of the stations that count. Pass: the mean reaches the mark of the
 * standard, enough of them were passed, compared unrounded, and no red flag was upheld at any. Incomplete: a scored station has
 * no score; the mean of the
 * others is shown, but no outcome is made of it. Review: a red flag waits for a second person. `scored` is the number
 * of scored stations that the exam has; `met` are those at which the candidate has an encounter. Whoever reaches the cut and not
 * the mark fails here, where a standard has been declared or decided; the analysis of a rule that nobody decided on calls the
 * same candidate borderline (`measurement/standard-setting/exam-outcome.ts`).
 */
export function examOutcome(met: readonly Counted[], standard: Standard, scored: number): ExamOutcome {
  const stations = met.filter(({ stationId }) => !standard.excluded.includes(stationId))
  const planned = scored - standard.excluded.length
  const values = stations.flatMap(({ score }) => (score.value === null ? [] : [score.value]))
  const stationsPassed = stations.filter(({ passed }) => passed === true).length
  const mean = meanOf(values)
  const value = mean === null ? null : settled(mean)
  const missing = values.length < planned
  const score: Score = {
    value,
    n: values.length,
    reason: value === null ? withheldReason(stations.length, planned) : null,
  }
  const base = { score, stationsPassed, stationsScored: values.length, unmet: [] }
  if (value === null || missing) return { ...base, outcome: 'incomplete' }
  const flags = met.flatMap(({ marks }) => marks.filter(({ kind }) => kind === 'red-flag'))
  if (flags.some(({ review }) => review === null)) return { ...base, outcome: 'review' }
  const unmet: Unmet = []
  if (value < settled(markToPass(standard))) unmet.push('pass-mark')
  if (stationsPassed < standard.minStationsPassed) unmet.push('stations')
  if (hasUpheldFlag(met)) unmet.push('red-flag')
  return { ...base, unmet, outcome: unmet.length === 0 ? 'pass' : 'fail' }
}

function withheldReason(met: number, planned: number): Score['reason'] {
  if (planned === 0) return 'no-scored-station'
  return met === 0 ? 'not-in-rotation' : 'stations-missing'
}

/** Whether a second person upheld a red flag at one of the stations. */
export const hasUpheldFlag = (stations: readonly Pick<StationResult, 'marks'>[]): boolean =>
  stations.some(({ marks }) => marks.some(({ kind, review }) => kind === 'red-flag' && review?.decision === 'upheld'))
