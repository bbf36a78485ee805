import { CsvError, parse } from 'csv-parse/sync'
import { AttuneError } from '#shared/contract/result.ts'
import type { ListTableRow } from '#shared/domain/list-table.ts'

type Parsed = { info: { lines: number }; record: string[] }

/**
 * The rows of a list as text: separated by commas, semicolons or tabs, whichever the first line has most of. Empty
 * rows are left out. Throws 'file-too-many-rows' beyond `maxRows` rows under the header, and 'bad-input' for a
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
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: upTo,
    }) as unknown as Parsed[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error['lines'] === 'number' ? ` (line ${error['lines']})` : ''
    const problem = `a quotation mark is opened and never closed${line}`
    throw new AttuneError('bad-input', { field: 'source', problem }, { cause: error })
  }
}

function delimiterOf(text: string): string {
  const line = /^.*\S.*$/mu.exec(text)?.[0].replaceAll(/"[^"]*"/g, '') ?? ''
  const count = (delimiter: string) => line.split(delimiter).length
  return [',', ';', '\t'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best))
}

const filledLines = (text: string): number => text.match(/^.*[^\s,;"].*$/gmu)?.length ?? 0
