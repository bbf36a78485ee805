import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input, Output } from '#shared/contract/contract.ts'
import type { Result } from '#shared/contract/result.ts'
import type { PersonId } from '#shared/domain/ids.ts'
import { SAMPLE_PIN } from '#shared/domain/pin.ts'
import type { HashCost } from '#electron/base/derive.ts'

/** A hash that takes no time: for whatever is not about hashes. */
export const QUICK: HashCost = { ln: 4, r: 8, p: 1 }

/** The PIN of everybody whom tests sit down: those of samples, of the small exam, and the director whom they make. */
export const PIN = SAMPLE_PIN

/** Calls a host as one window; answers the result, or its data and throws where it is refused. */
type Call = <C extends ChannelName>(channel: C, input: Input<C>) => Promise<Result<Output<C>> | Output<C>>

/** A director sits down: the first of those who are there, or one who begins the installation. */
export async function sitAsDirector(call: Call): Promise<void> {
  const { directors } = taken(await call('account.list', {}))
  const [first] = directors
  if (first) taken(await call('session.signIn', { personId: first.id, pin: PIN }))
  else taken(await call('account.begin', { name: 'The Director', pin: PIN }))
}

/** One of an exam's people sits down. */
export async function sitAs(call: Call, { id }: { id: PersonId }): Promise<void> {
  taken(await call('session.signIn', { personId: id, pin: PIN }))
}

function taken<T extends object>(answer: Result<T> | T): T {
  if (!('ok' in answer)) return answer
  if (!answer.ok) throw new Error(`refused: ${answer.code}`)
  return answer.data
}
