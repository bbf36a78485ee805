import type { PassRule } from '../domain/exam.ts'
import type { StationResult } from '../domain/results.ts'
import type { Outcome, Score, Unmet } from '../domain/scores.ts'
import { meanOf } from './distribution.ts'
import { settled } from './means.ts'

export type ExamOutcome = {
  outcome: Outcome
  unmet: Unmet
  score: Score
  stationsPassed: number
  stationsScored: number
}

type Counted = Pick<StationResult, 'score' | 'passed' | 'marks'>

/**
 * A candidate's exam score is the mean of the station scores. Pass: the mean reaches the pass mark, enough stations were
 * passed, compared unrounded, and no red flag was upheld. Incomplete: a scored station has no score; the mean of the
 * others is shown, but no outcome is made of it. Review: a red flag waits for a second person. `planned` is the number
 * of scored stations that the exam has; `stations` are those at which the candidate has an encounter.
 */
export function examOutcome(stations: readonly Counted[], rule: PassRule, planned: number): ExamOutcome {
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
  const flags = stations.flatMap(({ marks }) => marks.filter(({ kind }) => kind === 'red-flag'))
  if (flags.some(({ review }) => review === null)) return { ...base, outcome: 'review' }
  const unmet: Unmet = []
  if (value < rule.passMark) unmet.push('pass-mark')
  if (stationsPassed < rule.minStationsPassed) unmet.push('stations')
  if (hasUpheldFlag(stations)) unmet.push('red-flag')
  return { ...base, unmet, outcome: unmet.length === 0 ? 'pass' : 'fail' }
}

function withheldReason(met: number, planned: number): Score['reason'] {
  if (planned === 0) return 'no-scored-station'
  return met === 0 ? 'not-in-rotation' : 'stations-missing'
}

/** Whether a second person upheld a red flag at one of the stations. */
export const hasUpheldFlag = (stations: readonly Pick<StationResult, 'marks'>[]): boolean =>
  stations.some(({ marks }) => marks.some(({ kind, review }) => kind === 'red-flag' && review?.decision === 'upheld'))
