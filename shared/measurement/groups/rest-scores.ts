import type { Mark } from '../mark.ts'
import type { Pair } from '../raters/pairs.ts'

/** The candidates of one group at one station. */
export type GroupPoints = {
  /** For each candidate the mean of their other stations, and the score here; both in the unit of the marks. */
  points: Pair[]
  /** Whether all of them have a score at every station of the exam. */
  complete: boolean
}

export type RestScores = {
  /** In the order of their ids; groups by name. */
  stations: { station: string; groups: ReadonlyMap<string, GroupPoints> }[]
  /** Names of the groups, the one with most candidates first. */
  groups: string[]
  /** Candidates who were left out: without a group, and with marks in several. */
  ungrouped: number
  severalGroups: number
}

type Entry = { groups: Set<string>; sums: Float64Array; counts: Uint32Array }

/**
 * Each station's scores beside the rest scores. Several marks for one candidate at one station count as their mean; a
 * candidate with a single station has no rest score and no point. Everything is in the order of ids, so that no sum
 * depends on the order of the marks.
 */
export function restScores(marks: readonly Mark[]): RestScores {
  const scored = new Set<string>()
  for (const { station, score } of marks) if (score !== null) scored.add(station)
  const stations = [...scored].sort().map((station) => ({ station, groups: new Map<string, GroupPoints>() }))
  const entries = entriesOf(marks, new Map(stations.map(({ station }, i) => [station, i])))
  const sizes = new Map<string, number>()
  let [ungrouped, severalGroups] = [0, 0]
  for (const candidate of [...entries.keys()].sort()) {
    const entry = entries.get(candidate)
    const [group] = entry?.groups ?? []
    if (!entry || group === undefined) ungrouped++
    else if (entry.groups.size > 1) severalGroups++
    else {
      sizes.set(group, (sizes.get(group) ?? 0) + 1)
      addPoints(stations, group, entry)
    }
  }
  const groups = [...sizes.keys()].sort().sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0))
  return { stations, groups, ungrouped, severalGroups }
}

function entriesOf(marks: readonly Mark[], stationIndex: ReadonlyMap<string, number>): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const { candidate, station, score, group } of marks) {
    let entry = entries.get(candidate)
    if (!entry) {
      entry = {
        groups: new Set(),
        sums: new Float64Array(stationIndex.size),
        counts: new Uint32Array(stationIndex.size),
      }
      entries.set(candidate, entry)
    }
    if (group !== null) entry.groups.add(group)
    const index = stationIndex.get(station)
    if (score === null || index === undefined) continue
    entry.sums[index] = (entry.sums[index] ?? 0) + score
    entry.counts[index] = (entry.counts[index] ?? 0) + 1
  }
  return entries
}

function addPoints(stations: { groups: Map<string, GroupPoints> }[], group: string, { sums, counts }: Entry): void {
  // Stations without a mark hold NaN from here on.
  const means = sums.map((sum, i) => sum / (counts[i] ?? 0))
  let [total, present] = [0, 0]
  for (const mean of means) {
    if (Number.isNaN(mean)) continue
    total += mean
    present++
  }
  if (present < 2) return
  stations.forEach(({ groups }, i) => {
    const score = means[i] ?? Number.NaN
    if (Number.isNaN(score)) return
    let own = groups.get(group)
    if (!own) groups.set(group, (own = { points: [], complete: true }))
    own.points.push([(total - score) / (present - 1), score])
    if (present < stations.length) own.complete = false
  })
}
