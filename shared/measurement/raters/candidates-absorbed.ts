import { Matrix } from 'ml-matrix'
import { combine, levelsOf } from '../data/levels.ts'
import { add, at } from '../data/vector.ts'
import { vary } from '../descriptive.ts'
import type { Mark } from '../mark.ts'
import type { Reason } from '../terms.ts'

/** A score by an examiner. */
export type ExaminerScore = Pick<Mark, 'candidate' | 'station' | 'examiner' | 'score'>

/** The scores that an examiner is named for, the factors as numbers from 0, and what was scored, less its mean. */
export type Marking = {
  n: number
  values: Float64Array
  candidates: Factor
  stations: Factor
  examiners: Factor
  /** How many pairs of a candidate and an examiner met. */
  meetings: number
}
type Factor = { of: Int32Array; names: string[]; size: number }

/** Sorts out what can be compared at all; refuses what is too little for it. */
export function readMarking(marks: readonly ExaminerScore[]): Marking | { withheld: Reason } {
  const present = marks.flatMap(({ candidate, station, examiner, score }) =>
    examiner === null || score === null ? [] : [{ candidate, station, examiner, score }],
  )
  if (present.length === 0) return { withheld: 'no-data' }
  const factor = (column: string[]): Factor => {
    const levels = levelsOf(column)
    return { ...levels, size: levels.names.length }
  }
  const candidates = factor(present.map(({ candidate }) => candidate))
  const examiners = factor(present.map(({ examiner }) => examiner))
  if (examiners.size < 2) return { withheld: 'one-examiner' }
  if (candidates.size < 2) return { withheld: 'one-candidate' }
  const scores = present.map(({ score }) => score)
  if (!vary(scores)) return { withheld: 'no-variance' }
  // By way of the first score, so that large scores that differ little lose no digits.
  const away = scores.map((score) => score - (scores[0] ?? 0))
  const mean = away.reduce((total, distance) => total + distance, 0) / away.length
  return {
    n: present.length,
    values: Float64Array.from(away, (distance) => distance - mean),
    candidates,
    stations: factor(present.map(({ station }) => station)),
    examiners,
    meetings: combine(examiners.of, examiners.size, candidates.of, candidates.size).size,
  }
}

/**
 * What the candidates with the same number of marks add to the equations of stations and examiners: `products` sums over
 * them x·x', x counting a candidate's marks at each station and by each examiner; `totals` sums x times the candidate's
 * total; `squares` the squared totals.
 */
export type Group = { marks: number; candidates: number; products: Matrix; totals: Float64Array; squares: number }

/** The equations of stations (first) and examiners before candidates are absorbed, and the groups to absorb them by. */
export type Equations = { counts: Matrix; totals: Float64Array; squares: number; groups: Group[] }

/**
 * One pass over the marks, after which neither the number of candidates nor that of marks matters: a candidate is known by
 * the stations and examiners met, so nothing is ever as large as candidates × candidates.
 */
export function equationsOf({ n, values, candidates, stations, examiners }: Marking): Equations {
  const columns = stations.size + examiners.size
  const counts = Matrix.zeros(columns, columns)
  const totals = new Float64Array(columns)
  let squares = 0
  const marksOf = Array.from({ length: candidates.size }, (): number[] => [])
  for (let i = 0; i < n; i++) {
    marksOf[at(candidates.of, i)]?.push(i)
    const [station, examiner, value] = [at(stations.of, i), stations.size + at(examiners.of, i), at(values, i)]
    counts.set(station, station, counts.get(station, station) + 1)
    counts.set(examiner, examiner, counts.get(examiner, examiner) + 1)
    counts.set(station, examiner, counts.get(station, examiner) + 1)
    counts.set(examiner, station, counts.get(examiner, station) + 1)
    add(totals, station, value)
    add(totals, examiner, value)
    squares += value ** 2
  }

  const groups = new Map<number, Omit<Group, 'products'> & { table: Float64Array }>()
  for (const marks of marksOf) {
    const group = groups.get(marks.length) ?? {
      marks: marks.length,
      candidates: 0,
      table: new Float64Array(columns ** 2),
      totals: new Float64Array(columns),
      squares: 0,
    }
    groups.set(marks.length, group)
    const met = marks.flatMap((i) => [at(stations.of, i), stations.size + at(examiners.of, i)])
    let total = 0
    for (const i of marks) total += at(values, i)
    group.candidates += 1
    group.squares += total ** 2
    for (const column of met) {
      add(group.totals, column, total)
      for (const other of met) add(group.table, column * columns + other, 1)
    }
  }
  return {
    counts,
    totals,
    squares,
    groups: [...groups.values()].map(({ table, ...group }) => ({
      ...group,
      products: Matrix.from1DArray(columns, columns, [...table]),
    })),
  }
}

/** The equations with candidates absorbed, `weight` being what a candidate with so many marks takes off per product. */
export function absorb(
  { counts, totals, squares, groups }: Equations,
  weight: (marks: number) => number,
): { matrix: Matrix; totals: Float64Array; squares: number } {
  const matrix = counts.clone()
  const left = totals.slice()
  let leftSquares = squares
  for (const group of groups) {
    const share = weight(group.marks)
    matrix.sub(Matrix.mul(group.products, share))
    group.totals.forEach((total, column) => add(left, column, -share * total))
    leftSquares -= share * group.squares
  }
  return { matrix, totals: left, squares: leftSquares }
}
