import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { runCli } from '#electron/cli/run.ts'

export type Said = { code: number; out: string[]; err: string[] }

/** One call of the command line, in this process. */
export async function cli(...argv: string[]): Promise<Said> {
  const out: string[] = []
  const err: string[] = []
  const code = await runCli(argv, { out: (line) => void out.push(line), err: (line) => void err.push(line) })
  return { code, out, err }
}

/** A call that must succeed; its results, line by line. */
export async function done(...argv: string[]): Promise<string[]> {
  const { code, out, err } = await cli(...argv)
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${err.join('\n')}`)
  return out.join('\n').split('\n')
}

/** A folder for all tests of a file. */
export function folderOfFile(): string {
  const dir = mkdtempSync(join(tmpdir(), 'attune-test-'))
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
  })
  return dir
}

/** Writes CSV files of rows into a folder; null is an empty cell. */
export function csvIn(dir: string): (rows: readonly (readonly (string | number | null)[])[]) => string {
  let files = 0
  return (rows) => {
    const file = join(dir, `${++files}.csv`)
    writeFileSync(file, rows.map((row) => row.map((cell) => cell ?? '').join(',')).join('\n'))
    return file
  }
}

/** Every file below a folder with its content; what SQLite keeps beside a database while it is read is left out. */
export function contentOf(dir: string): Map<string, string> {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).toSorted()
  const files = names.filter((name) => !/-(?:wal|shm)$/.test(name) && statSync(join(dir, name)).isFile())
  return new Map(files.map((name) => [name, readFileSync(join(dir, name), 'base64')]))
}

export const filesIn = (dir: string): string[] => [...contentOf(dir).keys()]
