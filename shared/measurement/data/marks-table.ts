import { findColumns, valuesOf, type ColumnNames, type ListTable } from '../../domain/list-table.ts'
import { oneOfEach, type Mark } from '../mark.ts'
import { cellBeyond, numberProblem, type DataProblem } from './data-problem.ts'
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

export type MarksLayout = 'long' | 'wide'
/** The marks of a file, or what is wrong with it; where there is a problem, the marks are not all. */
export type ReadMarks = { layout: MarksLayout; marks: Mark[]; problems: DataProblem[] }

const candidateNames = [
  ...['candidate id', 'candidate number', 'candidate no', 'student', 'student id', 'student number', 'examinee'],
  ...['person', 'p', 'no', 'id'],
]
const longColumns: ColumnNames<'candidate' | 'station' | 'examiner' | 'score' | 'grade'> = {
  candidate: candidateNames,
  station: ['station id', 'station number', 'task', 'case', 's'],
  examiner: ['examiner id', 'rater', 'assessor', 'judge', 'r'],
  score: ['mark', 'marks', 'points', 'total', 'station score', 'category', 'y'],
  grade: ['global rating', 'global grade', 'global', 'rating', 'global judgement', 'global judgment'],
}

/**
 * Reads the marks of an exam that was not held here. A *long* table has a line a mark, with columns candidate, station,
 * score and, where they are known, examiner and grade. A *wide* one has a line a candidate: a column of scores for each
 * station, and beside it "<station> grade" and "<station> examiner" where they are known. An empty cell is missing.
 * Nothing is guessed: whatever is no number, off the scale or there twice is a problem with its row and column.
 */
export function readMarksTable(table: ListTable, scale: MarksScale): ReadMarks {
  const columns = findColumns(table.header, longColumns)
  const layout: MarksLayout = columns.has('station') || columns.has('score') ? 'long' : 'wide'
  const problems = headerProblems(table, columns, layout, scale)
  if (problems.length > 0) return { layout, marks: [], problems }
  const read = layout === 'long' ? readLong(table, scale) : readWide(table, scale)
  const beyond = table.rows.flatMap((source) => cellBeyond(source, table.header))
  return { layout, marks: read.marks, problems: [...beyond, ...read.problems].toSorted((a, b) => a.row - b.row) }
}

type Columns = ReadonlyMap<keyof typeof longColumns, number>
type Read = Omit<ReadMarks, 'layout'>

function headerProblems(table: ListTable, columns: Columns, layout: MarksLayout, scale: MarksScale): DataProblem[] {
  const problem = (code: DataProblem['code'], params: DataProblem['params'] = {}): DataProblem => ({
    ...{ row: 1, column: null, code, params },
  })
  if (!columns.has('candidate')) return [problem('no-candidate-column')]
  if (layout === 'long' && !columns.has('station')) {
    const score = table.header[columns.get('score') ?? -1] ?? ''
    return [{ ...problem('score-without-station'), column: score.trim() }]
  }
  if (layout === 'long' && !columns.has('score')) return [problem('no-score-column')]
  if (scale.groupColumn !== null && groupIndex(table, scale) === null) {
    return [problem('no-group-column', { name: scale.groupColumn })]
  }
  const names = table.header.map((name) => name.trim().toLowerCase())
  const twice = table.header.find((_, at) => names[at] !== '' && names.indexOf(names[at] ?? '') !== at)
  if (twice !== undefined) return [{ ...problem('column-twice'), column: twice.trim() }]
  const isBare = layout === 'wide' && stationColumns(table, scale).length === 0
  return isBare ? [problem('no-station-column')] : []
}

function groupIndex({ header }: ListTable, { groupColumn }: MarksScale): number | null {
  if (groupColumn === null) return null
  const index = header.findIndex((name) => name.trim().toLowerCase() === groupColumn.trim().toLowerCase())
  return index < 0 ? null : index
}

