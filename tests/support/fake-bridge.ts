import type { Bridge } from '#shared/contract/bridge.ts'
import type { ChannelName, EventName } from '#shared/contract/channels.ts'
import type { z } from 'zod'
import { contract, type Contract, type Input, type Output } from '#shared/contract/contract.ts'
import { events, type EventPayload } from '#shared/contract/events.ts'
import type { FileRef, Upload } from '#shared/contract/parts/common.ts'
import type { ErrorCode, ErrorParams, Failure, Result } from '#shared/contract/result.ts'

/** What a host would answer: a value, or a function of the input; a failure is made by `refused`. */
export type Answers = {
  [C in ChannelName]?: Answer<C> | Failure | ((input: Input<C>) => Answer<C> | Failure | Promise<Answer<C> | Failure>)
}

/** What goes without saying may be left out. */
type Answer<C extends ChannelName> = z.input<Contract[C]['output']>

export type FakeBridge = Bridge & {
  /** Every call in its order. */
  readonly calls: { channel: ChannelName; input: unknown }[]
  readonly saved: FileRef[]
  /** Changes what is answered from now on. */
  answer(answers: Answers): void
  /** Does what the host does when something happened. */
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void
  /** The inputs a channel was called with. */
  inputsOf(channel: ChannelName): unknown[]
  /** The way to the host breaks off or comes back. */
  connection(connected: boolean): void
  onConnection(listener: (connected: boolean) => void): () => void
  /** The file the person chooses next; null: they cancel. */
  upload: Upload | null
}

export const refused = (code: ErrorCode, params: ErrorParams = {}): Failure => ({ ok: false, code, params })

/**
 * A host for screens under test. Inputs, outputs and payloads are held against the contract, so that a test cannot
 * stand on an answer the real host would never give. A channel without an answer fails the call with "internal".
 */
export function fakeBridge(given: Answers = {}): FakeBridge {
  const answers: Answers = { ...given }
  const calls: FakeBridge['calls'] = []
  const saved: FileRef[] = []
  const listeners = new Map<EventName, Set<(payload: unknown) => void>>()
  const watchers = new Set<(connected: boolean) => void>()

  const invoke = async <C extends ChannelName>(channel: C, input: Input<C>): Promise<Result<Output<C>>> => {
    calls.push({ channel, input })
    contract[channel].input.parse(input)
    const answer = answers[channel] as unknown
    const said: unknown = typeof answer === 'function' ? await (answer as (input: unknown) => unknown)(input) : answer
    if (said === undefined) return refused('internal')
    if (isFailure(said)) return said
    return { ok: true, data: contract[channel].output.parse(said) as Output<C> }
  }

  const bridge: FakeBridge = {
    host: 'web',
    calls,
    saved,
    upload: null,
    invoke,
    subscribe(event, listener) {
      const entry = listener as (payload: unknown) => void
      const of = listeners.get(event) ?? new Set()
      listeners.set(event, of.add(entry))
      return () => of.delete(entry)
    },
    saveFile(file) {
      saved.push(file)
      return Promise.resolve({ ok: true, data: { saved: true } })
    },
    pickFile: () => Promise.resolve({ ok: true, data: bridge.upload }),
    answer: (more) => Object.assign(answers, more),
    emit(event, payload) {
      const parsed: unknown = events[event].parse(payload)
      for (const listener of listeners.get(event) ?? []) listener(parsed)
    },
    inputsOf: (channel) => calls.filter((call) => call.channel === channel).map((call) => call.input),
    connection(connected) {
      for (const watcher of watchers) watcher(connected)
    },
    onConnection(listener) {
      watchers.add(listener)
      return () => watchers.delete(listener)
    },
  }
  return bridge
}

const isFailure = (answer: unknown): answer is Failure =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === false && 'code' in answer
