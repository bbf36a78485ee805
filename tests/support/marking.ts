import type { ExaminerScore } from '#shared/measurement/raters/candidates-absorbed.ts'

/** A score by an examiner, the factors by number. */
export const scoreBy = (candidate: number, station: number, examiner: number, score: number | null): ExaminerScore => ({
  candidate: `c${candidate}`,
  station: `s${station}`,
  examiner: `e${examiner}`,
  score,
})

/** For each of `candidates` × `stations`, candidates first, what `of` makes of it. */
export const everyCell = <Cell>(candidates: number, stations: number, of: (c: number, s: number) => Cell[]): Cell[] =>
  Array.from({ length: candidates }, (_, c) => Array.from({ length: stations }, (_, s) => of(c, s)).flat()).flat()

/** A small exam with gaps: 12 candidates, 4 stations, 5 examiners who move about. Reference values are of these marks. */
export const smallMarking: ExaminerScore[] = everyCell(12, 4, (c, s) => {
  const examiner = (s + c * 2 + Math.floor(c / 5) * (s % 3)) % 5
  const lenience = [0, -4, 2, 5, -1][examiner] ?? 0
  const rest = ((c * 7 + s * 5 + c * s * 3) % 11) / 2
  return ['1-2', '7-0', '9-3', '9-1'].includes(`${c}-${s}`)
    ? []
    : [scoreBy(c, s, examiner, 50 + c * 2 + s * 3 + lenience + rest)]
})
