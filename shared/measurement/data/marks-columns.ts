import { findColumns, type ColumnNames } from '../../domain/list-table.ts'

/** What a table of marks has in which column, counted from 0; null where it has none. */
export type MarksColumns =
  | {
      layout: 'long'
      candidate: number | null
      station: number | null
      score: number | null
      examiner: number | null
      grade: number | null
      group: number | null
    }
  /** Every column that is not left out is a station's. */
  | { layout: 'wide'; candidate: number | null; group: number | null; leftOut: number[] }

export type MarksLayout = MarksColumns['layout']

const candidateNames = [
  ...['candidate id', 'candidate number', 'candidate no', 'student', 'student id', 'student number', 'examinee'],
  ...['person', 'p', 'no', 'id'],
]
const longColumns: ColumnNames<'candidate' | 'station' | 'examiner' | 'score' | 'grade'> = {
  candidate: candidateNames,
  station: ['station id', 'station number', 'task', 'case', 's'],
  examiner: ['examiner id', 'rater', 'assessor', 'judge', 'r'],
  score: ['mark', 'marks', 'points', 'total', 'station score', 'category', 'y'],
  grade: ['global rating', 'global grade', 'global', 'rating', 'global judgement', 'global judgment'],
}

/** The columns as their names tell them: long where one is called station or score. `group` is a name in the header. */
export function recognisedColumns(header: readonly string[], group: string | null): MarksColumns {
  const found = findColumns(header, longColumns)
  const at = (column: keyof typeof longColumns) => found.get(column) ?? null
  const candidate = at('candidate')
  const groupAt = group === null ? -1 : header.findIndex((name) => lower(name) === lower(group))
  const grouped = groupAt < 0 ? null : groupAt
  return found.has('station') || found.has('score')
    ? {
        ...{ layout: 'long', candidate, station: at('station'), score: at('score') },
        ...{ examiner: at('examiner'), grade: at('grade'), group: grouped },
      }
    : { layout: 'wide', candidate, group: grouped, leftOut: [] }
}

/** Names that stand twice among the columns that are read by their names; null where none does. */
export function nameThatIsTwice(header: readonly string[], without: readonly number[]): string | null {
  const names = header.map((name, at) => (without.includes(at) ? '' : lower(name)))
  return header.find((_, at) => names[at] !== '' && names.indexOf(names[at] ?? '') !== at)?.trim() ?? null
}

const lower = (name: string) => name.trim().toLowerCase()

export type StationColumns = { station: string; score: number; grade: number | null; examiner: number | null }

const beside = /^(.*\S)[\s_.:-]*\b(grade|global rating|global|rating|examiner|rater|assessor)$/i

/** The columns of each station in a wide table; one that belongs to no station's score is a station of its own. */
export function stationColumns(
  header: readonly string[],
  { candidate, group, leftOut }: Extract<MarksColumns, { layout: 'wide' }>,
): StationColumns[] {
  const taken = new Set([candidate, group, ...leftOut])
  const named = header.flatMap((name, at) => (taken.has(at) || name.trim() === '' ? [] : [{ name: name.trim(), at }]))
  const companions = named.flatMap(({ name, at }) => {
    const [, station = '', kind = ''] = beside.exec(name.replaceAll('_', ' ')) ?? []
    const owner = named.find((other) => other.at !== at && plain(other.name) === plain(station))
    return owner ? [{ at, owner: owner.at, isExaminer: /examiner|rater|assessor/i.test(kind) }] : []
  })
  const of = (owner: number, isExaminer: boolean) =>
    companions.find((column) => column.owner === owner && column.isExaminer === isExaminer)?.at ?? null
  return named
    .filter(({ at }) => !companions.some((column) => column.at === at))
    .map(({ name, at }) => ({
      station: name.replace(/[\s_.:-]*\bscore$/i, '') || name,
      score: at,
      grade: of(at, false),
      examiner: of(at, true),
    }))
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[\s_.:-]*\b(?:score)$/, '')
    .replaceAll(/[\s_.:-]/g, '')
