import type { CandidateResult } from '#shared/domain/results.ts'

type Judged = Pick<CandidateResult, 'outcome' | 'score' | 'stationsPassed' | 'exam'>

/** Why the outcome is what it is, by the rule declared with the exam: the key of a sentence. */
export function becauseOf({ outcome, score, stationsPassed, exam }: Judged) {
  if (outcome === 'incomplete' || outcome === 'review') return outcome
  const { passMark, minStationsPassed } = exam.passRule
  if (outcome === 'pass') return minStationsPassed > 0 ? 'pass' : 'passMeanOnly'
  const mean = score.value !== null && score.value >= passMark
  if (mean) return 'failStations'
  return stationsPassed >= minStationsPassed ? 'failMean' : 'failBoth'
}
