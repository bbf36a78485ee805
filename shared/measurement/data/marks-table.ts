import { cleanLine } from '../../domain/clean-line.ts'
import type { ListTable, ListTableRow } from '../../domain/list-table.ts'
import { oneOfEach, type Mark } from '../mark.ts'
import { cellBeyond, numberProblem, unreadCell, type DataProblem } from './data-problem.ts'
import {
  nameThatIsTwice,
  recognisedColumns,
  stationColumns,
  type MarksColumns,
  type MarksLayout,
} from './marks-columns.ts'
import { numberCell } from './number-cell.ts'

/** What is declared of a file from elsewhere: what its scores and grades may be, and where candidates' groups stand. */
export type MarksScale = {
  /** The highest score there is; null where nobody declared it. With it no score is below 0. */
  maxScore: number | null
  /** The lowest and the highest grade, whole numbers. */
  grades: { low: number; high: number }
  /** The column of the candidates' groups by its name in the header; null for none. */
  groupColumn: string | null
}

/**
 * The marks of a file, or what is wrong with it; where there is a problem, the marks are not all. `notes` say what was
 * left out without being wrong.
 */
export type ReadMarks = {
  layout: MarksLayout
  columns: MarksColumns
  marks: Mark[]
  problems: DataProblem[]
  notes: DataProblem[]
}

/**
 * Reads the marks of an exam that was not held here. A *long* table has a line a mark, with columns candidate, station,
 * score and, where they are known, examiner and grade. A *wide* one has a line a candidate: a column of scores for each
 * station, and beside it "<station> grade" and "<station> examiner" where they are known. `chosen` says which column is
 * what; without it their names do. An empty cell is missing. Nothing is guessed: whatever is no number, off the scale or
 * there twice is a problem with its row and column.
 */
export function readMarksTable(table: ListTable, scale: MarksScale, chosen: MarksColumns | null = null): ReadMarks {
  const columns = chosen ?? recognisedColumns(table.header, scale.groupColumn)
  const { layout } = columns
  const notes = namelessColumns(table, columns)
  const problems = headerProblems(table, columns, scale, chosen !== null)
  if (problems.length > 0) return { layout, columns, marks: [], problems, notes }
  const read = columns.layout === 'long' ? readLong(table, columns, scale) : readWide(table, columns, scale)
  const beyond = table.rows.flatMap((source) => cellBeyond(source, table.header))
  const sorted = [...beyond, ...read.problems].toSorted((a, b) => a.row - b.row)
  return { layout, columns, marks: read.marks, problems: sorted, notes }
}

type Long = Extract<MarksColumns, { layout: 'long' }>
type Wide = Extract<MarksColumns, { layout: 'wide' }>
type Read = Pick<ReadMarks, 'marks' | 'problems'>

function headerProblems(
  { header }: ListTable,
  columns: MarksColumns,
  { groupColumn }: MarksScale,
  isChosen: boolean,
): DataProblem[] {
  const problem = (code: DataProblem['code'], params: DataProblem['params'] = {}, column: string | null = null) => [
    { row: 1, column, code, params },
  ]
  if (columns.candidate === null) return problem('no-candidate-column')
  if (columns.layout === 'long' && columns.station === null) {
    return columns.score === null
      ? problem('no-station-column')
      : problem('score-without-station', {}, header[columns.score]?.trim() ?? '')
  }
  if (columns.layout === 'long' && columns.score === null) return problem('no-score-column')
  if (!isChosen && groupColumn !== null && columns.group === null) {
    return problem('no-group-column', { name: groupColumn })
  }
  const places = placesOf(columns)
  const shared = places.find((at, i) => places.indexOf(at) !== i)
  if (shared !== undefined) return problem('column-for-two', {}, nameOf(header, shared))
  const byName = !isChosen || columns.layout === 'wide'
  const twice = byName ? nameThatIsTwice(header, columns.layout === 'wide' ? columns.leftOut : []) : null
  if (twice !== null) return problem('column-twice', {}, twice)
  const isBare = columns.layout === 'wide' && stationColumns(header, columns).length === 0
  return isBare ? problem('no-station-column') : []
}

/** The columns that have one meaning each. */
const placesOf = (columns: MarksColumns): number[] =>
  (columns.layout === 'long'
    ? [columns.candidate, columns.station, columns.score, columns.examiner, columns.grade, columns.group]
    : [columns.candidate, columns.group]
  ).filter((at) => at !== null)

/** A column by its name, or by its place where it has none. */
const nameOf = (header: readonly string[], at: number): string => {
  const name = (header[at] ?? '').trim()
  return name === '' ? String(at + 1) : name
}

/** Columns that hold something, have no name and are therefore not read. */
function namelessColumns({ header, rows }: ListTable, columns: MarksColumns): DataProblem[] {
  const read = new Set(placesOf(columns))
  return header.flatMap((name, at) => {
    if (name.trim() !== '' || read.has(at)) return []
    const cells = rows.filter((row) => (row.cells[at] ?? '').trim() !== '').length
    if (cells === 0) return []
    return [{ row: 1, column: String(at + 1), code: 'column-without-name' as const, params: { cells } }]
  })
}

