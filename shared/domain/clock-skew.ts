/** When a device began its first encounter of a round, by its own clock. */
export type RoundStart = { device: string; round: number; wallMs: number }

/** Fewer devices in a round do not tell whose clock is the odd one. */
const FEWEST = 3

/**
 * How far each device's clock goes ahead of the others' (negative: behind), in milliseconds: all stations of a round
 * begin together, so that the median of a device's distances from the round's median start is its clock's. Only
 * devices that share a round with two others at least are in it.
 */
export function clockSkews(starts: readonly RoundStart[]): Map<string, number> {
  const distances = new Map<string, number[]>()
  for (const round of Map.groupBy(starts, (start) => start.round).values()) {
    if (round.length < FEWEST) continue
    const middle = medianOf(round.map(({ wallMs }) => wallMs))
    for (const { device, wallMs } of round) {
      distances.set(device, [...(distances.get(device) ?? []), wallMs - middle])
    }
  }
  return new Map([...distances].map(([device, all]) => [device, medianOf(all)]))
}

/** The lower of the two middle values where the count is even: a median that somebody really had. */
function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}
