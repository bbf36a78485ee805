import type { Session, WebRequest } from 'electron'
import { isAppUrl } from './app-address.ts'

/** The part of Electron's session that could give a page a right or a way to the network. */
export type GuardedSession = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setSpellCheckerEnabled'
> & {
  webRequest: Pick<WebRequest, 'onBeforeRequest'>
  on(event: 'will-download', listener: (event: { preventDefault(): void }) => void): unknown
}

/** Made by the screens themselves, or by the developer's tools, which a packaged app does not have. */
const innerProtocols: ReadonlySet<string> = new Set(['blob:', 'data:', 'devtools:'])

/** Putting plain text and tables on the clipboard, at the touch of a button. Reading it is denied. */
const COPYING = 'clipboard-sanitized-write'

/**
 * Denies every permission but copying, and every device, screen capture, download and request to anything but the
 * screens.
 */
export function guardSession(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(permission === COPYING))
  session.setPermissionCheckHandler((_contents, permission) => permission === COPYING)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, give) => give(null))
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !mayLoad(url) }))
}

/** Whether a page of the app may load an address. */
export const mayLoad = (address: string): boolean =>
  isAppUrl(address) || innerProtocols.has(URL.parse(address)?.protocol ?? '')
