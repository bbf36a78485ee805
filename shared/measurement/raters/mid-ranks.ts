import { largestSize, STRAY } from '../rounding.ts'

/** The rank of each value, 1 for the lowest; values that are equal but for rounding share the mean of their ranks. */
export function midRanks(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort()
  const room = STRAY * largestSize(values)
  const ranks = new Map<number, number>()
  for (let start = 0; start < sorted.length;) {
    const lowest = sorted[start] ?? 0
    let end = start + 1
    while ((sorted[end] ?? Infinity) - lowest <= room) end++
    for (const value of sorted.subarray(start, end)) ranks.set(value, (start + 1 + end) / 2)
    start = end
  }
  return values.map((value) => ranks.get(value) ?? 0)
}
