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
      countdown('the countdown while the clock is set back by an hour', setBack),
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

const eventsSchema = z.array(z.object({ id: z.string() }))
const toldSchema = z.object({
  phase: z.string().nullable(),
  remainingMs: z.number(),
  signals: z.array(z.object({ kind: z.string(), phase: z.string().nullable(), lateByMs: z.number() })),
})

async function countdown(what: string, around: Surroundings): Promise<Finding> {
  const child = fork(join(import.meta.dirname, 'countdown-child.ts'), {
    execArgv: (around.modules ?? []).flatMap((module) => ['--import', module]),
  })
  try {
    await once(child, 'message')
    const startedAt = performance.now()
    await wait(6000)
    const answer = once(child, 'message')
    child.send('how much is left?')
    const { phase, remainingMs, signals } = toldSchema.parse((await answer)[0])
    const offMs = Math.round(remainingMs - (62_000 - (performance.now() - startedAt)))
    const given = (['phase-started', 'warning'] as const).map((kind) => {
      const toldMs = signals.find((entry) => entry.kind === kind && entry.phase === 'encounter')?.lateByMs
      const isTrue = toldMs !== undefined && toldMs < TOLERANCE_MS
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
