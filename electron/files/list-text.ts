import { CsvError, parse } from 'csv-parse/sync'
import { AttuneError } from '#shared/contract/result.ts'
import type { ListTableRow } from '#shared/domain/list-table.ts'

type Parsed = { info: { lines: number }; record: string[] }

/**
 * The rows of a list as text: separated by commas, semicolons or tabs, whichever the first line has most of. Empty
 * rows are left out. Throws 'file-too-many-rows' beyond `maxRows` rows under the header, and 'list-quote-open' for a
 * quotation mark that is never closed.
 */
export function readListText(text: string, maxRows: number): ListTableRow[] {
  const lines = text.replaceAll(/\r\n?/g, '\n')
  const records = parsed(lines, maxRows + 2)
  if (records.length > maxRows + 1) {
    throw new AttuneError('file-too-many-rows', { rows: filledLines(lines) - 1, max: maxRows })
  }
  return records.map(({ info, record }) => ({ row: info.lines, cells: record }))
}

function parsed(text: string, upTo: number): Parsed[] {
  let whole = 0
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      on_record: (record: string[], { lines }) => {
        whole = lines
        return record
      },
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: upTo,
    }) as unknown as Parsed[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // The parser gives up at the end of the text: the mark stands behind the last row that it could read.
    const rest = text.split('\n').slice(whole)
    const line =
      whole +
      1 +
      Math.max(
        0,
        rest.findIndex((row) => row.includes('"')),
      )
    throw new AttuneError('list-quote-open', { line }, { cause: error })
  }
}

function delimiterOf(text: string): string {
  const line = /^.*\S.*$/mu.exec(text)?.[0].replaceAll(/"[^"]*"/g, '') ?? ''
  const count = (delimiter: string) => line.split(delimiter).length
  return [',', ';', '\t'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best))
}

const filledLines = (text: string): number => text.match(/^.*[^\s,;"].*$/gmu)?.length ?? 0
