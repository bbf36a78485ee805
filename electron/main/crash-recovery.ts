import type { RenderProcessGoneDetails } from 'electron'
import type { Log } from '#electron/base/log.ts'

const WITHIN_MS = 60_000
const MOST_RELOADS = 3

export type RecoverableContents = {
  reload(): void
  on(event: 'render-process-gone', listener: (event: unknown, details: RenderProcessGoneDetails) => void): unknown
}

type Parts = { now: () => number; giveUp: () => void; log: Log }

/**
 * Loads the screens again when their process died: the services, which hold the marks and the clocks, live on. Gives up
 * at the fourth time within a minute.
 */
export function recoverFromCrash(contents: RecoverableContents, { now, giveUp, log }: Parts): void {
  let crashes: number[] = []
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    log.error('a window lost its process', { reason })
    crashes = [...crashes.filter((at) => now() - at < WITHIN_MS), now()]
    if (crashes.length > MOST_RELOADS) giveUp()
    else contents.reload()
  })
}
