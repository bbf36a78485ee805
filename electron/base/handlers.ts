import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input, Output } from '#shared/contract/contract.ts'
import type { Session } from '#shared/domain/session.ts'

/** Who calls: one window of the desktop app or one tab of the browser, and who signed in there. */
export type CallContext = { clientId: string; session: Session | null }

/** One handler for each channel of the contract; a missing one does not compile. */
export type Handlers = {
  [C in ChannelName]: (input: Input<C>, context: CallContext) => Output<C> | Promise<Output<C>>
}

/** The part of the handlers that one service answers for. */
export type HandlersOf<Prefix extends string> = Pick<Handlers, Extract<ChannelName, `${Prefix}.${string}`>>
