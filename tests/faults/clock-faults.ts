import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { attune, startSoak, type Surroundings } from './attune.ts'
import type { Experiment, Finding } from './experiment.ts'
import { makeTrialExam } from './trial-exam.ts'

const setBack: Surroundings = { modules: [join(import.meta.dirname, 'wall-clock-set-back.ts')] }
/** What a busy machine may take to answer. */
const TOLERANCE_MS = 1000

/** Somebody sets the wall clock back while marks are written and a station clock runs. */
export const clockSetBack: Experiment = {
  name: 'clock-set-back',
  needs: [],
  run: async ({ scratch }) => {
    const dataDir = join(scratch, 'data')
    const examId = await makeTrialExam(dataDir)
    const soak = startSoak({ dataDir, examId, rate: 50, seconds: 3 }, setBack)
    const [code, counted] = await Promise.all([
      soak.ended,
      countdown('the countdown while the clock is set back by an hour', { around: setBack }),
    ])
    const lines = eventsSchema.parse(JSON.parse(await attune(['ledger', 'list', '--data', dataDir, '--json'])))
    await attune(['verify', '--data', dataDir])
    const marks = lines.map(({ id }) => id).filter((id) => soak.acknowledged.includes(id))
    const inOrder = marks.join(' ') === soak.acknowledged.join(' ')
    return [
      {
        what: 'the ledger while the clock is set back by an hour',
        ok: code === 0 && inOrder,
        times: 'once',
        acknowledged: soak.acknowledged.length,
        lost: soak.acknowledged.length - marks.length,
        note: inOrder ? 'in the order in which the marks were made; sound' : 'OUT OF ORDER',
      },
      counted,
    ]
  },
}

/** The host stands still in the middle of a countdown, over the end of a phase and a warning. */
export const stoppedHost: Experiment = {
  name: 'stopped-host',
  needs: [],
  run: async () =>
    process.platform === 'win32'
      ? [{ what: 'Windows cannot stop a process', ok: true, times: 'left out' }]
      : [await countdown('the countdown of a host that stood still for 6 s', { stopForMs: 6000 })],
}

const eventsSchema = z.array(z.object({ id: z.string() }))
const toldSchema = z.object({
  phase: z.string().nullable(),
  remainingMs: z.number(),
  signals: z.array(z.object({ kind: z.string(), phase: z.string().nullable(), lateByMs: z.number() })),
})

type How = { around?: Surroundings; stopForMs?: number }

async function countdown(what: string, { around = {}, stopForMs = 0 }: How): Promise<Finding> {
  const child = fork(join(import.meta.dirname, 'countdown-child.ts'), {
    execArgv: (around.modules ?? []).flatMap((module) => ['--import', module]),
  })
  try {
    await once(child, 'message')
    const startedAt = performance.now()
    await wait(1000)
    const sinceStart = () => performance.now() - startedAt
    const stoppedAt = sinceStart()
    if (stopForMs > 0) child.kill('SIGSTOP')
    await wait(6000)
    if (stopForMs > 0) child.kill('SIGCONT')
    const goesOnAt = sinceStart()
    await wait(500)
    const answer = once(child, 'message')
    child.send('how much is left?')
    const { phase, remainingMs, signals } = toldSchema.parse((await answer)[0])
    const offMs = Math.round(remainingMs - (62_000 - sinceStart()))
    // What fell due while it stood still is given when it goes on.
    const lateness = (dueAt: number) => (stopForMs > 0 && stoppedAt < dueAt ? Math.max(0, goesOnAt - dueAt) : 0)
    const due = [
      { kind: 'phase-started', phase: 'encounter', lateMs: lateness(2000) },
      { kind: 'warning', phase: 'encounter', lateMs: lateness(5000) },
    ]
    const given = due.map(({ kind, phase: of, lateMs }) => {
      const toldMs = signals.find((entry) => entry.kind === kind && entry.phase === of)?.lateByMs
      const isTrue = toldMs !== undefined && Math.abs(toldMs - lateMs) < TOLERANCE_MS
      return { isTrue, words: toldMs === undefined ? 'never' : `${(toldMs / 1000).toFixed(1)} s late` }
    })
    return {
      what,
      ok: phase === 'encounter' && Math.abs(offMs) < TOLERANCE_MS && given.every(({ isTrue }) => isTrue),
      times: 'once',
      note: `off by ${Math.abs(offMs)} ms; the phase and the warning told as ${given.map(({ words }) => words).join(' and ')}`,
    }
  } finally {
    child.kill('SIGKILL')
  }
}
