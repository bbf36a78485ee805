import type { Statistic } from '../statistic.ts'
import { angoffCut, angoffExamCut } from './angoff.ts'
import type { BorderlineGroup } from './borderline-group.ts'
import { cohenCut } from './cohen.ts'
import { examCut } from './exam-cut.ts'

/** How the cut of a station is set. `angoff` holds what each judge gave for each station, in the same order everywhere. */
export type StationStandard =
  | { method: 'borderline-regression' }
  | { method: 'borderline-group'; average: 'mean' | 'median' }
  | { method: 'cohen'; share: number }
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
      return angoffCut(judgedAt(standard.judged, station))
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

const judgedAt = (judged: Readonly<Record<string, readonly number[]>>, station: string): readonly number[] =>
  Object.hasOwn(judged, station) ? (judged[station] ?? []) : []
