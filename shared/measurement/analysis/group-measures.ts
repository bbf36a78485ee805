import type { StationId } from '../../domain/ids.ts'
import { stationMark } from '../../domain/standard.ts'
import type { ExamData } from '../../scoring/exam-data.ts'
import { meanOf, standardDeviationOf } from '../descriptive.ts'
import {
  differentialFunctioning,
  type DifferentialFunctioning,
  type StationComparison,
} from '../groups/differential-functioning.ts'
import { withheldGroups } from '../groups/withheld-groups.ts'
import type { Mark } from '../mark.ts'
import { withheld, type Statistic } from '../statistic.ts'
import type { ExamAnalysis } from './exam-analysis.ts'
import type { ExamMeasures } from './exam-measures.ts'

/** Whether stations treat groups of candidates differently; a station is passed at its mark of the standard in force. */
export type GroupMeasures<At extends string = StationId> = Omit<DifferentialFunctioning, 'comparisons'> & {
  /** In the order of stations. */
  comparisons: (Omit<StationComparison, 'station'> & { stationId: At; number: number; title: string })[]
  /** By name. Of a group below the minimum nothing but its size is told, nor what would give that away. */
  groups: { name: string; candidates: number; mean: Statistic; sd: Statistic }[]
}

/** `minimum`: the least candidates of a group of which something is told, as declared. */
export function groupMeasures(
  data: ExamData,
  { stations, marks, analysis }: ExamMeasures,
  minimum?: number,
): GroupMeasures {
  const known = stations.map(({ station: { id, number, title } }) => ({ stationId: id, number, title }))
  const cuts = new Map<string, number>(known.map(({ stationId }) => [stationId, stationMark(data.standard, stationId)]))
  return measured(marks, analysis, { known, cuts, minimum, members: data.candidates })
}

/** The same of marks that know their groups; a station is passed at the cut of the analysis, and at none where it has none. */
export function markedGroups(marks: readonly Mark[], analysis: ExamAnalysis, minimum?: number): GroupMeasures<string> {
  const groups = new Map(marks.map(({ candidate, group }) => [candidate, group ?? '']))
  return measured(marks, analysis, {
    known: analysis.stations.map(({ station }, at) => ({ stationId: station, number: at + 1, title: station })),
    cuts: new Map(analysis.stations.flatMap(({ station, cut }) => (cut.value === null ? [] : [[station, cut.value]]))),
    minimum,
    members: [...groups].map(([id, group]) => ({ id, group })),
  })
}

type Known<At extends string> = {
  known: readonly { stationId: At; number: number; title: string }[]
  cuts: ReadonlyMap<string, number>
  members: readonly Member[]
  minimum: number | undefined
}
type Member = { id: string; group: string }

function measured<At extends string>(
  marks: readonly Mark[],
  analysis: ExamAnalysis,
  { known, cuts, members, minimum }: Known<At>,
): GroupMeasures<At> {
  const found = differentialFunctioning(marks, { cuts, ...(minimum !== undefined && { minimum }) })
  const placeOf = new Map<string, (typeof known)[number]>(known.map((station) => [station.stationId, station]))
  return {
    ...found,
    comparisons: found.comparisons
      .flatMap(({ station, ...comparison }) => {
        const at = placeOf.get(station)
        return at === undefined ? [] : [{ ...at, ...comparison }]
      })
      .toSorted((a, b) => a.number - b.number),
    groups: groupsOf(members, analysis, found.minimum),
  }
}

function groupsOf(members: readonly Member[], analysis: ExamAnalysis, minimum: number): GroupMeasures['groups'] {
  const means = new Map(analysis.candidates.map(({ candidate, mean }) => [candidate, mean.value]))
  const byName = Map.groupBy(
    members.filter(({ group }) => group !== ''),
    ({ group }) => group,
  )
  const scored = [...byName]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => ({ name, candidates: own.length, scores: own.flatMap(({ id }) => means.get(id) ?? []) }))
  const reasons = withheldGroups(new Map(scored.map(({ name, scores }) => [name, scores.length])), minimum)
  return scored.map(({ name, candidates, scores }) => {
    const reason = reasons.get(name)
    return {
      ...{ name, candidates },
      mean: reason ? withheld('mean', scores.length, reason) : meanOf(scores),
      sd: reason ? withheld('standard-deviation', scores.length, reason) : standardDeviationOf(scores),
    }
  })
}
