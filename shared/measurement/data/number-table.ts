import type { ListTableRow } from '../../domain/list-table.ts'
import { cellBeyond, numberProblem, type DataProblem } from './data-problem.ts'
import { numberCell } from './number-cell.ts'

/** A table of numbers as it was read. `header` names the columns that are numbers; null where the file has no header. */
export type NumberTable = { header: string[] | null; rows: (number | null)[][]; problems: DataProblem[] }

/**
 * Reads a table of numbers, header or none: a first row with a cell that is neither a number nor empty is one. A first
 * column that holds no number at all names the rows and is left out. An empty cell is missing (null); rows that are too
 * short are filled up. Every other cell must be a number.
 */
export function readNumberTable(rows: readonly ListTableRow[]): NumberTable {
  const isText = (cell: string) => ['text', 'comma', 'thousands'].includes(numberCell(cell).kind)
  const [first, ...rest] = rows
  const hasHeader = first !== undefined && first.cells.some((cell) => numberCell(cell).kind === 'text')
  const body = hasHeader ? rest : rows
  const namesRows = body.length > 0 && body.every(({ cells }) => isText(cells[0] ?? ''))
  const from = namesRows ? 1 : 0
  const header = hasHeader ? first.cells.slice(from).map((name) => name.trim()) : null
  const width = body.reduce((most, { cells }) => Math.max(most, cells.length - from), header?.length ?? 0)
  const problems: DataProblem[] = hasHeader ? body.flatMap((source) => cellBeyond(source, first.cells)) : []
  const read = body.map(({ row, cells }) =>
    Array.from({ length: width }, (_, at) => {
      const text = (cells[at + from] ?? '').trim()
      const cell = numberCell(text)
      if (cell.kind === 'number') return cell.value
      const problem = numberProblem(text)
      if (problem) problems.push({ row, column: header?.[at] ?? String(at + from + 1), ...problem })
      return null
    }),
  )
  return { header, rows: read, problems }
}
