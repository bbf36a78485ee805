import { phrase } from '../../locales/phrase.ts'

/** What a file of marks may do wrong; the locale file has a sentence for each. */
export const dataProblems = [
  'candidate-missing',
  'column-twice',
  'decimal-comma',
  'grade-outside-scale',
  'no-candidate-column',
  'no-group-column',
  'no-score-column',
  'no-station-column',
  'not-a-number',
  'score-outside-scale',
  'station-missing',
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
