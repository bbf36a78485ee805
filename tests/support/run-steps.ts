import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'

export interface Step {
  readonly name: string
  /** A command line for the shell. */
  readonly command: string
  /** Steps that have to be done before. */
  readonly after?: readonly string[]
  /** Runs with no other step beside it, and shows its output as it comes. */
  readonly alone?: boolean
}

export interface StepResult<S extends Step = Step> {
  readonly step: S
  readonly ok: boolean
  readonly seconds: number
  /** All it wrote; empty for a step that ran alone. */
  readonly output: string
}

interface RunningStep<S extends Step> {
  readonly step: S
  readonly child: ChildProcess
  readonly result: Promise<StepResult<S>>
}

/** The next steps to start beside those that run, at most `width` in all. */
export function nextSteps<S extends Step>(
  waiting: readonly S[],
  running: readonly S[],
  done: ReadonlySet<string>,
  width: number,
): S[] {
  if (running.some(({ alone }) => alone)) return []
  const ready = waiting.filter(({ after = [] }) => after.every((name) => done.has(name)))
  const together = ready.filter(({ alone }) => !alone)
  if (together.length > 0) return together.slice(0, Math.max(0, width - running.length))
  return running.length === 0 ? ready.slice(0, 1) : []
}

const onWindows = process.platform === 'win32'

function start<S extends Step>(step: S): RunningStep<S> {
  const began = performance.now()
  // In a group of its own, a step is stopped together with everything it started.
  const child = spawn(step.command, {
    shell: true,
    detached: !onWindows,
    stdio: step.alone ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const result = new Promise<StepResult<S>>((resolve) => {
    const end = (ok: boolean) => resolve({ step, ok, seconds: (performance.now() - began) / 1000, output })
    child.once('error', (error) => {
      output += error.message
      end(false)
    })
    child.once('close', (code) => end(code === 0))
  })
  return { step, child, result }
}

function stop({ child }: RunningStep<Step>): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  if (onWindows) child.kill()
  else process.kill(-child.pid, 'SIGTERM')
}

/**
 * Runs steps, up to two beside each other, and tells of each as it ends. After the first that fails the others are
 * stopped and none is started. True when all went well.
 */
export async function runSteps<S extends Step>(
  steps: readonly S[],
  onEnd: (result: StepResult<S>) => void,
): Promise<boolean> {
  let waiting = steps
  let running: RunningStep<S>[] = []
  const done = new Set<string>()
  const interrupt = (signal: NodeJS.Signals) => {
    running.forEach(stop)
    process.exit(128 + constants.signals[signal])
  }
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  while (waiting.length > 0 || running.length > 0) {
    const next = nextSteps(
      waiting,
      running.map(({ step }) => step),
      done,
      2,
    )
    for (const { name, alone } of next) if (alone) console.log(`\n── ${name}`)
    running = [...running, ...next.map(start)]
    waiting = waiting.filter((step) => !next.includes(step))
    const result = await Promise.race(running.map((each) => each.result))
    running = running.filter(({ step }) => step !== result.step)
    onEnd(result)
    if (!result.ok) {
      running.forEach(stop)
      await Promise.all(running.map((each) => each.result))
      return false
    }
    done.add(result.step.name)
  }
  return true
}
