import { withheld, type Statistic } from '../statistic.ts'
import { angoffExamCut, angoffStationCut, type Judged } from './angoff.ts'
import type { BorderlineGroup } from './borderline-group.ts'
import { cohenCut } from './cohen.ts'
import { examCut } from './exam-cut.ts'
import type { HofsteeRectangle } from './hofstee.ts'

/**
 * How the cut of a station is set. `angoff` holds what each judge gave for each station, in the same order everywhere;
 * `hofstee` sets the cut of the exam alone, which each station is then passed at.
 */
export type StationStandard =
  | { method: 'borderline-regression' }
  | { method: 'borderline-group'; average: 'mean' | 'median' }
  | { method: 'cohen'; share: number }
  | { method: 'angoff'; judged: Readonly<Record<string, Judged>> }
  | { method: 'hofstee'; rectangle: HofsteeRectangle }

/** What the methods have to choose from at one station; `exam` is the cut of the exam where the method sets that alone. */
type AtStation = {
  station: string
  scores: readonly number[]
  regression: Statistic
  group: BorderlineGroup
  exam: Statistic | null
}

/** The cut of one station by the declared method, in the unit of its scores. Undefined as that method says. */
export function stationCut(
  standard: StationStandard,
  { station, scores, regression, group, exam }: AtStation,
): Statistic {
  switch (standard.method) {
    case 'borderline-regression':
      return regression
    case 'borderline-group':
      return group[standard.average]
    case 'cohen':
      return cohenCut(scores, standard.share)
    case 'angoff':
      return angoffStationCut(judgedAt(standard.judged, station))
    case 'hofstee':
      return exam ?? withheld('hofstee', 0, 'no-data')
  }
}

/** The cut of the exam from those of its stations: their mean, and by Angoff's method that of the judges. */
export function examCutOf(
  standard: StationStandard,
  stations: readonly { station: string; cut: Statistic }[],
): Statistic {
  const cut = examCut(stations.map((one) => one.cut))
  if (standard.method !== 'angoff' || cut.value === null) return cut
  return angoffExamCut(stations.map(({ station }) => judgedAt(standard.judged, station))).cut
}

const judgedAt = (judged: Readonly<Record<string, Judged>>, station: string): Judged =>
  Object.hasOwn(judged, station) ? (judged[station] ?? []) : []
