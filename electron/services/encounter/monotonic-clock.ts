import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'
import type { TimeReading } from '#shared/clock/time-reading.ts'

export type MonotonicClock = {
  /** Whole milliseconds since some moment of this process; never goes backwards, time asleep included. */
  now: () => number
  /** All clocks of the machine at this moment, to be stored beside a station clock's state. */
  reading: () => TimeReading
}

/** The clocks of the machine; milliseconds, fractions allowed. */
export type ClockSources = {
  /** Steady, but may stop while the machine is suspended. */
  steadyMs: () => number
  /** Since boot, suspension included; as coarse as a second on some systems. */
  uptimeMs: () => number
  wallMs: () => number
  bootId: () => string | null
}

type Look = { steadyMs: number; uptimeMs: number }

/** What the uptime's coarseness alone can make of a gap. */
const COARSENESS_MS = 1000

/** Readings within this are of one moment; a machine that never reads so fast is taken at its last word. */
const AT_ONCE_MS = 50
const LOOKS_AT_MOST = 10

/** The uptime is read from a file, too slow for every mark: a suspension shows in the wall clock at once as well. */
const UPTIME_EVERY_MS = 1000
const WALL_TOLERANCE_MS = 100

/**
 * How long the machine was suspended between two looks without the steady clock noticing, in ms. Looks are compared
 * with their neighbours, not with the first one, so that two clocks that differ by some parts in a million never add
 * up to a suspension.
 */
export function suspendedBetween(before: Look, after: Look): number {
  const unseenMs = after.uptimeMs - before.uptimeMs - (after.steadyMs - before.steadyMs)
  return unseenMs > COARSENESS_MS ? unseenMs : 0
}

/** Null where the system has no such file (anything but Linux). */
export function readBootId(path = '/proc/sys/kernel/random/boot_id'): string | null {
  try {
    return readFileSync(path, 'utf8').trim() || null
  } catch {
    return null
  }
}

const systemSources: ClockSources = {
  steadyMs: () => performance.now(),
  uptimeMs: () => uptime() * 1000,
  wallMs: () => Date.now(),
  bootId: () => readBootId(),
}

/**
 * All clocks at one moment. A process may be stopped between reading one and the next: what then passed for the one
 * and not for the other would look like a suspension, so it looks again.
 */
function lookAtOnce({ steadyMs, uptimeMs, wallMs }: ClockSources): Look & { wallMs: number } {
  for (let tries = 1; ; tries++) {
    const before = steadyMs()
    const look = { uptimeMs: uptimeMs(), wallMs: wallMs(), steadyMs: steadyMs() }
    if (look.steadyMs - before <= AT_ONCE_MS || tries === LOOKS_AT_MOST) return look
  }
}

/** The one source of time for all station clocks of this process. */
export function createMonotonicClock(sources: ClockSources = systemSources): MonotonicClock {
  const bootId = sources.bootId()
  let last = lookAtOnce(sources)
  let suspendedMs = 0
  let latest = Number.NEGATIVE_INFINITY

  const lookAgain = (): number => {
    const current = lookAtOnce(sources)
    suspendedMs += suspendedBetween(last, current)
    last = current
    return at(current.steadyMs)
  }
  const at = (steadyMs: number): number => {
    latest = Math.max(latest, Math.floor(steadyMs + suspendedMs))
    return latest
  }

  return {
    now: () => {
      const steadyMs = sources.steadyMs()
      const passedMs = steadyMs - last.steadyMs
      const wallPassedMs = sources.wallMs() - last.wallMs
      const isFar = passedMs >= UPTIME_EVERY_MS || Math.abs(wallPassedMs - passedMs) > WALL_TOLERANCE_MS
      return isFar ? lookAgain() : at(steadyMs)
    },
    reading: () => {
      const monoMs = lookAgain()
      return {
        monoMs,
        wallMs: Math.floor(last.wallMs),
        uptimeMs: Math.floor(last.uptimeMs),
        bootId,
      }
    },
  }
}
