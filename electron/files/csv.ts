import { stringify } from 'csv-stringify/sync'

type Value = string | number | null

/** Excel opens UTF-8 as such only with the mark in front. */
const BOM = '\uFEFF'

/**
 * What makes a spreadsheet take a text for a formula: at its start, white space and what nobody sees aside, in ASCII or
 * full width.
 */
const formula = /^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n ]/u

/** Where a spreadsheet that takes a semicolon, a tab or a line's end for the end of a cell would begin the next one. */
const within = /([;\t\r\n][\s\p{C}]*)([=+\-@＝＋－＠])/gu

/** UTF-8 CSV with a mark in front, CRLF lines, and texts that a spreadsheet would run kept as texts. null is empty. */
export function toCsv(columns: readonly string[], rows: readonly (readonly Value[])[]): string {
  return (
    BOM +
    stringify(
      [columns, ...rows].map((row) => row.map(cell)),
      // A lone line feed ends a row too for whoever reads the file, though it is not this file's own line end.
      { record_delimiter: '\r\n', quoted_match: /[\r\n]/ },
    )
  )
}

function cell(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = value.replaceAll(within, "$1'$2")
  return formula.test(text) ? `'${text}` : text
}
