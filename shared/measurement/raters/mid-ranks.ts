/** The rank of each value, 1 for the lowest; equal values share the mean of their ranks. */
export function midRanks(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort()
  const ranks = new Map<number, number>()
  for (let start = 0; start < sorted.length;) {
    const value = sorted[start] ?? 0
    let end = start + 1
    while (sorted[end] === value) end++
    ranks.set(value, (start + 1 + end) / 2)
    start = end
  }
  return values.map((value) => ranks.get(value) ?? 0)
}
