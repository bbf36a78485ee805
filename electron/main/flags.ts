import { parseArgs } from 'node:util'

export type AppFlags = { dataDir: string | null; demo: boolean; takeBack: boolean }

/** Reads our flags from among those of Electron and Chromium, which are left alone. `argv` is the process's. */
export function readAppFlags(argv: readonly string[]): AppFlags {
  const { values } = parseArgs({
    args: argv.slice(1),
    strict: false,
    options: { data: { type: 'string' }, demo: { type: 'boolean' }, 'take-back': { type: 'boolean' } },
  })
  const { data, demo, 'take-back': takeBack } = values
  return {
    dataDir: typeof data === 'string' && data !== '' ? data : null,
    demo: demo === true,
    takeBack: takeBack === true,
  }
}
