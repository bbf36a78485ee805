import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export const startHelp = `npm start -- [flags]

  --browser     open in the system's browser, even where Electron can run
  --no-open     as --browser, but only print the address
  --port N      as --browser, on port N (default: the folder's own, else any free one)
  --data DIR    folder of the data (default: the system's place for Attune)
  --demo        fill a new data folder with the sample exam and a simulated exam day
  --take-back   free every device that is with an SP whose return code was forgotten
  --help        show this`

export interface StartFlags {
  /** The web host was asked for, by its name or by a flag that only it has. */
  readonly browser: boolean
  readonly open: boolean
  readonly port: number | null
  /** Absolute path; null stands for the default folder. */
  readonly data: string | null
  readonly demo: boolean
  /** Ends what was handed over, without its return code. */
  readonly takeBack: boolean
}

export type ReadFlags =
  | { readonly kind: 'start'; readonly flags: StartFlags }
  | { readonly kind: 'help' }
  | { readonly kind: 'problem'; readonly problem: string }

const problem = (sentence: string): ReadFlags => ({
  kind: 'problem',
  problem: `${sentence} "npm start -- --help" lists the flags.`,
})

function readPort(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity
  return port <= 65_535 ? port : null
}

/** Reads the flags of `npm start`. A relative data folder is taken from `from`, where the person typed the command. */
export function readStartFlags(args: readonly string[], from: string): ReadFlags {
  const { tokens } = parseArgs({
    args: [...args],
    options: { port: { type: 'string' }, data: { type: 'string' } },
    strict: false,
    tokens: true,
  })
  let flags: StartFlags = { browser: false, open: true, port: null, data: null, demo: false, takeBack: false }
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional') return problem(`"${token.value}" is not a flag.`)
    const { rawName, name, value, inlineValue } = token
    const takesValue = name === 'port' || name === 'data'
    const isMissing = value === undefined || value === '' || (!inlineValue && value.startsWith('-'))
    if (takesValue && isMissing) return problem(`${rawName} needs a value.`)
    if (!takesValue && value !== undefined) return problem(`${rawName} takes no value.`)
    switch (rawName) {
      case '--help':
        return { kind: 'help' }
      case '--browser':
        flags = { ...flags, browser: true }
        break
      case '--no-open':
        flags = { ...flags, browser: true, open: false }
        break
      case '--demo':
        flags = { ...flags, demo: true }
        break
      case '--take-back':
        flags = { ...flags, takeBack: true }
        break
      case '--data':
        flags = { ...flags, data: resolve(from, value ?? '') }
        break
      case '--port': {
        const port = readPort(value ?? '')
        if (port === null) return problem(`"${value ?? ''}" is not a port: give a whole number from 0 to 65535.`)
        flags = { ...flags, browser: true, port }
        break
      }
      default:
        return problem(`There is no flag ${rawName}.`)
    }
  }
  return { kind: 'start', flags }
}

/** The same wishes as arguments of `electron/web/main.ts`. */
export function webHostArguments({ open, port, data, demo, takeBack }: StartFlags): string[] {
  return [
    ...(port === null ? [] : ['--port', String(port)]),
    ...(data === null ? [] : ['--data', data]),
    ...(demo ? ['--demo'] : []),
    ...(takeBack ? ['--take-back'] : []),
    open ? '--open' : '--no-open',
  ]
}

/** The same wishes as arguments of the Electron host. Chromium refuses to start its sandbox for root. */
export function electronArguments({ data, demo, takeBack }: StartFlags, root: string, isRoot: boolean): string[] {
  return [
    ...(isRoot ? ['--no-sandbox'] : []),
    root,
    ...(data === null ? [] : ['--data', data]),
    ...(demo ? ['--demo'] : []),
    ...(takeBack ? ['--take-back'] : []),
  ]
}
