import { execFile } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'csv-parse/sync'

const root = join(import.meta.dirname, '..', '..')
const run = promisify(execFile)

/** What the command line, a process of its own, exports of the one exam in a data folder: a line for each mark. */
export async function ratingsOnDisk(dataFolder: string): Promise<Record<string, string>[]> {
  const attune = (...args: string[]) =>
    run(process.execPath, [join(root, 'electron', 'cli', 'main.ts'), ...args, '--data', dataFolder])
  const exams = JSON.parse((await attune('exam', 'list', '--json')).stdout) as { id: string }[]
  const file = join(dataFolder, 'ratings-on-disk.csv')
  await attune('export', 'ratings', '--names', '--exam', exams[0]?.id ?? '', '--out', file)
  const rows: Record<string, string>[] = parse(readFileSync(file), { bom: true, columns: true })
  rmSync(file)
  return rows
}
