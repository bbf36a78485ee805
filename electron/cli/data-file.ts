import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { AttuneError } from '#shared/contract/result.ts'
import type { ListTableRow } from '#shared/domain/list-table.ts'
import { problemWords, type DataProblem } from '#shared/measurement/data/data-problem.ts'
import { MAX_MARK_ROWS, tableRows } from '#electron/files/list-file.ts'
import { readListWorkbook } from '#electron/files/list-workbook.ts'
import { required, type Io } from './command.ts'
import { pathOf } from './paths.ts'

/** Problems that are told one by one: a column in another format makes thousands. */
const TOLD = 20

/**
 * The rows of the CSV or XLSX file that `--in` or another option names; none where it is a table of empty cells. Throws UsageError and
 * AttuneError, 'file-empty' for a file that is no table at all.
 */
export async function dataRows(given: string | undefined): Promise<ListTableRow[]> {
  const typed = required(given, 'in')
  const bytes = bytesOf(typed)
  const rows = await tableRows(basename(typed), bytes, readListWorkbook, MAX_MARK_ROWS)
  if (rows.length === 0 && !/[,;\t]/.test(bytes.toString('latin1'))) throw new AttuneError('file-empty')
  return rows
}

function bytesOf(typed: string): Buffer {
  try {
    return readFileSync(pathOf(typed))
  } catch (error) {
    throw new AttuneError('file-unreadable', { name: typed }, { cause: error })
  }
}

/** Says what is wrong with a file, each by row and column, and gives the exit code of a call that is refused. */
export function refuseData(problems: readonly DataProblem[], { json }: { json: boolean }, io: Io): number {
  const told = problems.map((problem) => ({ ...problem, sentence: problemWords(problem) }))
  if (json) io.out(JSON.stringify({ problems: told }))
  for (const { sentence } of told.slice(0, TOLD)) io.err(sentence)
  if (told.length > TOLD) io.err(`… and ${told.length - TOLD} more.`)
  return 1
}
