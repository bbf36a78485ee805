/** How tightly the page of scores is set; sizes and distances in points. */
export type ScoreDensity = {
  size: number
  padding: number
  /** Lines that a station's title, and what stood out there, may take. */
  titleLines: number
  stoodOutLines: number
}

/** How tightly the page of advice is set. */
export type AdviceDensity = {
  /** Type of the table, and of the action plan. */
  size: number
  plan: number
  padding: number
  /** Letters of the examiner's words that stand beside a level; 0: none. */
  quoteLength: number
  /** Lines that a cell may take. */
  lines: number
}

export type Densities<D> = readonly [D, ...D[]]

const scores: Densities<ScoreDensity> = [
  { size: 9, padding: 3.5, titleLines: 2, stoodOutLines: 3 },
  { size: 8, padding: 2.4, titleLines: 2, stoodOutLines: 2 },
  { size: 8, padding: 1.8, titleLines: 2, stoodOutLines: 2 },
  { size: 8, padding: 1.8, titleLines: 1, stoodOutLines: 1 },
  { size: 7.5, padding: 1.2, titleLines: 1, stoodOutLines: 1 },
  { size: 7, padding: 0.6, titleLines: 1, stoodOutLines: 1 },
]

const advice: Densities<AdviceDensity> = [
  { size: 9, plan: 9, padding: 3.5, quoteLength: 1000, lines: 30 },
  { size: 8.4, plan: 8.4, padding: 3, quoteLength: 500, lines: 20 },
  { size: 7.8, plan: 8, padding: 2.2, quoteLength: 300, lines: 12 },
  { size: 7.2, plan: 8, padding: 1.8, quoteLength: 200, lines: 10 },
  { size: 6.8, plan: 7.5, padding: 1.2, quoteLength: 80, lines: 8 },
  { size: 6.5, plan: 7, padding: 0.8, quoteLength: 60, lines: 6 },
  { size: 6.5, plan: 7, padding: 0.8, quoteLength: 0, lines: 5 },
  { size: 6.5, plan: 7, padding: 0.6, quoteLength: 0, lines: 3 },
]

/** The densities from the one that so many stations may fit to the tightest; `limits[i]` is the most that i may fit. */
function from<D>(all: Densities<D>, limits: readonly number[], stations: number): Densities<D> {
  const start = limits.findIndex((most) => stations <= most)
  const [first = all[0], ...rest] = all.slice(start < 0 ? limits.length : start)
  return [first, ...rest]
}

export const scoreDensities = (stations: number): Densities<ScoreDensity> => from(scores, [4, 8, 10], stations)

export const adviceDensities = (stations: number): Densities<AdviceDensity> => from(advice, [3, 6, 8, 10], stations)
