import { allRated, recordedExam, type Recorded } from '#tests/support/recorded-exam.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'

const levels = ['clear-fail', 'borderline', 'pass', 'good', 'excellent']

/** An encounter in which every behaviour was rated alike: `points` × 20 is the score, `grade` 1 the worst. */
export const marked = (points: 1 | 2 | 3 | 4 | 5, grade: number, more: Partial<Recorded> = {}): Recorded => ({
  status: 'submitted',
  ratings: allRated(points),
  globalRating: levels[grade - 1] ?? '',
  ...more,
})

/** Each row a candidate, each cell a station; undefined: no encounter there. */
export const examOf = (
  rows: readonly (readonly (Recorded | undefined)[])[],
  groups: readonly string[] = [],
): ExamData =>
  recordedExam({
    stations: (rows[0] ?? []).map(() => ({})),
    candidates: rows.map((_, row) => ({ group: groups[row] ?? '' })),
    record: (candidate, station) => rows[candidate]?.[station],
  })
