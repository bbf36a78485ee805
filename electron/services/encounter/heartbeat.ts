import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HEARTBEAT_FILE } from '#electron/store/folder-files.ts'
import { timeReadingSchema, type TimeReading } from '#shared/clock/time-reading.ts'

const EVERY_MS = 2000

/** Leaves a trace of being alive while a clock runs, so that a restart can tell how long the app was away. */
export type Heartbeat = {
  /** When the app was last known to be alive, before this start; null where nobody knows. */
  last(): TimeReading | null
  /** Beats until `goesOn` says no. */
  beatWhile(goesOn: () => boolean): void
  stop(): void
}

export function createHeartbeat(dataDir: string, reading: () => TimeReading): Heartbeat {
  const file = join(dataDir, HEARTBEAT_FILE)
  const lastBeat = readBeat(file)
  let timer: ReturnType<typeof setInterval> | null = null
  const stop = () => {
    if (timer) clearInterval(timer)
    timer = null
  }
  const beat = () => {
    try {
      writeFileSync(file, JSON.stringify(reading()))
    } catch {
      // A missing trace costs a sentence after a crash, never a mark; a full disk is reported where marks are written.
    }
  }
  return {
    last: () => lastBeat,
    beatWhile: (goesOn) => {
      if (timer || !goesOn()) return
      beat()
      timer = setInterval(() => {
        if (goesOn()) beat()
        else stop()
      }, EVERY_MS)
      timer.unref()
    },
    stop,
  }
}

function readBeat(file: string): TimeReading | null {
  try {
    return timeReadingSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}
