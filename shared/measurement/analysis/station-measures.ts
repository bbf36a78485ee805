import type { Station } from '../../domain/exam.ts'
import type { BorderlineLevel } from './exam-marks.ts'
import type { ExamMeasures } from './exam-measures.ts'
import type { StationAnalysis } from './station-analysis.ts'

/** Candidates of one station with the same grade and the same score: a point of its chart. A grade that is missing is null. */
export type ScorePoint = { grade: number | null; score: number; count: number }

/** What measurement says of one station, with what its chart needs. */
export type StationMeasures = Omit<StationAnalysis, 'station'> & {
  stationId: Station['id']
  number: number
  title: string
  /** The labels of the grades 1, 2, 3 …, worst first, and which of them is borderline. */
  grades: string[]
  borderline: BorderlineLevel
  /** By grade, then score; those without a grade first. */
  points: ScorePoint[]
}

export function stationMeasures({ stations, marks, analysis }: ExamMeasures): StationMeasures[] {
  const figures = new Map(analysis.stations.map((one) => [one.station, one]))
  const points = pointsByStation(marks)
  return stations.flatMap(({ station, rubric, borderline }) => {
    const found = figures.get(station.id)
    if (!found) return []
    const { station: _, ...rest } = found
    return [
      {
        stationId: station.id,
        number: station.number,
        title: station.title,
        grades: rubric.globalRating.map(({ label }) => label),
        borderline,
        ...rest,
        points: points.get(station.id) ?? [],
      },
    ]
  })
}

function pointsByStation(marks: ExamMeasures['marks']): Map<string, ScorePoint[]> {
  return new Map([...Map.groupBy(marks, ({ station }) => station)].map(([station, own]) => [station, scorePoints(own)]))
}

/** How many have the same grade and the same score; who has no score is left out. By grade, then score. */
export function scorePoints(given: readonly { grade: number | null; score: number | null }[]): ScorePoint[] {
  const counted = new Map<string, ScorePoint>()
  for (const { grade, score } of given) {
    if (score === null) continue
    const key = `${grade} ${score}`
    const point = counted.get(key) ?? { grade, score, count: 0 }
    point.count += 1
    counted.set(key, point)
  }
  return [...counted.values()].toSorted((a, b) => (a.grade ?? 0) - (b.grade ?? 0) || a.score - b.score)
}
