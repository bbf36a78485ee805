import { z } from 'zod'

/** The machine's clocks, read at one moment and stored beside a clock's state; all in whole milliseconds. */
export const timeReadingSchema = z.strictObject({
  /** The axis of the clock's instants; begins anew with every process. */
  monoMs: z.int(),
  /** Time of day, since 1970; anybody may set it. */
  wallMs: z.int(),
  /** Since the machine booted, sleep included. */
  uptimeMs: z.int().min(0),
  /** Differs from boot to boot; null where the system names none. */
  bootId: z.string().nullable(),
})
export type TimeReading = z.infer<typeof timeReadingSchema>

export type Elapsed = {
  elapsedMs: number
  source: 'boot-clock' | 'wall-clock'
  /** How much more time the wall clock claims than `elapsedMs`; negative when it was set back. */
  wallSkewMs: number
}

/**
 * Time between two readings that may come from different processes. In the same boot the time since boot decides: it
 * counts sleep and nobody can set it. Otherwise the wall clock decides, but never for less than the machine has
 * provably been up since the first reading (so never for less than 0).
 */
export function elapsedBetween(before: TimeReading, after: TimeReading): Elapsed {
  const wallMs = after.wallMs - before.wallMs
  const upMs = after.uptimeMs - before.uptimeMs
  const bootIdsKnown = before.bootId !== null && after.bootId !== null
  if (bootIdsKnown && before.bootId === after.bootId) {
    const elapsedMs = Math.max(0, upMs)
    return { elapsedMs, source: 'boot-clock', wallSkewMs: wallMs - elapsedMs }
  }
  const rebooted = bootIdsKnown || upMs < 0
  const elapsedMs = Math.max(wallMs, rebooted ? after.uptimeMs : upMs)
  return { elapsedMs, source: 'wall-clock', wallSkewMs: wallMs - elapsedMs }
}
