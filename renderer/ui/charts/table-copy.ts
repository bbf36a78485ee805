import type { ChartCell, ChartColumn, ChartTable } from '#shared/charts/chart.ts'

/** A cell as it is shown: a number with the decimals of its column, a dash where there is none. */
export const shownCell = (
  cell: ChartCell,
  { digits }: ChartColumn,
  number: (value: number, digits: number) => string,
): string => (typeof cell === 'number' ? number(cell, digits ?? 0) : (cell ?? (digits === undefined ? '' : '–')))

/** Puts a table on the clipboard: with tabs for spreadsheets, as HTML for documents. Fails where that is not allowed. */
export async function copyTable(table: ChartTable, number: (value: number, digits: number) => string): Promise<void> {
  const columns = table.columns.map(({ label }) => label)
  // A spreadsheet takes an empty cell for what is missing, and a dash for text.
  const rows = table.rows.map((row) => table.columns.map((column, at) => shownCell(row[at] ?? '', column, number)))
  const text = [columns, ...rows].map((row) => row.map((cell) => cell.replaceAll(/[\t\r\n]+/g, ' ')).join('\t'))
  const item = new ClipboardItem({
    'text/plain': new Blob([text.join('\n')], { type: 'text/plain' }),
    'text/html': new Blob([htmlOf(table.caption, columns, rows)], { type: 'text/html' }),
  })
  await navigator.clipboard.write([item])
}

/** Made by the document itself, which escapes what stands in the cells. */
function htmlOf(caption: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = document.implementation.createHTMLDocument().createElement('table')
  table.createCaption().textContent = caption
  const head = table.createTHead().insertRow()
  for (const column of columns) {
    const cell = document.createElement('th')
    cell.textContent = column
    head.append(cell)
  }
  const body = table.createTBody()
  for (const row of rows) {
    const line = body.insertRow()
    for (const cell of row) line.insertCell().textContent = cell
  }
  return table.outerHTML
}
