import type { Bridge } from '#shared/contract/bridge.ts'
import type { ChannelName, EventName } from '#shared/contract/channels.ts'
import type { Input, Output } from '#shared/contract/contract.ts'
import type { EventPayload } from '#shared/contract/events.ts'
import type { FileRef, Upload } from '#shared/contract/parts/common.ts'
import type { Result } from '#shared/contract/result.ts'
import { createWebBridge, type WebBridge } from './web-bridge.ts'

declare global {
  interface Window {
    /** What Electron's preload leaves; absent in a browser. */
    readonly attune?: Bridge
  }
}

/** A bridge that may have what a browser's has besides: events that break off and come back, tabs. */
type AnyBridge = Bridge & Partial<WebBridge>

let bridge: AnyBridge | null = null
const theBridge = (): AnyBridge => (bridge ??= window.attune ?? createWebBridge((...request) => fetch(...request)))

/** Chooses the host's bridge: once, before the router reads the address. Tests hand in a stand-in. */
export function connect(to?: AnyBridge): void {
  bridge = to ?? null
  theBridge()
}

/** Calls the host. Never throws: a broken way is the failure "host-unreachable". */
export async function call<C extends ChannelName>(channel: C, input: Input<C>): Promise<Result<Output<C>>> {
  try {
    return await theBridge().invoke(channel, input)
  } catch {
    return { ok: false, code: 'host-unreachable', params: {} }
  }
}

/** Listens to an event of the host; the function given back ends it. */
export function subscribe<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
  return theBridge().subscribe(event, listener)
}

/** Tells that the way to the host broke off (false) or is back (true). */
export function onConnection(listener: (connected: boolean) => void): () => void {
  return theBridge().onConnection?.(listener) ?? (() => undefined)
}

/** Calls when events flow again after a break, so that a screen can read afresh what it may have missed. */
export function onReturn(listener: () => void): () => void {
  return onConnection((connected) => {
    if (connected) listener()
  })
}

/** Whether the host reads back what it saved. A browser does not say what became of a download. */
export const savingIsSeen = (): boolean => theBridge().host === 'electron'

/** Saves a file of the host by a native dialog, or downloads it. */
export function saveFile(file: FileRef): Promise<Result<{ saved: boolean }>> {
  return theBridge().saveFile(file)
}

/** Lets the person choose a file; `accept` lists extensions (".csv"). null where they cancel. */
export function pickFile(accept: readonly string[]): Promise<Result<Upload | null>> {
  return theBridge().pickFile(accept)
}

/** Opens another window for another person; null where the desktop's menu does that. */
export const windowOpener = (): (() => void) | null => theBridge().openWindow ?? null
