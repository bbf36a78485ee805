import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Job } from '#shared/contract/parts/common.ts'
import type { Failure, Result } from '#shared/contract/result.ts'
import type { ExamId, JobId } from '#shared/domain/ids.ts'
import { call, onReturn, subscribe } from '../../api.ts'
import { laterOf, withNews } from './reports/job-state.ts'
import { together } from '../../ui/together.ts'

/** Long work that the host does for the director. It goes on whatever screen is open. */
export const useJobsStore = defineStore('results-jobs', () => {
  const jobs = shallowRef<readonly Job[]>([])
  const failure = shallowRef<Failure | null>(null)
  /** Which reading counts: none that was asked for before the screen was left. */
  let turn = 0

  /** What the host knows counts: after its restart there are no jobs. */
  async function load(): Promise<void> {
    turn += 1
    const mine = turn
    const result = await call('job.list', {})
    if (mine !== turn) return
    failure.value = result.ok ? null : result
    if (!result.ok) return
    const known = new Map(jobs.value.map((job) => [job.id, job]))
    jobs.value = result.data.map((job) => laterOf(known.get(job.id), job))
  }

  async function start(kind: Job['kind'], examId: ExamId, names: boolean): Promise<Result<Job>> {
    const result = await asked(kind, examId, names)
    if (result.ok) take(result.data)
    return result
  }

  function asked(kind: Job['kind'], examId: ExamId, names: boolean): Promise<Result<Job>> {
    switch (kind) {
      case 'cohort-report':
        return call('report.cohort', { examId, names })
      case 'feedback-batch':
        return call('report.feedbackBatch', { examId })
      case 'examiner-letters':
        return call('report.examiners', { examId })
    }
  }

  async function cancel(jobId: JobId): Promise<Result<Job>> {
    const result = await call('job.cancel', { jobId })
    if (result.ok) take(result.data)
    return result
  }

  function take(news: Job): void {
    jobs.value = withNews(jobs.value, news)
  }

  /** The youngest job of a kind in an exam. */
  const latest = (examId: ExamId, kind: Job['kind']): Job | null =>
    jobs.value.findLast((job) => job.examId === examId && job.kind === kind) ?? null

  /** Follows the jobs; the function given back ends it. */
  function follow(): () => void {
    return together(
      subscribe('job.progressed', take),
      onReturn(() => void load()),
    )
  }

  function teardown(): void {
    turn += 1
    jobs.value = []
    failure.value = null
  }

  return { jobs, failure, load, start, cancel, latest, follow, teardown }
})
