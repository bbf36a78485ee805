import { stackOf, type Log } from '#electron/base/log.ts'

export type QuittingApp = {
  quit(): void
  on(event: 'will-quit', listener: (event: { preventDefault(): void }) => void): unknown
}

/** Holds every quitting back until the services have closed, whether or not they could do so cleanly. */
export function closeBeforeQuit(app: QuittingApp, shutdown: () => Promise<void>, log: Log): void {
  let state: 'open' | 'closing' | 'closed' = 'open'
  app.on('will-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    void shutdown()
      .catch((error: unknown) => {
        log.error('the app did not close cleanly', { error: stackOf(error) })
      })
      .then(() => {
        state = 'closed'
        app.quit()
      })
  })
}
