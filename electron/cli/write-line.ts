import { writeSync } from 'node:fs'

/** What a shell tells of a program that a closed pipe ended. */
const CUT_SHORT = 141

/**
 * Writes a line to a stream of this process and returns once the system has it: whoever reads on the other end has it
 * before anything else happens here. Ends the process where nobody reads any more, as a program that was cut short: what
 * was not read to its end is no success.
 */
export function writeLine(stream: 1 | 2, line: string): void {
  let rest = Buffer.from(`${line}\n`)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(stream, rest))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null
      if (code === 'EPIPE') process.exit(CUT_SHORT)
      // Somebody who reads slowly, on a pipe that does not make its writer wait.
      if (code !== 'EAGAIN') throw error
    }
  }
}