const cellAt = ({ cells }: ListTableRow, at: number | null): string => (at === null ? '' : cleanLine(cells[at] ?? ''))

function readLong({ header, rows }: ListTable, columns: Long, scale: MarksScale): Read {
  const name = (at: number | null) => nameOf(header, at ?? -1)
  const reader = createReader(scale)
  for (const source of rows) {
    const candidate = reader.id(source, columns.candidate, name(columns.candidate))
    const station = reader.id(source, columns.station, name(columns.station))
    const examiner = reader.id(source, columns.examiner, name(columns.examiner))
    if (candidate === null || station === null || examiner === null) continue
    if (candidate === '') reader.wrong(source.row, name(columns.candidate), 'candidate-missing')
    else if (station === '') reader.wrong(source.row, name(columns.station), 'station-missing')
    else {
      const cell = { row: source.row, scoreColumn: name(columns.score), gradeColumn: name(columns.grade) }
      reader.group(candidate, source, columns.group, name(columns.group))
      const cells = { score: cellAt(source, columns.score), grade: cellAt(source, columns.grade) }
      reader.mark({ candidate, station, examiner }, cells, cell)
    }
  }
  return reader.done()
}

function readWide({ header, rows }: ListTable, columns: Wide, scale: MarksScale): Read {
  const name = (at: number | null) => nameOf(header, at ?? -1)
  const stations = stationColumns(header, columns)
  const reader = createReader(scale)
  for (const source of rows) {
    const candidate = reader.id(source, columns.candidate, name(columns.candidate))
    if (candidate === null) continue
    if (candidate === '') {
      reader.wrong(source.row, name(columns.candidate), 'candidate-missing')
      continue
    }
    reader.group(candidate, source, columns.group, name(columns.group))
    for (const { station, score, grade, examiner: by } of stations) {
      const examiner = reader.id(source, by, name(by))
      if (examiner === null) continue
      reader.mark(
        { candidate, station, examiner },
        { score: cellAt(source, score), grade: cellAt(source, grade) },
        { row: source.row, scoreColumn: name(score), gradeColumn: name(grade) },
      )
    }
  }
  return reader.done()
}

type Ids = { candidate: string; station: string; examiner: string }
type Place = { row: number; scoreColumn: string; gradeColumn: string }

/** Gathers marks and problems; what was read first of a cell is kept, and the second is a problem. */
function createReader({ maxScore, grades }: MarksScale) {
  const marks: Mark[] = []
  const one = oneOfEach()
  const problems: DataProblem[] = []
  const rows = new Map<string, number>()
  const groups = new Map<string, string>()
  const wrong = (row: number, column: string, code: DataProblem['code'], params: DataProblem['params'] = {}) => {
    problems.push({ row, column: column.trim(), code, params })
  }
  const numberOf = (text: string, row: number, column: string): number | null => {
    const cell = numberCell(text)
    if (cell.kind === 'number') return cell.value
    const problem = numberProblem(text)
    if (problem) wrong(row, column, problem.code, problem.params)
    return null
  }
  /** A name in a cell; null, with its problem told, where a workbook has an error or no value there. */
  const id = (source: ListTableRow, index: number | null, column: string): string | null => {
    const text = cellAt(source, index)
    const problem = unreadCell(text)
    if (problem) wrong(source.row, column, problem.code, problem.params)
    return problem ? null : text
  }
  return {
    wrong,
    id,
    group: (candidate: string, source: ListTableRow, index: number | null, column: string) => {
      const group = id(source, index, column)
      if (group === null || group === '') return
      const known = groups.get(candidate)
      if (known !== undefined && known !== group) {
        wrong(source.row, column, 'two-groups', { candidate, first: known, second: group })
      } else groups.set(candidate, group)
    },
    mark: (ids: Ids, cells: { score: string; grade: string }, place: Place) => {
      const [candidate, station, examiner] = [one(ids.candidate), one(ids.station), one(ids.examiner)]
      const { row, scoreColumn, gradeColumn } = place
      const score = numberOf(cells.score, row, scoreColumn)
      const grade = numberOf(cells.grade, row, gradeColumn)
      if (score !== null && maxScore !== null && (score < 0 || score > maxScore)) {
        wrong(row, scoreColumn, 'score-outside-scale', { value: cells.score, max: maxScore })
      }
      if (grade !== null && (!Number.isInteger(grade) || grade < grades.low || grade > grades.high)) {
        wrong(row, gradeColumn, 'grade-outside-scale', { value: cells.grade, ...grades })
      }
      const key = JSON.stringify([candidate, station, examiner])
      const first = rows.get(key)
      if (first !== undefined) {
        wrong(row, scoreColumn, 'two-marks', { candidate, station, first })
        return
      }
      rows.set(key, row)
      marks.push({ candidate, station, examiner: examiner === '' ? null : examiner, score, grade, group: null })
    },
    done: (): Read => ({
      marks: marks.map((mark) => ({ ...mark, group: groups.get(mark.candidate) ?? null })),
      problems,
    }),
  }
}
