import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { CandidateId, ExamId } from '#shared/domain/ids.ts'
import type { CandidateResult } from '#shared/domain/results.ts'
import { call } from '../../api.ts'
import { followExam } from '../../follow-exam.ts'
import { REFRESH_MS } from './use-cohort-store.ts'
import { useReading } from '../../ui/use-reading.ts'

/** The page of one candidate. It also stands on the cohort, so that any encounter of the exam may change it. */
export const useCandidateStore = defineStore('results-candidate', () => {
  const shown = shallowRef<{ examId: ExamId; candidateId: CandidateId } | null>(null)
  const { data, failure, read, forget } = useReading<CandidateResult>()

  async function load(examId: ExamId, candidateId: CandidateId): Promise<void> {
    shown.value = { examId, candidateId }
    await read(`${examId}/${candidateId}`, () => call('results.candidate', { examId, candidateId }))
  }

  /** Reads anew when the exam changes, at most every three seconds; the function given back ends it. */
  function follow(): () => void {
    return followExam(
      ({ examId }) => examId === shown.value?.examId,
      REFRESH_MS,
      async () => {
        if (shown.value !== null) await load(shown.value.examId, shown.value.candidateId)
      },
    )
  }

  function teardown(): void {
    shown.value = null
    forget()
  }

  return { result: data, failure, load, follow, teardown }
})
