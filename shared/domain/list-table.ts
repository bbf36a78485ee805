import { cleanLine } from './clean-line.ts'

/** A list as it was read: the first row names the columns. `row` counts as a person does, header included. */
export type ListTable = { header: readonly string[]; rows: readonly ListTableRow[] }
export type ListTableRow = { row: number; cells: readonly string[] }

/** The columns a kind of list may have, with the names people give them. */
export type ColumnNames<Column extends string> = Readonly<Record<Column, readonly string[]>>

/**
 * Where each known column stands, from 0; case, spaces and punctuation of the header do not matter. Where several fit,
 * the column's own name comes first, then the others as they are listed.
 */
export function findColumns<Column extends string>(
  header: readonly string[],
  names: ColumnNames<Column>,
): Map<Column, number> {
  const plainHeader = header.map(plain)
  const found = new Map<Column, number>()
  for (const column of Object.keys(names) as Column[]) {
    const places = [column, ...names[column]].map((name) => plainHeader.indexOf(plain(name)))
    const index = places.find((place) => place >= 0)
    if (index !== undefined) found.set(column, index)
  }
  return found
}

/** The first column of `required` that the header does not name; null where all are there. */
export function missingColumn<Column extends string>(
  header: readonly string[],
  names: ColumnNames<Column>,
  required: readonly Column[],
): Column | null {
  const found = findColumns(header, names)
  return required.find((column) => !found.has(column)) ?? null
}

/** The cells of a row by column, cleaned; a row that is too short has empty cells. */
export function valuesOf<Column extends string>(
  { cells }: ListTableRow,
  columns: ReadonlyMap<Column, number>,
): Partial<Record<Column, string>> {
  const values: Partial<Record<Column, string>> = {}
  for (const [column, index] of columns) values[column] = cleanLine(cells[index] ?? '')
  return values
}

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
