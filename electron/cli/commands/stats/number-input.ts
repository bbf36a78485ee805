import { findColumns, type ColumnNames, type ListTableRow } from '#shared/domain/list-table.ts'
import type { DataProblem } from '#shared/measurement/data/data-problem.ts'
import { readNumberTable, type NumberTable } from '#shared/measurement/data/number-table.ts'
import type { Command, Io } from '../../command.ts'
import { readOptions } from '../../command.ts'
import { dataRows, refuseData } from '../../data-file.ts'

/** What every command on a file takes. */
export const inputOptions = { in: { type: 'string' }, json: { type: 'boolean', default: false } } as const

export const inputHelp = `
  --in FILE     a CSV or XLSX file; a header is not needed, an empty cell is missing
  --json        one JSON object`

type Answer = { json: object; lines: readonly string[] }
type Input = { in?: string | undefined; json: boolean }

/**
 * A command that computes something of one table of numbers: reads the file, refuses it where a cell is no number, and
 * says what came out, as JSON or in lines.
 */
export function onNumbers(
  command: Pick<Command, 'name' | 'summary' | 'usage'>,
  compute: (table: NumberTable) => Answer,
): Command {
  return { ...command, run: (args, io) => answer(readOptions(args, inputOptions), io, compute) }
}

/** The same for a command that has read options of its own. */
export async function answer(
  values: Input,
  io: Io,
  compute: (table: NumberTable) => Answer,
  reading?: Parameters<typeof readNumberTable>[1],
): Promise<number> {
  return answerOf(readNumberTable(await dataRows(values.in), reading), values, io, compute)
}

type Pairs = (readonly [number | null, number | null])[]

/**
 * The same for one that takes the pairs of two columns: by their names in the header, in any order and among others, or
 * the first and the second where there are no more.
 */
export async function answerPairs<Column extends string>(
  values: Input,
  io: Io,
  [first, second]: readonly [Column, Column],
  names: ColumnNames<Column>,
  compute: (pairs: Pairs) => Answer,
): Promise<number> {
  const rows = await dataRows(values.in)
  if (rows.length === 0) return answerOf(readNumberTable(rows), values, io, () => compute([]))
  const found = findColumns(rows[0]?.cells ?? [], names)
  const [at, beside] = [found.get(first), found.get(second)]
  if (at !== undefined && beside !== undefined) {
    const table = readNumberTable(onlyColumns(rows, at, beside), { mayNameRows: false })
    return answerOf(table, values, io, (read) => compute(read.rows.map(([x = null, y = null]) => [x, y])))
  }
  const table = readNumberTable(rows)
  const known = findColumns(table.header ?? [], names)
  const isTurned = known.get(first) === 1 || known.get(second) === 0
  if ((table.header ?? table.rows[0] ?? []).length !== 2) {
    const params = { name: known.has(first) ? second : first, first, second }
    const problem: DataProblem = { row: rows[0]?.row ?? 1, column: null, code: 'column-not-named', params }
    return refuseData([problem], values, io)
  }
  return answerOf(table, values, io, (read) =>
    compute(read.rows.map(([x = null, y = null]) => (isTurned ? [y, x] : [x, y]))),
  )
}

/** Two columns of a table with a header, and whatever stands beyond it. */
const onlyColumns = (rows: readonly ListTableRow[], first: number, second: number): ListTableRow[] =>
  rows.map(({ row, cells }) => ({
    row,
    cells: [cells[first] ?? '', cells[second] ?? '', ...cells.slice(rows[0]?.cells.length ?? 0)],
  }))

function answerOf(table: NumberTable, values: Input, io: Io, compute: (table: NumberTable) => Answer): number {
  if (table.problems.length > 0) return refuseData(table.problems, values, io)
  const { json, lines } = compute(table)
  if (values.json) io.out(JSON.stringify(json))
  else for (const line of lines) io.out(line)
  return 0
}