function readLong(table: ListTable, scale: MarksScale): Read {
  const columns = findColumns(table.header, longColumns)
  const nameOf = (column: keyof typeof longColumns) => table.header[columns.get(column) ?? -1]?.trim() ?? column
  const reader = createReader(scale)
  for (const source of table.rows) {
    const values = valuesOf(source, columns)
    const { candidate = '', station = '', examiner = '' } = values
    if (candidate === '') reader.wrong(source.row, nameOf('candidate'), 'candidate-missing')
    else if (station === '') reader.wrong(source.row, nameOf('station'), 'station-missing')
    else {
      const cell = { row: source.row, scoreColumn: nameOf('score'), gradeColumn: nameOf('grade') }
      reader.group(candidate, source, groupIndex(table, scale), table.header)
      reader.mark({ candidate, station, examiner }, { score: values.score ?? '', grade: values.grade ?? '' }, cell)
    }
  }
  return reader.done()
}

type StationColumns = { station: string; score: number; grade: number | null; examiner: number | null }

const beside = /^(.*\S)[\s_.:-]*\b(grade|global rating|global|rating|examiner|rater|assessor)$/i

/** The columns of each station in a wide table; one that belongs to no station's score is a station of its own. */
function stationColumns(table: ListTable, scale: MarksScale): StationColumns[] {
  const taken = new Set([findColumns(table.header, longColumns).get('candidate'), groupIndex(table, scale)])
  const named = table.header.flatMap((name, at) =>
    taken.has(at) || name.trim() === '' ? [] : [{ name: name.trim(), at }],
  )
  const companions = named.flatMap(({ name, at }) => {
    const [, station = '', kind = ''] = beside.exec(name.replaceAll('_', ' ')) ?? []
    const owner = named.find((other) => other.at !== at && plain(other.name) === plain(station))
    return owner ? [{ at, owner: owner.at, isExaminer: /examiner|rater|assessor/i.test(kind) }] : []
  })
  const of = (owner: number, isExaminer: boolean) =>
    companions.find((column) => column.owner === owner && column.isExaminer === isExaminer)?.at ?? null
  return named
    .filter(({ at }) => !companions.some((column) => column.at === at))
    .map(({ name, at }) => ({
      station: name.replace(/[\s_.:-]*\bscore$/i, '') || name,
      score: at,
      grade: of(at, false),
      examiner: of(at, true),
    }))
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[\s_.:-]*\b(?:score)$/, '')
    .replaceAll(/[\s_.:-]/g, '')

function readWide(table: ListTable, scale: MarksScale): Read {
  const at = findColumns(table.header, longColumns).get('candidate') ?? 0
  const stations = stationColumns(table, scale)
  const reader = createReader(scale)
  for (const source of table.rows) {
    const cellAt = (index: number | null) => (index === null ? '' : (source.cells[index] ?? '').trim())
    const candidate = cellAt(at)
    if (candidate === '') {
      reader.wrong(source.row, table.header[at] ?? '', 'candidate-missing')
      continue
    }
    reader.group(candidate, source, groupIndex(table, scale), table.header)
    for (const { station, score, grade, examiner } of stations) {
      const names = { scoreColumn: table.header[score] ?? '', gradeColumn: table.header[grade ?? -1] ?? '' }
      reader.mark(
        { candidate, station, examiner: cellAt(examiner) },
        { score: cellAt(score), grade: cellAt(grade) },
        { row: source.row, ...names },
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
  return {
    wrong,
    group: (candidate: string, source: ListTable['rows'][number], index: number | null, header: readonly string[]) => {
      const group = index === null ? '' : (source.cells[index] ?? '').trim()
      if (index === null || group === '') return
      const known = groups.get(candidate)
      if (known !== undefined && known !== group) {
        wrong(source.row, header[index] ?? '', 'two-groups', { candidate, first: known, second: group })
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
