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
  /** Type of the table, and of the action plan and what follows it. */
  size: number
  plan: number
  padding: number
  /** Letters of a station's quoted behaviour, and of each further note on it; 0: none. */
  quoteLength: number
  noteLength: number
  /** The plan says which level to aim for, and each station what was noted on the behaviour to change. */
  hints: boolean
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
  { size: 6.5, padding: 0.3, titleLines: 1, stoodOutLines: 1 },
]

/** The quoted behaviour is the last to be shortened: type, distances, hints and further notes give way before it. */
const advice: Densities<AdviceDensity> = [
  { size: 9, plan: 9, padding: 3.5, quoteLength: 1000, noteLength: 1000, hints: true, lines: 30 },
  { size: 8.4, plan: 8.4, padding: 3, quoteLength: 500, noteLength: 300, hints: true, lines: 20 },
  { size: 7.8, plan: 8, padding: 2.2, quoteLength: 300, noteLength: 200, hints: true, lines: 12 },
  { size: 7.2, plan: 8, padding: 1.8, quoteLength: 250, noteLength: 150, hints: true, lines: 10 },
  { size: 7.2, plan: 8, padding: 1.8, quoteLength: 250, noteLength: 150, hints: false, lines: 10 },
  { size: 7, plan: 7.5, padding: 1.2, quoteLength: 200, noteLength: 150, hints: false, lines: 9 },
  { size: 6.8, plan: 7, padding: 0.8, quoteLength: 200, noteLength: 100, hints: false, lines: 8 },
  { size: 6.5, plan: 6.8, padding: 0.8, quoteLength: 200, noteLength: 60, hints: false, lines: 7 },
  { size: 6.5, plan: 6.5, padding: 0.6, quoteLength: 160, noteLength: 0, hints: false, lines: 6 },
  { size: 6.5, plan: 6.5, padding: 0.6, quoteLength: 120, noteLength: 0, hints: false, lines: 5 },
  { size: 6.5, plan: 6.5, padding: 0.6, quoteLength: 80, noteLength: 0, hints: false, lines: 4 },
  { size: 6.5, plan: 6.5, padding: 0.6, quoteLength: 60, noteLength: 0, hints: false, lines: 3 },
]

/** So many stations may fit the density of this place, and none before it. */
type Start = { stations: number; at: number }

/** The densities from the first that so many stations may fit to the tightest: every trial of a page takes time. */
function from<D>(all: Densities<D>, starts: readonly Start[], most: number, stations: number): Densities<D> {
  const start = starts.find((entry) => stations <= entry.stations)?.at ?? most
  const [first = all[0], ...rest] = all.slice(start)
  return [first, ...rest]
}

const scoreStarts: readonly Start[] = [
  { stations: 4, at: 0 },
  { stations: 8, at: 1 },
  { stations: 10, at: 2 },
]
const adviceStarts: readonly Start[] = [
  { stations: 3, at: 0 },
  { stations: 6, at: 1 },
  { stations: 8, at: 2 },
  { stations: 10, at: 4 },
]

export const scoreDensities = (stations: number): Densities<ScoreDensity> => from(scores, scoreStarts, 3, stations)

export const adviceDensities = (stations: number): Densities<AdviceDensity> => from(advice, adviceStarts, 6, stations)
