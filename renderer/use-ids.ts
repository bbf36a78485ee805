import { computed, type ComputedRef } from 'vue'
import { useRoute } from 'vue-router'
import { candidateIdSchema, examIdSchema, type CandidateId, type ExamId } from '#shared/domain/ids.ts'
import type { Failure } from '#shared/contract/result.ts'

/** An address that names no exam or candidate is told like one that does not exist. */
export const unknownExam: Failure = { ok: false, code: 'unknown-exam', params: {} }
export const unknownCandidate: Failure = { ok: false, code: 'unknown-candidate', params: {} }

/** The exam that the address names; null where it cannot be an id. */
export function useExamId(): ComputedRef<ExamId | null> {
  const route = useRoute()
  return computed(() => examIdSchema.safeParse(route.params['examId']).data ?? null)
}

/** The candidate that the address names; null where it cannot be an id. */
export function useCandidateId(): ComputedRef<CandidateId | null> {
  const route = useRoute()
  return computed(() => candidateIdSchema.safeParse(route.params['candidateId']).data ?? null)
}
