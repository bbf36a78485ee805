import { add, at } from '../data/vector.ts'
import { given, type Statistic } from '../statistic.ts'
import type { Marking } from './candidates-absorbed.ts'

/** The mean of each examiner's marks as they were given, in score points, and the warning of what it depends on. */
export function rawMeans({ n, scores, examiners }: Marking): Statistic[] {
  const totals = new Float64Array(examiners.size)
  const counts = new Float64Array(examiners.size)
  for (let i = 0; i < n; i++) {
    add(totals, at(examiners.of, i), at(scores, i))
    add(counts, at(examiners.of, i), 1)
  }
  return Array.from(totals, (total, examiner) =>
    given('mean', at(counts, examiner), total / at(counts, examiner), { warnings: ['raw-mean-confounded'] }),
  )
}

/** In the order of the names, as texts. */
export const byName = (a: { examiner: string }, b: { examiner: string }): number => (a.examiner < b.examiner ? -1 : 1)
