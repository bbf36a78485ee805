/** The rank of each value, 1 for the lowest; equal values share the mean of their ranks. */
export function midRanks(values: readonly number[]): number[] {
  const order = Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const ranks = new Array<number>(values.length).fill(0)
  for (let start = 0; start < order.length;) {
    const value = values[order[start] ?? 0]
    let end = start + 1
    while (end < order.length && values[order[end] ?? 0] === value) end++
    for (let i = start; i < end; i++) ranks[order[i] ?? 0] = (start + 1 + end) / 2
    start = end
  }
  return ranks
}
