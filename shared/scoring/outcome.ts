import type { PassRule } from '../domain/exam.ts'
import type { StationResult } from '../domain/results.ts'
import type { Outcome, Score } from '../domain/scores.ts'
import { meanOf } from './distribution.ts'

export type ExamOutcome = { outcome: Outcome; score: Score; stationsPassed: number; stationsScored: number }

type Counted = Pick<StationResult, 'score' | 'passed' | 'marks'>

/**
 * A candidate's exam score is the mean of the station scores. Pass: the mean reaches the pass mark and enough stations
 * were passed, compared unrounded. Incomplete: a scored station has no score; the mean of the others is shown, but no
 * outcome is made of it. Review: a red flag waits for a second person.
 */
export function examOutcome(stations: readonly Counted[], rule: PassRule): ExamOutcome {
  const values = stations.flatMap(({ score }) => (score.value === null ? [] : [score.value]))
  const stationsPassed = stations.filter(({ passed }) => passed === true).length
  const value = meanOf(values)
  const missing = values.length < stations.length
  const score: Score = {
    value,
    n: values.length,
    reason: value !== null ? null : stations.length === 0 ? 'no-scored-station' : 'stations-missing',
  }
  const base = { score, stationsPassed, stationsScored: values.length }
  if (value === null || missing) return { ...base, outcome: 'incomplete' }
  const waits = stations.some(({ marks }) => marks.some(({ kind, review }) => kind === 'red-flag' && review === null))
  if (waits) return { ...base, outcome: 'review' }
  return { ...base, outcome: value >= rule.passMark && stationsPassed >= rule.minStationsPassed ? 'pass' : 'fail' }
}
