import type { ExamData } from '#shared/scoring/exam-data.ts'
import { allRated, recordedExam } from './recorded-exam.ts'
import { seeded } from './seeded.ts'

/** Sixty candidates of two groups at three stations, whose scores scatter so that of equals some pass and others do not. */
export function scatteredExam(): ExamData {
  const { uniform } = seeded(11)
  return recordedExam({
    stations: [{}, {}, {}],
    candidates: Array.from({ length: 60 }, (_, at) => ({ group: at % 2 === 0 ? 'Day' : 'Night' })),
    record: () => ({
      ...{ status: 'submitted', globalRating: 'pass' },
      ratings: allRated(([1, 2, 3, 4, 5] as const)[Math.floor(5 * uniform())] ?? 3),
    }),
  })
}
