import type { Mark } from '../mark.ts'
import type { ExaminerScore } from '../raters/between-examiners.ts'
import type { GradedScore } from '../standard-setting/borderline-regression.ts'

/** The marks of one station by candidate, in the order of the table's candidates; null is missing. */
export type StationColumn = {
  station: string
  scores: (number | null)[]
  grades: (number | null)[]
  /** Every score by who gave it, where that is known. */
  byExaminer: ExaminerScore[]
  /** Whether somebody's score is the mean of several examiners'. */
  averaged: boolean
}

/** Marks as candidates × stations, both in the order in which the marks name them first. */
export type ExamTable = { candidates: string[]; columns: StationColumn[] }

/**
 * Brings marks into a table. Where several examiners marked one candidate at one station, the mean of their scores and the
 * mean of their grades count, each over those who gave one. A candidate of whom nothing but missing marks is known is in the
 * table, so that they are counted as incomplete.
 */
export function examTable(marks: readonly Mark[]): ExamTable {
  const candidates = new Map<string, number>()
  const stations = new Map<string, Mark[]>()
  for (const mark of marks) {
    if (!candidates.has(mark.candidate)) candidates.set(mark.candidate, candidates.size)
    const there = stations.get(mark.station)
    if (there) there.push(mark)
    else stations.set(mark.station, [mark])
  }
  const columns = [...stations].map(([station, there]) => stationColumn(station, there, candidates))
  return { candidates: [...candidates.keys()], columns }
}

function stationColumn(station: string, marks: readonly Mark[], rows: ReadonlyMap<string, number>): StationColumn {
  const scores = meansOfCells(rows.size)
  const grades = meansOfCells(rows.size)
  const byExaminer: ExaminerScore[] = []
  for (const { candidate, examiner, score, grade } of marks) {
    const row = rows.get(candidate)
    if (row === undefined) continue
    if (score !== null) scores.add(row, score)
    if (grade !== null) grades.add(row, grade)
    if (score !== null && examiner !== null) byExaminer.push({ candidate, examiner, score })
  }
  return {
    station,
    scores: scores.all(),
    grades: grades.all(),
    byExaminer,
    averaged: scores.severalAnywhere() || grades.severalAnywhere(),
  }
}

/** A running mean for each of `count` cells; one without values is missing. */
function meansOfCells(count: number) {
  const sums = new Float64Array(count)
  const counts = new Uint32Array(count)
  return {
    add: (row: number, value: number): void => {
      sums[row] = (sums[row] ?? 0) + value
      counts[row] = (counts[row] ?? 0) + 1
    },
    all: (): (number | null)[] =>
      Array.from(counts, (values, row) => (values === 0 ? null : (sums[row] ?? 0) / values)),
    severalAnywhere: (): boolean => counts.some((values) => values > 1),
  }
}

/** The candidates of a station who have both a score and a grade. */
export const gradedScores = ({ scores, grades }: StationColumn): GradedScore[] =>
  scores.flatMap((score, row) => {
    const grade = grades[row] ?? null
    return score === null || grade === null ? [] : [{ score, grade }]
  })
