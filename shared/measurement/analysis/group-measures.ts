import type { Station } from '../../domain/exam.ts'
import type { StationId } from '../../domain/ids.ts'
import { stationMark } from '../../domain/standard.ts'
import type { ExamData } from '../../scoring/exam-data.ts'
import { meanOf, standardDeviationOf } from '../descriptive.ts'
import {
  differentialFunctioning,
  type DifferentialFunctioning,
  type StationComparison,
} from '../groups/differential-functioning.ts'
import { withheld, type Statistic } from '../statistic.ts'
import type { ExamAnalysis } from './exam-analysis.ts'
import type { ExamMeasures } from './exam-measures.ts'

/** Whether stations treat groups of candidates differently; a station is passed at its mark of the standard in force. */
export type GroupMeasures = Omit<DifferentialFunctioning, 'comparisons'> & {
  /** In the order of stations. */
  comparisons: (Omit<StationComparison, 'station'> & { stationId: StationId; number: number; title: string })[]
  /** By name. Of a group below the minimum nothing but its size is told. */
  groups: { name: string; candidates: number; mean: Statistic; sd: Statistic }[]
}

export function groupMeasures(data: ExamData, { stations, marks, analysis }: ExamMeasures): GroupMeasures {
  const cuts = new Map<string, number>(
    stations.map(({ station }) => [station.id, stationMark(data.standard, station.id)]),
  )
  const known = new Map<string, Station>(stations.map(({ station }) => [station.id, station]))
  const found = differentialFunctioning(marks, { cuts })
  return {
    ...found,
    comparisons: found.comparisons
      .flatMap(({ station, ...comparison }) => {
        const at = known.get(station)
        return at === undefined ? [] : [{ stationId: at.id, number: at.number, title: at.title, ...comparison }]
      })
      .toSorted((a, b) => a.number - b.number),
    groups: groupsOf(data, analysis, found.minimum),
  }
}

function groupsOf({ candidates }: ExamData, analysis: ExamAnalysis, minimum: number): GroupMeasures['groups'] {
  const means = new Map(analysis.candidates.map(({ candidate, mean }) => [candidate, mean.value]))
  const byName = Map.groupBy(
    candidates.filter(({ group }) => group !== ''),
    ({ group }) => group,
  )
  return [...byName]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => {
      const scores = own.flatMap(({ id }) => means.get(id) ?? [])
      const small = scores.length < minimum
      return {
        name,
        candidates: own.length,
        mean: small ? withheld('mean', scores.length, 'group-too-small') : meanOf(scores),
        sd: small ? withheld('standard-deviation', scores.length, 'group-too-small') : standardDeviationOf(scores),
      }
    })
}
