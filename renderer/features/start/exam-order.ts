import type { ExamSummary } from '#shared/contract/parts/exams.ts'
import { localDate } from '#shared/domain/local-date.ts'

/** Exams as one is likely to want them: running before prepared before closed, then today's, then the latest. */
export function inOrderOfUse(exams: readonly ExamSummary[], now: Date): ExamSummary[] {
  const today = localDate(now)
  const rank = { running: 0, draft: 1, closed: 2 }
  const order = ({ exam }: ExamSummary) => rank[exam.status] * 2 + (exam.heldOn === today ? 0 : 1)
  return [...exams].sort((a, b) => order(a) - order(b) || b.exam.heldOn.localeCompare(a.exam.heldOn))
}
