import { AttuneError } from '#shared/contract/result.ts'
import { readNumberTable, type NumberTable } from '#shared/measurement/data/number-table.ts'
import type { Command, Io } from '../../command.ts'
import { readOptions } from '../../command.ts'
import { dataRows, refuseData } from '../../data-file.ts'

const options = { in: { type: 'string' }, json: { type: 'boolean', default: false } } as const

export const inputHelp = `
  --in FILE     a CSV or XLSX file; a header is not needed, an empty cell is missing
  --json        one JSON object`

type Answer = { json: object; lines: readonly string[] }

/**
 * A command that computes something of one table of numbers: reads the file, refuses it where a cell is no number, and
 * says what came out, as JSON or in lines.
 */
export function onNumbers(
  command: Pick<Command, 'name' | 'summary' | 'usage'>,
  compute: (table: NumberTable) => Answer,
): Command {
  return {
    ...command,
    run: async (args, io) => {
      const values = readOptions(args, options)
      return answer(values, io, compute)
    },
  }
}

/** The same for a command that has read options of its own. */
export async function answer(
  values: { in?: string | undefined; json: boolean },
  io: Io,
  compute: (table: NumberTable) => Answer,
): Promise<number> {
  const table = readNumberTable(await dataRows(values.in))
  if (table.problems.length > 0) return refuseData(table.problems, values, io)
  if (table.rows.length === 0) throw new AttuneError('file-empty')
  const { json, lines } = compute(table)
  if (values.json) io.out(JSON.stringify(json))
  else for (const line of lines) io.out(line)
  return 0
}

/** The pairs of two columns: by their names in the header, or the first and the second. */
export function pairsOf(
  { header, rows }: NumberTable,
  [first, second]: [string, string],
): [number | null, number | null][] {
  const names = header?.map((name) => name.toLowerCase()) ?? []
  const at = names.includes(first) && names.includes(second) ? [names.indexOf(first), names.indexOf(second)] : [0, 1]
  return rows.map((row) => [row[at[0] ?? 0] ?? null, row[at[1] ?? 1] ?? null])
}
