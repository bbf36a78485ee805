/**
 * Hybrid logical clock (Kulkarni et al., 2014): wall time where it moves forward, a counter where it does not, so
 * that what happened later always sorts later. A stamp names its device, so that no two are ever the same.
 */
export type HybridClock = {
  /** A stamp after every stamp given so far. */
  next(wallMs: number): string
  /** Takes note of a stamp from elsewhere: what happens here from now on is later. */
  see(stamp: string): void
}

const WALL_DIGITS = 13
const MAX_COUNTER = 0xffff

export function createHybridClock(device: string, last: string | null): HybridClock {
  let { wallMs: wall, counter } = last === null ? { wallMs: 0, counter: -1 } : parseStamp(last)
  return {
    see: (stamp) => {
      const seen = parseStamp(stamp)
      if (seen.wallMs < wall || (seen.wallMs === wall && seen.counter <= counter)) return
      ;({ wallMs: wall, counter } = seen)
    },
    next: (wallMs) => {
      const now = Math.floor(wallMs)
      if (now > wall) {
        wall = now
        counter = 0
      } else if (counter < MAX_COUNTER) {
        counter += 1
      } else {
        wall += 1
        counter = 0
      }
      return `${String(wall).padStart(WALL_DIGITS, '0')}-${counter.toString(16).padStart(4, '0')}-${device}`
    },
  }
}

/** Wall milliseconds and counter of a stamp. Throws on text that is none. */
export function parseStamp(stamp: string): { wallMs: number; counter: number } {
  const match = /^(\d{13})-([0-9a-f]{4})-/.exec(stamp)
  if (!match) throw new Error('not a stamp of the hybrid clock')
  return { wallMs: Number(match[1]), counter: Number.parseInt(match[2] ?? '', 16) }
}

/** Whose stamp it is. */
export const deviceOf = (stamp: string): string => stamp.slice('1763110800000-0000-'.length)
