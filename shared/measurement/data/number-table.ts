import type { ListTableRow } from '../../domain/list-table.ts'
import { cellBeyond, numberProblem, type DataProblem } from './data-problem.ts'
import { numberCell } from './number-cell.ts'

/**
 * A table of numbers as it was read. `header` names the columns that are numbers, null where the file has no header;
 * `names` the rows, null where no column does; `lines` says where in the file each row stands.
 */
export type NumberTable = {
  header: string[] | null
  names: string[] | null
  rows: (number | null)[][]
  lines: number[]
  problems: DataProblem[]
}

/**
 * Reads a table of numbers, header or none: a first row with a cell that is neither a number nor empty is one, unless
 * that cell is the name of a row like the others. A first column names the rows, and is left out, where it holds no number
 * at all, where the header leaves its name out, and where it is called by one of `rowNames`. Behind an empty first cell,
 * numbers that count up from 0 or 1 both to the right and downwards are names too. An empty cell is missing (null); rows
 * that are too short are filled up. Every other cell must be a number. Without `mayNameRows` every column is one of numbers.
 * `ofCounts` asks for a square table of whole numbers from 0 up.
 */
export function readNumberTable(
  rows: readonly ListTableRow[],
  { mayNameRows = true, ofCounts = false } = {},
): NumberTable {
  const [first, ...rest] = rows
  const hasHeader = first !== undefined && isHeader(first, rest)
  const body = hasHeader ? rest : rows
  const corner = hasHeader ? plain(first.cells[0]) : null
  const namesRows =
    mayNameRows &&
    body.length > 0 &&
    (body.every(({ cells }) => isText(cells[0])) || corner === '' || (corner !== null && rowNames.has(corner)))
  const from = namesRows ? 1 : 0
  const header = hasHeader ? first.cells.slice(from).map((name) => name.trim()) : null
  const width = body.reduce((most, { cells }) => Math.max(most, cells.length - from), header?.length ?? 0)
  const problems: DataProblem[] = hasHeader ? body.flatMap((source) => cellBeyond(source, first.cells)) : []
  const read = body.map(({ row, cells }) =>
    Array.from({ length: width }, (_, at) => {
      const text = (cells[at + from] ?? '').trim()
      const cell = numberCell(text)
      const problem =
        ofCounts && cell.kind === 'number' && !(Number.isInteger(cell.value) && cell.value >= 0)
          ? ({ code: 'not-a-count', params: { value: text } } as const)
          : numberProblem(text)
      if (problem) problems.push({ row, column: header?.[at] ?? String(at + from + 1), ...problem })
      return cell.kind === 'number' ? cell.value : null
    }),
  )
  const last = body.at(-1)
  if (ofCounts && last && body.length !== width) {
    const params = { rows: body.length, columns: width }
    problems.push({ row: last.row, column: null, code: 'not-square', params })
  }
  return {
    header,
    names: namesRows ? body.map(({ cells }) => (cells[0] ?? '').trim()) : null,
    rows: read,
    lines: body.map(({ row }) => row),
    problems,
  }
}

/** What the column is called that says whose row it is. */
const rowNames = new Set(
  ['candidate', 'candidateid', 'examinee', 'id', 'item', 'person', 'station', 'student', 'studentid', 'subject'].concat(
    ['target', 'task', 'unit'],
  ),
)

const plain = (cell = ''): string => cell.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
const isText = (cell = ''): boolean => ['text', 'comma', 'thousands'].includes(numberCell(cell).kind)
const isEmpty = (cell = ''): boolean => numberCell(cell).kind === 'empty'

function isHeader({ cells }: ListTableRow, rest: readonly ListTableRow[]): boolean {
  const isName = (cell: string) => numberCell(cell).kind === 'text'
  if (cells.slice(1).some(isName)) return true
  const [corner = '', ...right] = cells
  const down = rest.map((row) => row.cells[0])
  // A name before numbers is that of the first row, where every other row has one too.
  if (isName(corner)) return right.length === 0 || rowNames.has(plain(corner)) || !down.every(isText)
  if (!isEmpty(corner) || rest.length === 0) return false
  return down.every(isText) || (countsUp(right) && countsUp(down))
}

/** Whether cells are the numbers 0, 1, 2 … or 1, 2, 3 …, two of them at least. */
function countsUp(cells: readonly (string | undefined)[]): boolean {
  const start = Number(cells[0])
  if (cells.length < 2 || (start !== 0 && start !== 1)) return false
  return cells.every((cell, at) => !isEmpty(cell) && Number(cell) === start + at)
}
