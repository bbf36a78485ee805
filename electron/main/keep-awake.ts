import type { PowerSaveBlocker } from 'electron'
import type { Services } from '#electron/services/services.ts'

type Parts = {
  services: Pick<Services, 'events' | 'clockRuns' | 'wake'>
  powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>
  powerMonitor: { on(event: 'resume', listener: () => void): unknown }
}

/** Keeps the machine and its screen awake while a clock runs; after a sleep all the same, has the clocks looked at. */
export function keepAwake({ services, powerSaveBlocker, powerMonitor }: Parts): void {
  let blocker: number | null = null
  const follow = () => {
    const runs = services.clockRuns()
    if (runs && blocker === null) blocker = powerSaveBlocker.start('prevent-display-sleep')
    if (!runs && blocker !== null) {
      powerSaveBlocker.stop(blocker)
      blocker = null
    }
  }
  follow()
  services.events.subscribe('power', ({ name }) => {
    if (name === 'clock.changed' || name === 'encounter.changed') follow()
  })
  powerMonitor.on('resume', () => services.wake())
}
