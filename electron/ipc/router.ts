import { channels, type ChannelName } from '#shared/contract/channels.ts'
import { contract } from '#shared/contract/contract.ts'
import type { Access } from '#shared/contract/parts/common.ts'
import { AttuneError, type Failure, type Result } from '#shared/contract/result.ts'
import type { Session } from '#shared/domain/session.ts'
import type { Handlers } from '#electron/base/handlers.ts'
import { stackOf, type Log } from '#electron/base/log.ts'
import { isPlainData, wholeData } from '#electron/base/plain-data.ts'

const MAX_QUOTED = 200

/** All that an SP can reach on a device that was handed over. */
const whileHandedOver: ReadonlySet<ChannelName> = new Set([
  'app.info',
  'settings.get',
  'session.get',
  'handover.end',
  'clock.get',
  'sp.open',
  'sp.answer',
  'sp.comment',
  'sp.submit',
])

/** All that a locked window can reach: what its lock screen shows, and the ways out of it. */
const whileLocked: ReadonlySet<ChannelName> = new Set([
  'app.info',
  'settings.get',
  'session.get',
  'session.signIn',
  'session.leave',
  'account.list',
  'exam.roster',
  'clock.get',
])

export type Router = (clientId: string, channel: string, input: unknown) => Promise<Result<unknown>>

type RouterParts = {
  handlers: Handlers
  sessionOf: (clientId: string) => Session | null
  /** Throws AttuneError for what a session may not do about the exam that an input names. */
  guard: (channel: ChannelName, input: unknown, session: Session | null) => void
  /** What an error of the disk means for the marks; null for any other. */
  storageCodeOf: (error: unknown) => Failure['code'] | null
  /** Told of every refusal by the store, so that the screens can show a standing banner. */
  onStorageError: (code: Failure['code'] | null) => void
  log: Log
}

/** Parses input, checks who may call, runs the handler, parses output, and turns exceptions into codes. */
export function createRouter({ handlers, sessionOf, guard, storageCodeOf, onStorageError, log }: RouterParts): Router {
  return async (clientId, channel, rawInput) => {
    if (!isChannel(channel)) return failure('unknown-channel')
    try {
      const session = sessionOf(clientId)
      const refusal = refuse(channel, contract[channel].access, session)
      if (refusal) return refusal
      if (!isPlainData(rawInput)) return failure('bad-input', { field: '', problem: 'not plain data' })
      const input = contract[channel].input.safeParse(wholeData(rawInput))
      if (!input.success) {
        const issue = input.error.issues[0]
        return failure('bad-input', { field: short(issue?.path.join('.')), problem: short(issue?.message) })
      }
      guard(channel, input.data, session)
      const handler = handlers[channel] as (input: unknown, context: object) => unknown
      const data = await handler(input.data, { clientId, session })
      const output = contract[channel].output.safeParse(data)
      if (!output.success) {
        log.error('output breaks the contract', { channel, field: output.error.issues[0]?.path.join('.') ?? '' })
        return failure('bad-output', { channel })
      }
      return { ok: true, data: output.data }
    } catch (error) {
      return toFailure(error, channel, { storageCodeOf, onStorageError, log })
    }
  }
}

/** What was sent is named, not sent back: a problem can quote a field by its whole name. */
const short = (text = ''): string => text.slice(0, MAX_QUOTED)

const isChannel = (name: string): name is ChannelName => (channels as readonly string[]).includes(name)

const failure = (code: Failure['code'], params: Failure['params'] = {}): Failure => ({ ok: false, code, params })

function refuse(channel: ChannelName, access: Access, session: Session | null): Failure | null {
  if (session?.handedOver && !whileHandedOver.has(channel)) return failure('handed-over')
  if (session?.locked && !whileLocked.has(channel)) return failure('locked')
  if (access === 'anyone') return null
  if (!access.includes(session?.role ?? 'nobody')) return failure('forbidden')
  return null
}

function toFailure(
  error: unknown,
  channel: string,
  { storageCodeOf, onStorageError, log }: Pick<RouterParts, 'storageCodeOf' | 'onStorageError' | 'log'>,
): Failure {
  const storage = storageCodeOf(error)
  if (storage) {
    onStorageError(storage)
    log.error('the store refused', { channel, code: storage })
    return failure(storage)
  }
  if (error instanceof AttuneError) return failure(error.code, error.params)
  log.error('a call failed', { channel, error: stackOf(error) })
  return failure('internal')
}
