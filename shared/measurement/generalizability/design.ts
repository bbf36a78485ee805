import { combine, levelsOf, type Combined } from '../data/levels.ts'
import { add, at } from '../data/vector.ts'
import { vary } from '../descriptive.ts'
import type { Mark } from '../mark.ts'
import type { Reason } from '../terms.ts'

/** A score of a candidate at a station, by an examiner where one is named; null is missing. */
export type Score = Pick<Mark, 'candidate' | 'station' | 'examiner' | 'score'>

/** What was crossed with what: p persons (candidates), s stations, r raters (examiners); `r:s` are raters within a station. */
export type DesignName = 'p×s' | 'p×s×r' | 'p×(r:s)'

/**
 * Who gave the scores. With one score a cell (a candidate at a station): nobody is named, one examiner gave them all, each
 * station had one, or several. With several scores a cell: every examiner marked at every station (`crossed`), at some of
 * them, or each at one alone (`nested`); or each examiner of a station was taken for a station (`ignored`).
 */
export type Raters =
  | 'unnamed'
  | 'one-examiner'
  | 'one-a-station'
  | 'several-a-station'
  | 'crossed'
  | 'partly-crossed'
  | 'nested'
  | 'ignored'

/** The design of a set of scores; the counts are of what has a score. */
export type Design = {
  name: DesignName
  raters: Raters
  /** Whether every candidate has every score that the design provides for. */
  balanced: boolean
  candidates: number
  stations: number
  /** 0 where none is named. */
  examiners: number
  scores: number
}

/** The scores that are not missing, the levels of their facets as numbers, and how many levels there are. */
export type Scores = {
  /** The scores less their mean: what is computed from them does not move with it, and sums lose fewer digits. */
  values: Float64Array
  persons: Combined
  stations: Combined
  raters: Combined
}

/** Reads the design from the data: who was marked where, and by how many. */
export function designOf(marks: readonly Score[]): Design | { withheld: Reason } {
  const read = readDesign(marks)
  return 'withheld' in read ? read : read.design
}

/**
 * The design of the scores, or the scores taken in the design `as`, and the scores ready to be added up. Two scores of one
 * candidate at one station by one examiner, or by nobody named, are in no design.
 */
export function readDesign(
  marks: readonly Score[],
  as?: DesignName,
): { design: Design; scores: Scores } | { withheld: Reason } {
  const present = marks.filter(({ score }) => score !== null)
  const n = present.length
  if (n === 0) return { withheld: 'no-data' }
  const levels = (column: string[]): Combined & { names: string[] } => {
    const { of, names } = levelsOf(column)
    return { of, names, size: names.length }
  }
  const persons = levels(present.map(({ candidate }) => candidate))
  const stations = levels(present.map(({ station }) => station))
  const raters = levels(present.map(({ examiner }) => examiner ?? ''))
  const named = raters.names.filter((name) => name !== '').length

  const met = combine(stations.of, stations.size, raters.of, raters.size)
  const several = combine(persons.of, persons.size, stations.of, stations.size).size < n
  if (several && named < raters.size) return { withheld: 'examiners-unnamed' }
  if (several && combine(persons.of, persons.size, met.of, met.size).size < n)
    return { withheld: 'two-marks-in-a-cell' }

  const name = as ?? (several ? (met.size === raters.size ? 'p×(r:s)' : 'p×s×r') : 'p×s')
  const ignored = name === 'p×s' && several
  // One score a cell is told as what it is, whatever design is asked for.
  const told = several ? name : 'p×s'
  const conditions = {
    'p×s': ignored ? met.size : stations.size,
    'p×s×r': stations.size * raters.size,
    'p×(r:s)': met.size,
  }[told]
  // By way of the first score, so that large scores that differ little lose no digits.
  const given = present.map(({ score }) => score ?? 0)
  const first = given[0] ?? 0
  const away = vary(given) ? given.map((score) => score - first) : given.map(() => 0)
  const mean = away.reduce((total, distance) => total + distance, 0) / n
  return {
    design: {
      name,
      raters: ratersOf(),
      // As many scores as there are places for them; raters within stations are as many at each.
      balanced: n === persons.size * conditions && (told !== 'p×(r:s)' || isEven(stations, met)),
      candidates: persons.size,
      stations: stations.size,
      examiners: named,
      scores: n,
    },
    scores: {
      values: Float64Array.from(away, (distance) => distance - mean),
      persons,
      stations: ignored ? met : stations,
      raters,
    },
  }

  function ratersOf(): Raters {
    if (ignored) return 'ignored'
    if (told === 'p×(r:s)') return 'nested'
    if (told === 'p×s×r') return met.size === stations.size * raters.size ? 'crossed' : 'partly-crossed'
    if (named < raters.size) return 'unnamed'
    if (raters.size === 1) return 'one-examiner'
    return met.size === stations.size ? 'one-a-station' : 'several-a-station'
  }
}

/** Whether every station has the same number of the raters that were met there. */
function isEven(stations: Combined, met: Combined): boolean {
  const stationOf = new Int32Array(met.size)
  for (let i = 0; i < met.of.length; i++) stationOf[at(met.of, i)] = at(stations.of, i)
  const each = new Int32Array(stations.size)
  for (const station of stationOf) add(each, station, 1)
  return each.every((count) => count === each[0])
}
