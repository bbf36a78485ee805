import type { ListTable, ListTableRow } from '#shared/domain/list-table.ts'
import { readMarksTable, type MarksScale, type ReadMarks } from '#shared/measurement/data/marks-table.ts'
import { numberCell } from '#shared/measurement/data/number-cell.ts'
import { dataRows } from './data-file.ts'

/** What a long file without a header has in its columns, by how many there are. */
const usual = [
  ['candidate', 'station', 'score'],
  ['candidate', 'station', 'examiner', 'score'],
] as const

/** Reads the marks of the file that `--in` names. A long file of three or four columns may go without a header. */
export async function readMarksFile(given: string | undefined, scale: MarksScale): Promise<ReadMarks> {
  return readMarksTable(withHeader(await dataRows(given)), scale)
}

function withHeader(rows: readonly ListTableRow[]): ListTable {
  const [first, ...rest] = rows
  const cells = first?.cells ?? []
  const header = usual.find(({ length }) => length === cells.length)
  const isBare = header !== undefined && numberCell(cells.at(-1) ?? '').kind === 'number'
  return isBare ? { header, rows } : { header: cells, rows: rest }
}
