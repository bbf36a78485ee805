import type { ImportRow } from './import-row.ts'
import { candidateFieldsSchema, type CandidateFields } from './exam.ts'
import { findColumns, valuesOf, type ColumnNames, type ListTable } from './list-table.ts'

/** A row as the preview shows it, and what it would become; `fields` is null where the row has a problem. */
export type ReadRow<Fields> = ImportRow & { fields: Fields | null }

type Column = 'number' | 'name' | 'group' | 'extraTime'
type Problem = ImportRow['problems'][number]

export const candidateColumns: ColumnNames<Column> = {
  number: [
    ...['no', 'nr', 'num', 'id', 'candidate', 'candidate number', 'candidate no', 'candidate id'],
    ...['badge', 'badge number', 'student number', 'student id'],
  ],
  name: ['full name', 'candidate name', 'student', 'student name'],
  group: ['cohort', 'cohort group', 'class'],
  extraTime: ['extra time percent', 'extra time in percent', 'additional time', 'accommodation'],
}
export const candidateColumnsNeeded = ['number', 'name'] as const

const MAX_EXTRA_TIME = 200

/** Reads a list of candidates whose columns are there; never throws. */
export function readCandidateList(table: ListTable, takenNumbers: ReadonlySet<string>): ReadRow<CandidateFields>[] {
  const columns = findColumns(table.header, candidateColumns)
  const read = table.rows.map((source) => {
    const values = valuesOf(source, columns)
    return { row: source.row, values, number: (values.number ?? '').normalize('NFKC') }
  })
  const rowsOf = Map.groupBy(read, ({ number }) => number)
  return read.map(({ row, values, number }) => {
    const { name = '', group = '' } = values
    const twin = rowsOf.get(number)?.find((other) => other.row !== row)
    const extraTime = values.extraTime ?? ''
    const unclear = unclearTimes(extraTime)
    const percent = unclear === null ? percentOf(extraTime) : null
    const problems: Problem[] = [
      ...numberProblems(number, takenNumbers),
      ...(twin && number !== '' ? [problem('number-twice-in-file', { number, row: twin.row })] : []),
      ...nameProblems(name),
      ...(group.length > 60 ? [problem('group-too-long', { max: 60 })] : []),
      ...(percent === null ? [extraTimeProblem(extraTime, unclear)] : []),
    ]
    const fields = { number, name, group, extraTimePercent: percent ?? 0 }
    const understood = percent === null || extraTime === '' ? values : { ...values, extraTime: `${percent} %` }
    return { row, values: understood, problems, fields: problems.length === 0 ? fields : null }
  })
}

const extraTimeProblem = (value: string, unclear: number | null): Problem =>
  unclear === null || unclear > MAX_EXTRA_TIME
    ? problem('extra-time-invalid', { value })
    : problem('extra-time-unclear', { value, times: unclear })

export function nameProblems(name: string): Problem[] {
  if (name === '') return [problem('name-missing')]
  return name.length > 120 ? [problem('name-too-long', { max: 120 })] : []
}

function numberProblems(number: string, taken: ReadonlySet<string>): Problem[] {
  if (number === '') return [problem('number-missing')]
  if (!candidateFieldsSchema.shape.number.safeParse(number).success) return [problem('number-invalid', { number })]
  return taken.has(number) ? [problem('number-taken', { number })] : []
}

/**
 * A spreadsheet keeps 100 % as 1 and 150 % as 1.5. The percentage that a bare number below 5 would then be; null for
 * what can mean one thing only. Nobody is given so few percent, but who is may write the sign.
 */
function unclearTimes(text: string): number | null {
  const value = text.normalize('NFKC').replace(',', '.')
  return /^[1-4](?:\.\d+)?$/.test(value) ? Math.round(Number(value) * 100) : null
}

/** "25", "25 %" and a spreadsheet's 0.25 all mean 25 %; nothing means none. Null for what means no such thing. */
export function percentOf(typed: string): number | null {
  const text = typed.trim()
  const signed = text.normalize('NFKC')
  const value = signed.replace(/\s*%$/, '')
  if (value === '') return text === '' ? 0 : null
  const number =
    value === signed && /^0[.,]\d+$/.test(value)
      ? Math.round(Number(value.replace(',', '.')) * 10_000) / 100
      : /^\d+$/.test(value)
        ? Number(value)
        : null
  return number !== null && Number.isInteger(number) && number <= MAX_EXTRA_TIME ? number : null
}

export const problem = (code: Problem['code'], params: Problem['params'] = {}): Problem => ({ code, params })
