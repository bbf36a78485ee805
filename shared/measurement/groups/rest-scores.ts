import type { Mark } from '../mark.ts'

/** A candidate at a station, beside how that candidate did at all others; both in the unit of the marks. */
export type RestPoint = {
  group: string
  score: number
  /** Mean of the candidate's other stations. */
  rest: number
  /** Whether the candidate has a score at every other station of the exam. */
  complete: boolean
}

export type RestScores = {
  /** In the order of their ids. */
  stations: { station: string; points: RestPoint[] }[]
  /** Candidates of each group, the largest first. */
  groups: { group: string; candidates: number }[]
  /** Candidates who were left out: without a group, and with marks in several. */
  ungrouped: number
  severalGroups: number
}

type Cell = { sum: number; count: number }
type Entry = { groups: Set<string>; cells: Map<string, Cell> }

const inOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Each station's scores beside the rest scores. Several marks for one candidate at one station count as their mean; a
 * candidate with a single station has no rest score and no point.
 */
export function restScores(marks: readonly Mark[]): RestScores {
  const entries = new Map<string, Entry>()
  for (const { candidate, station, score, group } of marks) {
    const entry = entries.get(candidate) ?? { groups: new Set(), cells: new Map<string, Cell>() }
    entries.set(candidate, entry)
    if (group !== null) entry.groups.add(group)
    if (score === null) continue
    const cell = entry.cells.get(station) ?? { sum: 0, count: 0 }
    entry.cells.set(station, cell)
    cell.sum += score
    cell.count++
  }
  const points = new Map<string, RestPoint[]>()
  const stationCount = new Set(marks.filter(({ score }) => score !== null).map(({ station }) => station)).size
  const sizes = new Map<string, number>()
  let [ungrouped, severalGroups] = [0, 0]
  // In the order of ids, so that no sum depends on the order of the marks.
  for (const [, { groups, cells }] of [...entries].sort(([a], [b]) => inOrder(a, b))) {
    const [group] = groups
    if (group === undefined) ungrouped++
    else if (groups.size > 1) severalGroups++
    else {
      sizes.set(group, (sizes.get(group) ?? 0) + 1)
      const means = [...cells]
        .sort(([a], [b]) => inOrder(a, b))
        .map(([station, { sum, count }]) => ({ station, mean: sum / count }))
      const total = means.reduce((sum, { mean }) => sum + mean, 0)
      if (means.length < 2) continue
      for (const { station, mean } of means) {
        const list = points.get(station) ?? []
        points.set(station, list)
        list.push({
          group,
          score: mean,
          rest: (total - mean) / (means.length - 1),
          complete: means.length === stationCount,
        })
      }
    }
  }
  return {
    stations: [...points].sort(([a], [b]) => inOrder(a, b)).map(([station, list]) => ({ station, points: list })),
    groups: [...sizes]
      .sort(([a, first], [b, second]) => second - first || inOrder(a, b))
      .map(([group, candidates]) => ({ group, candidates })),
    ungrouped,
    severalGroups,
  }
}
