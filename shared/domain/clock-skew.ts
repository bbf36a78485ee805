/** When a device began its first encounter of a round, by its own clock. */
export type RoundStart = { device: string; round: number; wallMs: number }

/**
 * What is known of a device's clock, in milliseconds. `off`: how far it goes ahead of most others' (negative: behind).
 * `apart`: how far it and one other differ; nobody can tell which of the two is wrong.
 */
export type ClockSkew = { kind: 'off' | 'apart'; ms: number }

/** Stations of one round begin some minutes apart by themselves. */
export const NOTICED_SKEW_MS = 5 * 60_000

/**
 * All stations of a round begin together: so the median of a device's distances from the round's median start is its
 * clock's, where the round was begun on three devices at least. Two alone only tell that they differ. A device that
 * shares no round is not in it.
 */
export function clockSkews(starts: readonly RoundStart[]): Map<string, ClockSkew> {
  const fromMiddle = new Map<string, number[]>()
  const between = new Map<string, { pair: [string, string]; all: number[] }>()
  for (const round of Map.groupBy(starts, (start) => start.round).values()) {
    const [first, second, ...more] = round.toSorted((a, b) => (a.device < b.device ? -1 : 1))
    if (first === undefined || second === undefined) continue
    if (more.length === 0) {
      const pair: [string, string] = [first.device, second.device]
      const known = between.get(pair.join('\n')) ?? { pair, all: [] }
      known.all.push(second.wallMs - first.wallMs)
      between.set(pair.join('\n'), known)
      continue
    }
    const middle = medianOf(round.map(({ wallMs }) => wallMs))
    for (const { device, wallMs } of round) {
      fromMiddle.set(device, [...(fromMiddle.get(device) ?? []), wallMs - middle])
    }
  }
  const skews = new Map<string, ClockSkew>()
  for (const { pair, all } of between.values()) {
    const ms = Math.abs(medianOf(all))
    for (const device of pair) {
      if (ms >= (skews.get(device)?.ms ?? 0)) skews.set(device, { kind: 'apart', ms })
    }
  }
  for (const [device, all] of fromMiddle) skews.set(device, { kind: 'off', ms: medianOf(all) })
  return skews
}

/** The lower of the two middle values where the count is even: a median that somebody really had. */
function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}
