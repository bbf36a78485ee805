import { byCandidateNumber } from '#shared/domain/candidate-number.ts'
import type { CandidateId } from '#shared/domain/ids.ts'
import type { CohortResult } from '#shared/domain/results.ts'

export type Neighbours = { before: CandidateId | null; after: CandidateId | null; place: number; total: number }

/** Who comes before and after in the order of the numbers; null for nobody of this exam. */
export function neighboursOf(entries: CohortResult['candidates'], id: CandidateId | null): Neighbours | null {
  const all = entries.map(({ candidate }) => candidate).toSorted((a, b) => byCandidateNumber(a.number, b.number))
  const index = all.findIndex((candidate) => candidate.id === id)
  if (index < 0) return null
  return { before: all[index - 1]?.id ?? null, after: all[index + 1]?.id ?? null, place: index + 1, total: all.length }
}
