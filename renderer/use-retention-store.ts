import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Retention } from '#shared/contract/parts/privacy.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import { call } from './api.ts'

/** How long exams keep their names; for the director alone. */
export const useRetentionStore = defineStore('retention', () => {
  const exams = shallowRef<readonly Retention[]>([])

  /** A reminder that cannot be read is none: what it is about can be looked up in the exam. */
  async function load(): Promise<void> {
    const result = await call('privacy.retention', {})
    exams.value = result.ok ? result.data : []
  }

  const of = (examId: ExamId): Retention | null => exams.value.find((entry) => entry.examId === examId) ?? null

  function teardown(): void {
    exams.value = []
  }

  return { exams, load, of, teardown }
})
