import type { RaschMark } from '#shared/measurement/rasch/marks.ts'

/** What a simulated exam is made of; `examinersPerStation` examiners of all share each station, drawn per mark. */
export type SimulatedExam = {
  candidates: number
  stations: number
  examiners: number
  /** The share of all cells that have a mark. */
  share: number
  seed: number
}

/** Thresholds of simulated marks: five categories, 0 to 4. */
export const simulatedThresholds = [-1.8, -0.6, 0.5, 1.9]

/** Marks drawn from the rating-scale model, with the measures that they were drawn with. The same seed gives the same. */
export function simulateMarks({ candidates, stations, examiners, share, seed }: SimulatedExam) {
  const random = seededRandom(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const abilities = Array.from({ length: candidates }, normal)
  const difficulties = Array.from({ length: stations }, () => 0.7 * normal())
  const severities = Array.from({ length: examiners }, () => 0.5 * normal())
  const marks: RaschMark[] = []
  abilities.forEach((ability, candidate) => {
    difficulties.forEach((difficulty, station) => {
      if (random() >= share) return
      const examiner = Math.floor(random() * examiners)
      const category = draw(ability - difficulty - (severities[examiner] ?? 0), random())
      marks.push({ candidate: `c${candidate}`, station: `s${station}`, examiner: `e${examiner}`, category })
    })
  })
  return { marks, abilities, difficulties, severities }
}

/** The category at which the cumulated probabilities pass `at`, 0 to 1. */
function draw(theta: number, at: number): number {
  let exponent = 0
  const weights = [1, ...simulatedThresholds.map((threshold) => Math.exp((exponent += theta - threshold)))]
  let left = at * weights.reduce((sum, weight) => sum + weight, 0)
  const passed = weights.findIndex((weight) => (left -= weight) < 0)
  return passed < 0 ? weights.length - 1 : passed
}

/** Numbers from 0 up to 1, the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
