import type { CandidateResult } from '#shared/domain/results.ts'
import type { Unmet } from '#shared/domain/scores.ts'

type Judged = Pick<CandidateResult, 'outcome' | 'unmet' | 'standard'>

/** Why the outcome is what it is, by the standard in force: the keys of one or two sentences. */
export function becauseOf({ outcome, unmet, standard }: Judged) {
  if (outcome === 'incomplete' || outcome === 'review') return [outcome]
  if (outcome === 'pass') return [standard.minStationsPassed > 0 ? ('pass' as const) : ('passMeanOnly' as const)]
  return [...scoreReason(unmet), ...(unmet.includes('red-flag') ? ['failFlag' as const] : [])]
}

function scoreReason(unmet: Unmet) {
  const stations = unmet.includes('stations')
  if (unmet.includes('pass-mark')) return [stations ? ('failBoth' as const) : ('failMean' as const)]
  return stations ? ['failStations' as const] : []
}
