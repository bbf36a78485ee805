import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { root } from '#tests/support/whole-app.ts'

const program = join(root, 'electron', 'cli', 'main.ts')
const run = promisify(execFile)

/** What stands around a call of the command line: modules that Node loads before it, libraries that the system does. */
export type Surroundings = { modules?: readonly string[]; env?: Readonly<Record<string, string>> }

const nodeArgs = ({ modules = [] }: Surroundings) => modules.flatMap((module) => ['--import', module])

/** One call of the command line, a process of its own; what it printed. Throws with what it said where it fails. */
export async function attune(args: readonly string[], around: Surroundings = {}): Promise<string> {
  const { stdout } = await run(process.execPath, [...nodeArgs(around), program, ...args], {
    env: { ...process.env, ...around.env },
    maxBuffer: 1 << 30,
  })
  return stdout
}

/** The ids of all events in the ledger of a data folder, as `ledger list` prints them. */
export async function ledgerIds(dataDir: string): Promise<Set<string>> {
  return new Set((await attune(['ledger', 'list', '--data', dataDir])).split('\n').filter((line) => line !== ''))
}

export type Soak = {
  /** Events that were called saved, up to now. */
  acknowledged: readonly string[]
  /** Codes of the refusals up to now, in their order, each with the event that was refused. */
  refused: readonly { id: string; code: string }[]
  /** Resolves once `test` holds, asked after every line. Rejects when the process ends before. */
  until(test: () => boolean): Promise<void>
  signal(name: NodeJS.Signals): void
  /** Resolves to the exit code; null where a signal ended it. */
  ended: Promise<number | null>
  pid: number
}

export type SoakCall = { dataDir: string; examId: string; rate: number | 'max'; seconds?: number; seed?: number }

/** Processes that write; whoever ends this one early ends them too. */
const running = new Set<number>()

export function stopSoaks(): void {
  for (const pid of running) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself.
    }
  }
}

/** Starts `soak` as a process of its own and listens to it. */
export function startSoak(
  { dataDir, examId, rate, seconds = 60, seed = 1 }: SoakCall,
  around: Surroundings = {},
): Soak {
  const words = ['soak', '--data', dataDir, '--exam', examId, '--rate', String(rate)]
  const child = spawn(
    process.execPath,
    [...nodeArgs(around), program, ...words, '--seconds', String(seconds), '--seed', String(seed)],
    { env: { ...process.env, ...around.env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const { pid } = child
  if (pid === undefined) throw new Error('soak could not be started')
  running.add(pid)
  const acknowledged: string[] = []
  const refused: { id: string; code: string }[] = []
  const said: string[] = []
  const waiting = new Set<() => void>()
  const heard = () => {
    for (const look of waiting) look()
  }
  createInterface(child.stdout).on('line', (line) => {
    acknowledged.push(line.replace(/^ack /, ''))
    heard()
  })
  createInterface(child.stderr).on('line', (line) => {
    const [, id, code] = /^refused (\S+) (\S+)$/.exec(line) ?? []
    if (id !== undefined && code !== undefined) refused.push({ id, code })
    else said.push(line)
    heard()
  })
  const ended = once(child, 'close').then(([code]) => {
    running.delete(pid)
    heard()
    return code as number | null
  })
  return {
    acknowledged,
    refused,
    ended,
    pid,
    until: (test) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (test()) resolve()
          else if (!running.has(pid)) reject(new Error(`soak ended too early: ${said.join(' ')}`))
          else return
          waiting.delete(look)
        }
        waiting.add(look)
        look()
      }),
    signal: (name) => void child.kill(name),
  }
}
