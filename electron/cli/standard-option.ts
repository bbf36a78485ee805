import { TRIED_FIRST } from '#shared/domain/scenario.ts'
import type { DataProblem } from '#shared/measurement/data/data-problem.ts'
import { readNumberTable } from '#shared/measurement/data/number-table.ts'
import type { HofsteeRectangle } from '#shared/measurement/standard-setting/hofstee.ts'
import type { StationStandard } from '#shared/measurement/standard-setting/station-standard.ts'
import { decimal, required, shareOf, UsageError } from './command.ts'
import { dataRows } from './data-file.ts'

/** The committee's rectangle as options. */
export const rectangleOptions = {
  'min-cut': { type: 'string' },
  'max-cut': { type: 'string' },
  'min-fail': { type: 'string' },
  'max-fail': { type: 'string' },
} as const

export const standardOptions = {
  standard: { type: 'string' },
  share: { type: 'string' },
  judges: { type: 'string' },
  ...rectangleOptions,
} as const

type Rectangle = { [Name in keyof typeof rectangleOptions]?: string | undefined }
type Values = Rectangle & { standard?: string | undefined; share?: string | undefined; judges?: string | undefined }

/** What each method is told beside its name. */
const asked = {
  'borderline-regression': [],
  'borderline-group': [],
  cohen: ['share'],
  angoff: ['judges'],
  hofstee: ['min-cut', 'max-cut', 'min-fail', 'max-fail'],
} as const satisfies Record<string, readonly (keyof typeof standardOptions)[]>

type Method = keyof typeof asked

/** How the cuts are set: what the options say. The judges of Angoff's method are in a file of their own. Throws UsageError. */
export type StandardOption =
  Exclude<StationStandard, { method: 'angoff' | 'declared' }> | { method: 'angoff'; file: string }

export function standardOption(values: Values): StandardOption {
  const { standard = 'borderline-regression' } = values
  const method = (Object.keys(asked) as Method[]).find((name) => name === standard)
  if (!method) {
    throw new UsageError(
      `--standard takes ${Object.keys(asked)
        .join(', ')
        .replace(/, (?=\w+$)/, ' or ')}, not "${standard}"`,
    )
  }
  for (const [other, names] of Object.entries(asked)) {
    const foreign = other === method ? undefined : names.find((name) => values[name] !== undefined)
    if (foreign !== undefined) throw new UsageError(`--${foreign} goes with --standard ${other}`)
  }
  switch (method) {
    case 'cohen':
      return { method, share: shareOf(values.share ?? String(TRIED_FIRST.share), 'share') }
    case 'borderline-group':
      return { method, average: 'mean' }
    case 'borderline-regression':
      return { method }
    case 'angoff':
      return { method, file: required(values.judges, 'judges') }
    case 'hofstee':
      return { method, rectangle: rectangleOf(values) }
  }
}

/** The rectangle of Hofstee's method; all four sides must be given. Throws UsageError. */
export function rectangleOf(values: Rectangle): HofsteeRectangle {
  const given = (name: keyof Rectangle) => required(values[name], name)
  return {
    lowestCut: decimal(given('min-cut'), 'min-cut'),
    highestCut: decimal(given('max-cut'), 'max-cut'),
    fewestFails: shareOf(given('min-fail'), 'min-fail'),
    mostFails: shareOf(given('max-fail'), 'max-fail'),
  }
}

/**
 * The standard with what it takes from a file: a table of judges with the stations of the marks in rows, named in the first
 * column. Throws as `dataRows` does.
 */
export async function readStandard(
  option: StandardOption,
  stations: ReadonlySet<string>,
): Promise<{ standard: StationStandard; problems: DataProblem[] }> {
  if (option.method !== 'angoff') return { standard: option, problems: [] }
  const rows = await dataRows(option.file)
  const { names, rows: judged, problems, lines } = readNumberTable(rows)
  const standard = {
    method: 'angoff',
    judged: Object.fromEntries(judged.map((row, at) => [names?.[at] ?? '', row])),
  } as const
  if (problems.length > 0) return { standard, problems }
  const first = { row: rows[0]?.row ?? 1, column: null }
  if (names === null) return { standard, problems: [{ ...first, code: 'rows-not-named', params: {} }] }
  const wrong = names.flatMap((value, at): DataProblem[] => {
    const code = names.indexOf(value) < at ? 'station-twice' : stations.has(value) ? null : 'station-unknown'
    return code === null ? [] : [{ ...first, row: lines[at] ?? first.row, code, params: { value } }]
  })
  return { standard, problems: wrong }
}
