import { given, withheld, type Statistic } from '../statistic.ts'
import type { ExaminerScore } from './candidates-absorbed.ts'

/** An examiner, and the mean of the marks as they were given, in score points: it depends on who was seen where. */
export type RawMean = { examiner: string; rawMean: Statistic }

/** Every examiner who is named, in the order of the names as texts; one without any score too. */
export function rawMeans(marks: readonly ExaminerScore[]): RawMean[] {
  const found = new Map<string, { n: number; total: number }>()
  for (const { examiner, score } of marks) {
    if (examiner === null) continue
    const own = found.get(examiner) ?? { n: 0, total: 0 }
    found.set(examiner, score === null ? own : { n: own.n + 1, total: own.total + score })
  }
  return [...found]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([examiner, { n, total }]) => ({
      examiner,
      rawMean:
        n === 0 ? withheld('mean', 0, 'no-data') : given('mean', n, total / n, { warnings: ['raw-mean-confounded'] }),
    }))
}
