import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input, Output } from '#shared/contract/contract.ts'
import { events, type EventPayload } from '#shared/contract/events.ts'
import type { Result } from '#shared/contract/result.ts'
import { eventIdSchema, type EncounterId } from '#shared/domain/ids.ts'
import { openStore } from '#electron/store/store.ts'
import { sitAs } from '#tests/support/sign-in.ts'
import { putSmallExam, type SmallExam } from '#tests/support/small-exam.ts'
import { runWebHost } from '#tests/support/web-host.ts'
import type { Experiment, Finding } from './experiment.ts'

/** After the start of the clock, in milliseconds: what falls due while the host stands still, and for how long it does. */
const READING_ENDS = 3000
const WARNED = 4000
const ENDS = 63_000
const STILL_UNTIL = 5000
/** Two clocks, each read to a millisecond. */
const ROUNDED = 5
/** What a machine under load may take until everything was told. */
const PATIENCE = 60_000

/** The web host stands still while a station's clock runs, over the end of a phase and a warning. */
export const stoppedHost: Experiment = {
  name: 'stopped-host',
  needs: [],
  run: async ({ scratch }) => {
    if (process.platform === 'win32') return [{ what: 'Windows cannot stop a process', ok: true, times: 'left out' }]
    const dataDir = join(scratch, 'data')
    const small = putShortExam(dataDir)
    const screens = join(scratch, 'screens')
    mkdirSync(screens)
    writeFileSync(join(screens, 'index.html'), '<!doctype html>')
    const host = await runWebHost(dataDir, { screens })
    try {
      return [await countdownOf(host, small)]
    } finally {
      await host.kill()
    }
  },
}

/** The small exam with a short reading phase and an early warning. */
function putShortExam(dataDir: string): SmallExam {
  mkdirSync(dataDir)
  const store = openStore({ dataDir })
  const small = putSmallExam(store)
  store.exams.put({
    ...small.exam,
    timing: {
      ...small.exam.timing,
      readingSeconds: READING_ENDS / 1000,
      encounterSeconds: (ENDS - READING_ENDS) / 1000,
      warnings: [{ phase: 'encounter', remainingSeconds: (ENDS - WARNED) / 1000 }],
    },
  })
  store.close()
  return small
}

/** Something that happened between two moments of this process. */
type Between = { from: number; to: number }
const during = async <T>(deed: () => Promise<T>): Promise<Between & { answer: T }> => {
  const from = performance.now()
  const answer = await deed()
  return { from, to: performance.now(), answer }
}

type Signal = EventPayload<'clock.signalled'>
type Host = Awaited<ReturnType<typeof runWebHost>>

/** However long the machine takes: what is told must lie within what this process saw from outside. */
async function countdownOf(host: Host, { examiner, slots }: SmallExam): Promise<Finding> {
  const { call, signals } = clientOf(host.address)
  await sitAs(call, examiner)
  const encounterId = slots.find(({ stationId }) => examiner.stationIds.includes(stationId))?.id
  if (encounterId === undefined) throw new Error('the small exam has no encounter of its examiner')
  const told = signals()
  await told.opened
  const write = () => ({ encounterId, eventId: eventIdSchema.parse(randomUUID()) })
  taken(await call('encounter.confirmIdentity', write()))
  const started = await during(async () =>
    taken(await call('clock.command', { ...write(), command: { kind: 'start' } })),
  )
  host.signal('SIGSTOP')
  const stoppedAt = performance.now()
  await wait(started.from + STILL_UNTIL - performance.now())
  const goesOnAt = performance.now()
  host.signal('SIGCONT')

  const due = [
    { kind: 'phase-started', phase: 'encounter', at: READING_ENDS },
    { kind: 'warning', phase: 'encounter', at: WARNED },
  ] as const
  const given = await Promise.all(
    due.map(async ({ kind, phase, at }) => {
      const { lateByMs, heardAt } = await told.of(
        encounterId,
        (signal) => signal.kind === kind && signal.phase === phase,
      )
      const least = stoppedAt < started.from + at ? goesOnAt - (started.to + at) : 0
      return { lateByMs, isTrue: isWithin(lateByMs, least, heardAt - (started.from + at)) }
    }),
  )
  const left = await during(async () => taken(await call('clock.get', { encounterId })))
  const { phase, remainingMs } = left.answer
  const isRight = isWithin(remainingMs, ENDS - (left.to - started.from), ENDS - (left.from - started.to))
  const stoodStill = stoppedAt < started.from + READING_ENDS
  return {
    what: `the countdown of a web host that stood still for ${seconds(goesOnAt - stoppedAt)}`,
    ok: stoodStill && phase === 'encounter' && isRight && given.every(({ isTrue }) => isTrue),
    times: 'once',
    note: `${seconds(remainingMs)} left${isRight ? ', as it must be' : ': WRONG'}; the phase and the warning told as ${given.map(({ lateByMs }) => `${seconds(lateByMs)} late`).join(' and ')}`,
  }
}

const isWithin = (ms: number, least: number, most: number) => ms >= least - ROUNDED && ms <= most + ROUNDED
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

function taken<T>(answer: Result<T>): T {
  if (!answer.ok) throw new Error(`refused: ${answer.code}`)
  return answer.data
}

/** One tab of the host's screens, at the address with its token. */
function clientOf(address: string) {
  const [url = '', token = ''] = address.split('#token=')
  const credentials = { authorization: `Bearer ${token}`, 'x-attune-client': 'tab-00000001' }
  const call = async <C extends ChannelName>(channel: C, input: Input<C>) => {
    const headers = { ...credentials, 'content-type': 'application/json' }
    const answer = await fetch(`${url}api/${channel}`, { method: 'POST', headers, body: JSON.stringify(input) })
    return (await answer.json()) as Result<Output<C>>
  }
  return { call, signals: () => listen(`${url}events`, credentials) }
}

type Heard = Signal & { heardAt: number }

/** What the host tells of clocks, each with when it was heard. */
function listen(url: string, headers: Record<string, string>) {
  const heard: Heard[] = []
  const waiting = new Set<() => void>()
  const opened = Promise.withResolvers<null>()
  const failed = Promise.withResolvers<never>()
  const take = (block: string) => {
    const data = /^event: clock\.signalled\ndata: (.*)$/.exec(block)?.[1]
    if (data === undefined) return
    heard.push({ ...events['clock.signalled'].parse(JSON.parse(data)), heardAt: performance.now() })
    for (const look of waiting) look()
  }
  const read = async () => {
    const { body } = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE) })
    let text = ''
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      opened.resolve(null)
      const blocks = `${text}${chunk}`.split('\n\n')
      text = blocks.pop() ?? ''
      blocks.forEach(take)
    }
    throw new Error('the host has stopped telling')
  }
  read().catch(failed.reject)
  // It ends with the host, when nobody waits for anything any more.
  failed.promise.catch(() => undefined)
  const of = (id: EncounterId, test: (signal: Signal) => boolean) =>
    new Promise<Heard>((resolve) => {
      const look = () => {
        const found = heard.find((signal) => signal.encounterId === id && test(signal))
        if (!found) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
    })
  return {
    opened: Promise.race([opened.promise, failed.promise]),
    of: (id: EncounterId, test: (signal: Signal) => boolean) => Promise.race([of(id, test), failed.promise]),
  }
}
