import { AttuneError } from '#shared/contract/result.ts'
import type { ListTable, ListTableRow } from '#shared/domain/list-table.ts'
import { recognisedColumns } from '#shared/measurement/data/marks-columns.ts'
import { readMarksTable, type MarksScale, type ReadMarks } from '#shared/measurement/data/marks-table.ts'
import { numberCell } from '#shared/measurement/data/number-cell.ts'
import { dataRows } from './data-file.ts'

/** What a long file without a header has in its columns, by how many there are. */
const usual = [
  ['candidate', 'station', 'score'],
  ['candidate', 'station', 'examiner', 'score'],
] as const

/** Reads the marks of an exam from the file that `--in` names. Throws as `dataRows` does, also for a header alone. */
export async function readMarksFile(given: string | undefined, scale: MarksScale): Promise<ReadMarks> {
  const [header, ...rows] = await dataRows(given)
  if (!header || rows.length === 0) throw new AttuneError('file-empty')
  return readMarksTable({ header: header.cells, rows }, scale)
}

/** The same of a long file of scores, which may go without a header where it has three or four columns. */
export async function readScoresFile(given: string | undefined): Promise<ReadMarks> {
  const table = withHeader(await dataRows(given))
  if (table.rows.length === 0) throw new AttuneError('file-empty')
  return readMarksTable(table, { maxScore: null, grades: anyGrade, groupColumn: null })
}

/** Grades are not looked at. */
const anyGrade = { low: 0, high: Number.MAX_SAFE_INTEGER }

function withHeader(rows: readonly ListTableRow[]): ListTable {
  const [first, ...rest] = rows
  const cells = first?.cells ?? []
  const header = usual.find(({ length }) => length === cells.length)
  const isMark = numberCell(cells.at(-1) ?? '').kind !== 'text'
  const { layout, candidate } = recognisedColumns(cells, null)
  const isBare = header !== undefined && isMark && layout === 'wide' && candidate === null
  return isBare ? { header, rows } : { header: cells, rows: rest }
}
