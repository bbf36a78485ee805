import { mean } from 'simple-statistics'
import { markToPass } from '../../domain/standard.ts'
import type { ExamData } from '../../scoring/exam-data.ts'
import type { ExamMeasures } from './exam-measures.ts'

/** A row of the map: one candidate, or a band of candidates next to each other in rank. Scores run from 0 to 100. */
export type HeatRow = {
  /** Of the candidate; null for a band. */
  number: string | null
  /** How many are in the row. */
  candidates: number
  /** The lowest and the highest mean of theirs. */
  from: number
  to: number
  /** The mean exam score of those with a score at every station; null where there is nobody. */
  total: number | null
  /** By station: the mean of those with a score there; null where there is nobody. */
  scores: (number | null)[]
}

/** Where candidates lost marks: the weakest first, the stations in the order of the marks. */
export type HeatMeasures = {
  /** The mark in force, which the totals are held against; a station has its own cut. */
  mark: number
  /** Candidates without any score: they are in no row. */
  leftOut: number
  rows: HeatRow[]
}

/** So many candidates can be read one by one; more are taken together. */
const SINGLY = 60
const BANDS = 10

type Ranked = { number: string; mean: number; scores: (number | null)[] }

/**
 * Candidates × stations, by the mean of the scores that a candidate has (those of equal mean in the order of the candidates).
 * More than 60 candidates are ten bands of the same size, as far as their number allows.
 */
export function heatMeasures(data: ExamData, { stations, marks }: ExamMeasures): HeatMeasures {
  const ranked = rankedCandidates(data, marks, stations.length)
  const size = ranked.length > SINGLY ? ranked.length / BANDS : 1
  const count = ranked.length > SINGLY ? BANDS : ranked.length
  const rows = Array.from({ length: count }, (_, at) =>
    rowOf(ranked.slice(Math.round(at * size), Math.round((at + 1) * size)), stations.length),
  )
  return { mark: markToPass(data.standard), leftOut: data.candidates.length - ranked.length, rows }
}

/** Marks come candidate by candidate, each with all stations. */
function rankedCandidates({ candidates }: ExamData, marks: ExamMeasures['marks'], width: number): Ranked[] {
  const ranked = candidates.flatMap(({ number }, at) => {
    const scores = marks.slice(at * width, (at + 1) * width).map(({ score }) => score)
    const there = scores.filter((score) => score !== null)
    return there.length === 0 ? [] : [{ number, mean: mean(there), scores }]
  })
  return ranked.toSorted((a, b) => a.mean - b.mean)
}

function rowOf(members: readonly Ranked[], width: number): HeatRow {
  const complete = members.filter(({ scores }) => scores.every((score) => score !== null))
  const [only] = members
  return {
    number: members.length === 1 ? (only?.number ?? null) : null,
    candidates: members.length,
    from: only?.mean ?? 0,
    to: members.at(-1)?.mean ?? 0,
    total: meanOrNull(complete.map((one) => one.mean)),
    scores: Array.from({ length: width }, (_, station) =>
      meanOrNull(members.flatMap(({ scores }) => scores[station] ?? [])),
    ),
  }
}

const meanOrNull = (values: number[]): number | null => (values.length === 0 ? null : mean(values))
