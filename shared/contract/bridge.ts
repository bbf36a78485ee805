import type { ChannelName, EventName } from './channels.ts'
import type { Input, Output } from './contract.ts'
import type { EventPayload } from './events.ts'
import type { FileRef, Upload } from './parts/common.ts'
import type { Result } from './result.ts'

/**
 * What a host gives the screens, the same in Electron and in the browser. Only `renderer/api.ts` touches it.
 * `saveFile` and `pickFile` answer null when the person cancels.
 */
export type Bridge = {
  host: 'electron' | 'web'
  invoke<C extends ChannelName>(channel: C, input: Input<C>): Promise<Result<Output<C>>>
  subscribe<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void
  saveFile(file: FileRef): Promise<Result<{ saved: boolean }>>
  pickFile(accept: readonly string[]): Promise<Result<Upload | null>>
}
