import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'

/** Where a command writes: results to the one, everything meant for a person who watches to the other. */
export type Io = {
  out: (line: string) => void
  err: (line: string) => void
  /** Asks for what must not be seen; absent or null where nobody is there to be asked. */
  askSecret?: (question: string) => Promise<string | null>
}

export type Command = {
  /** The words that call it, "report cohort". */
  name: string
  summary: string
  /** What `--help` prints below the summary. */
  usage: string
  /** Runs it with what stands behind its name; resolves to the exit code. Throws UsageError and AttuneError. */
  run: (args: readonly string[], io: Io) => Promise<number>
}

/** The words of the call are wrong; the message is one sentence without its full stop. */
export class UsageError extends Error {}

type Values<O extends ParseArgsOptionsConfig> = ReturnType<typeof parseArgs<{ options: O; args: string[] }>>['values']

/** Reads options strictly. Throws UsageError for an unknown one, a missing value or a word too many. */
export function readOptions<const O extends ParseArgsOptionsConfig>(args: readonly string[], options: O): Values<O> {
  const { values, words } = readCall(args, options)
  if (words[0] !== undefined) throw new UsageError(`"${words[0]}" is one word too many`)
  return values
}

/** The same of a call that takes words beside its options, such as the names of files. */
export function readCall<const O extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: O,
): { values: Values<O>; words: string[] } {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true })
  for (const token of tokens) {
    if (token.kind === 'positional') continue
    if (token.kind === 'option-terminator') continue
    const { rawName, name, value, inlineValue } = token
    const known = rawName.startsWith('--') ? options[name] : undefined
    if (!known) throw new UsageError(`there is no option ${rawName}`)
    if (known.type === 'boolean' && value !== undefined) throw new UsageError(`${rawName} takes no value`)
    if (known.type === 'string' && (value === undefined || (!inlineValue && value.startsWith('-')))) {
      throw new UsageError(`${rawName} needs a value`)
    }
  }
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  return { values, words: positionals }
}

/** An option that must be given. */
export function required(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing`)
  return value
}

/** A whole number in a range. */
export function wholeNumber(value: string, name: string, min: number, max: number): number {
  const number = Number(value)
  if (!/^\d+$/.test(value) || number < min || number > max) {
    throw new UsageError(`--${name} takes a whole number from ${min} to ${max}, not "${value}"`)
  }
  return number
}

/** A decimal number with a point. */
export function decimal(value: string, name: string): number {
  const number = Number(value)
  if (!/^-?\d+(?:\.\d+)?$/.test(value)) throw new UsageError(`--${name} takes a number, not "${value}"`)
  return number
}

/** A share, from 0 to 1. */
export function shareOf(value: string, name: string): number {
  const share = decimal(value, name)
  if (share < 0 || share > 1) throw new UsageError(`--${name} takes a share from 0 to 1, not "${value}"`)
  return share
}
