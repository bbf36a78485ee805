import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { CohortResult } from '#shared/domain/results.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import { call } from '../../api.ts'
import { followExam } from '../../follow-exam.ts'
import { useReading } from '../../ui/use-reading.ts'

/** Every reading goes through the whole exam. */
export const REFRESH_MS = 3000

/** The results of one exam, which fill up while the exam runs. */
export const useCohortStore = defineStore('results-cohort', () => {
  const examId = shallowRef<ExamId | null>(null)
  const { data, failure, read, forget } = useReading<CohortResult>()
  const waiting = computed(() =>
    (data.value?.attention ?? []).filter(({ mark }) => mark?.kind === 'red-flag' && mark.review === null),
  )

  async function load(of: ExamId): Promise<void> {
    examId.value = of
    await read(of, () => call('results.cohort', { examId: of }))
  }

  /** Reads anew when the exam changes, at most every three seconds; the function given back ends it. */
  function follow(): () => void {
    return followExam(
      (change) => change.examId === examId.value,
      REFRESH_MS,
      async () => {
        if (examId.value !== null) await load(examId.value)
      },
    )
  }

  function teardown(): void {
    examId.value = null
    forget()
  }

  return { examId, cohort: data, failure, waiting, load, follow, teardown }
})
