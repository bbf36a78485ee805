import type { ImportRow } from './import-row.ts'
import { nameProblems, problem, type ReadRow } from './candidate-list.ts'
import type { PersonFields } from './exam.ts'
import type { StationId } from './ids.ts'
import { findColumns, valuesOf, type ColumnNames, type ListTable } from './list-table.ts'

type Column = 'role' | 'name' | 'stations'

export const personColumns: ColumnNames<Column> = {
  role: ['function', 'task'],
  name: ['full name', 'person', 'person name'],
  stations: ['station', 'station number', 'station numbers', 'station no'],
}
export const personColumnsNeeded = ['role', 'name'] as const

const roleNames: Record<PersonFields['role'], readonly string[]> = {
  examiner: ['examiner', 'assessor', 'rater'],
  sp: ['sp', 'standardized patient', 'standardised patient', 'simulated patient', 'patient', 'actor'],
}

/** What a list of people is held against: the stations by number, and those who are there already. */
export type PersonListContext = {
  stationIds: ReadonlyMap<number, StationId>
  people: readonly Pick<PersonFields, 'role' | 'name'>[]
}

/** Reads a list of examiners and standardized patients whose columns are there; never throws. */
export function readPersonList(table: ListTable, { stationIds, people }: PersonListContext): ReadRow<PersonFields>[] {
  const columns = findColumns(table.header, personColumns)
  const seen = new Set(people.map(keyOf))
  return table.rows.map((source) => {
    const values = valuesOf(source, columns)
    const { name = '' } = values
    const role = roleOf(values.role ?? '')
    const numbers = (values.stations ?? '').split(/[\s,;+&/]+/).filter((part) => part !== '')
    const key = role && name !== '' ? keyOf({ role, name }) : null
    const problems: ImportRow['problems'] = [
      ...roleProblems(values.role ?? '', role),
      ...nameProblems(name),
      ...numbers
        .filter((number) => stationOf(number, stationIds) === undefined)
        .map((number) => problem('station-unknown', { station: number })),
      ...(key !== null && seen.has(key) ? [problem('person-taken', { name })] : []),
    ]
    if (key !== null) seen.add(key)
    const assigned = numbers.flatMap((number) => stationOf(number, stationIds) ?? [])
    const fields = role && problems.length === 0 ? { role, name, stationIds: [...new Set(assigned)] } : null
    return { row: source.row, values, problems, fields }
  })
}

const keyOf = ({ role, name }: Pick<PersonFields, 'role' | 'name'>): string => `${role} ${name.toLowerCase()}`

function roleOf(text: string): PersonFields['role'] | null {
  const role = text.normalize('NFKC').toLowerCase().replaceAll(/[-_.]/g, ' ')
  return (['examiner', 'sp'] as const).find((known) => roleNames[known].includes(role)) ?? null
}

function roleProblems(text: string, role: PersonFields['role'] | null): ImportRow['problems'] {
  if (text === '') return [problem('role-missing')]
  return role === null ? [problem('role-invalid', { value: text })] : []
}

const stationOf = (number: string, stationIds: ReadonlyMap<number, StationId>): StationId | undefined =>
  /^\d{1,3}$/.test(number) ? stationIds.get(Number(number)) : undefined
