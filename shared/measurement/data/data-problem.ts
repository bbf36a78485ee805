import { phrase } from '../../locales/phrase.ts'
import type { ListTableRow } from '../../domain/list-table.ts'
import { numberCell } from './number-cell.ts'

/** What a file of marks may do wrong; the locale file has a sentence for each. */
export const dataProblems = [
  'candidate-missing',
  'column-for-two',
  'column-not-named',
  'column-twice',
  'column-without-name',
  'decimal-comma',
  'error-cell',
  'formula-without-value',
  'grade-outside-scale',
  'no-candidate-column',
  'no-group-column',
  'no-score-column',
  'no-station-column',
  'not-a-count',
  'not-a-number',
  'not-square',
  'number-too-far',
  'rows-not-named',
  'score-outside-scale',
  'score-without-station',
  'station-missing',
  'station-twice',
  'station-unknown',
  'thousands-comma',
  'too-many-cells',
  'two-groups',
  'two-marks',
] as const

/** Where in a file something is wrong, and what. `row` counts as a person does, the header included. */
export type DataProblem = {
  row: number
  /** The column by its name in the header; null where the problem is that it has none. */
  column: string | null
  code: (typeof dataProblems)[number]
  params: Record<string, string | number>
}

/** The problem as a sentence that names row and column. */
export const problemWords = ({ row, column, code, params }: DataProblem): string =>
  phrase(`measurement.problems.${code}`, { row, column: column ?? '', ...params })

/** Errors as spreadsheets write them, whatever follows: "#DIV/0!", "#N/A", "#REF!". */
const errorCell = /^#(?:DIV\/0!|N\/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|FIELD!|GETTING_DATA)$/i

/** What is wrong with a cell that a spreadsheet could not compute, or has stored no value of; null for any other. */
export function unreadCell(text: string): Pick<DataProblem, 'code' | 'params'> | null {
  if (errorCell.test(text)) return { code: 'error-cell', params: { value: text } }
  return text.startsWith('=') ? { code: 'formula-without-value', params: { value: text } } : null
}

/** What is wrong with a cell that should hold a number; null where it is one or is empty. */
export function numberProblem(text: string): Pick<DataProblem, 'code' | 'params'> | null {
  const { kind } = numberCell(text)
  if (kind === 'number' || kind === 'empty') return null
  if (kind === 'comma') return { code: 'decimal-comma', params: { value: text, point: text.replace(',', '.') } }
  const unread = unreadCell(text)
  if (unread) return unread
  if (kind !== 'thousands')
    return { code: kind === 'too-far' ? 'number-too-far' : 'not-a-number', params: { value: text } }
  const whole = text.replaceAll(',', '')
  return { code: 'thousands-comma', params: { value: text, whole } }
}

/** A value that stands beyond the last column of the header: most often "12,5" without quotation marks, read as two. */
export function cellBeyond({ row, cells }: ListTableRow, header: readonly string[]): DataProblem[] {
  const beyond = cells.slice(header.length).find((cell) => cell.trim() !== '')
  if (beyond === undefined) return []
  return [{ row, column: header.at(-1)?.trim() ?? null, code: 'too-many-cells', params: { value: beyond.trim() } }]
}
