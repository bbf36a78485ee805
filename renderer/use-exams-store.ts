import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowRef, toValue, watchEffect, type MaybeRefOrGetter } from 'vue'
import type { ExamSummary } from '#shared/contract/parts/exams.ts'
import type { Failure } from '#shared/contract/result.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import { call, onReturn, subscribe } from './api.ts'
import { together } from './ui/together.ts'

/** The exams of this installation in short, and which of them is on the screen. */
export const useExamsStore = defineStore('exams', () => {
  const exams = shallowRef<readonly ExamSummary[]>([])
  const state = shallowRef<'loading' | 'failed' | 'ready'>('loading')
  const failure = shallowRef<Failure | null>(null)
  /** Named by the screen that shows an exam whose id is not in its address. */
  const inView = shallowRef<ExamId | null>(null)

  async function load(): Promise<void> {
    const result = await call('exam.list', {})
    if (result.ok) exams.value = result.data
    failure.value = result.ok ? null : result
    state.value = result.ok ? 'ready' : 'failed'
  }

  const byId = computed(() => new Map<string, ExamSummary>(exams.value.map((entry) => [entry.exam.id, entry])))

  /** Follows the host's changes; the function given back ends it. */
  function follow(): () => void {
    return together(
      subscribe('exam.changed', () => void load()),
      onReturn(() => void load()),
    )
  }

  return { exams, state, failure, inView, byId, load, follow }
})

/** Names the exam that the open screen shows, for the sign over sample data, until the screen is left. */
export function useExamInView(examId: MaybeRefOrGetter<ExamId | null>): void {
  const exams = useExamsStore()
  watchEffect(() => {
    exams.inView = toValue(examId)
  })
  onScopeDispose(() => {
    exams.inView = null
  })
}
