/** How tightly a report is set; sizes and distances in points. */
export type Density = {
  /** Type of the score table. */
  table: number
  /** Type of the station-by-station table. */
  feedback: number
  plan: number
  padding: number
  stoodOutLines: number
  /** Whether the examiner's words stand beside the levels. */
  quotes: boolean
}

const densities: readonly [Density, ...Density[]] = [
  { table: 8, feedback: 7.2, plan: 8, padding: 1.8, stoodOutLines: 2, quotes: true },
  { table: 8, feedback: 7.2, plan: 8, padding: 1.8, stoodOutLines: 1, quotes: true },
  { table: 7.5, feedback: 6.8, plan: 7.5, padding: 1.2, stoodOutLines: 1, quotes: true },
  { table: 7, feedback: 6.5, plan: 7, padding: 1, stoodOutLines: 1, quotes: false },
]

/** From the one that a report of so many stations may fit to the tightest. */
export function densitiesFor(stations: number): readonly [Density, ...Density[]] {
  const start = stations <= 8 ? 0 : stations <= 10 ? 1 : 2
  const [first = densities[0], ...rest] = densities.slice(start)
  return [first, ...rest]
}
