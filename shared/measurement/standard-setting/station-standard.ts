import { given, withheld, type Statistic } from '../statistic.ts'
import { angoffCut } from './angoff.ts'
import type { BorderlineGroup } from './borderline-group.ts'
import { cohenCut } from './cohen.ts'

/**
 * How the cut of a station is set. `declared` holds cuts by station, from a rule of the school; `angoff` what each judge
 * gave for each station.
 */
export type StationStandard =
  | { method: 'borderline-regression' }
  | { method: 'borderline-group'; average: 'mean' | 'median' }
  | { method: 'cohen'; share: number }
  | { method: 'declared'; cuts: Readonly<Record<string, number>> }
  | { method: 'angoff'; judged: Readonly<Record<string, readonly number[]>> }

/** What the methods have to choose from at one station. */
type AtStation = { station: string; scores: readonly number[]; regression: Statistic; group: BorderlineGroup }

/** The cut of one station by the declared method, in the unit of its scores. Undefined as that method says. */
export function stationCut(standard: StationStandard, { station, scores, regression, group }: AtStation): Statistic {
  switch (standard.method) {
    case 'borderline-regression':
      return regression
    case 'borderline-group':
      return group[standard.average]
    case 'cohen':
      return cohenCut(scores, standard.share)
    case 'angoff':
      return angoffCut(Object.hasOwn(standard.judged, station) ? (standard.judged[station] ?? []) : [])
    case 'declared': {
      const cut = Object.hasOwn(standard.cuts, station) ? standard.cuts[station] : undefined
      return cut === undefined ? withheld('declared-cut', 0, 'no-declared-cut') : given('declared-cut', 0, cut)
    }
  }
}
