import { expect, test } from 'vitest'
import { laterOf } from '#renderer/features/results/reports/job-state.ts'
import { jobSchema, type Job } from '#shared/contract/parts/common.ts'

const job = (over: Partial<Job>): Job =>
  jobSchema.parse({
    id: 'job-1',
    examId: 'exam-1',
    kind: 'feedback-batch',
    status: 'running',
    done: 0,
    total: 5,
    file: null,
    failure: null,
    ...over,
  })

test('progress never goes back, and a job that ended stays ended', () => {
  expect(laterOf(undefined, job({ done: 1 })).done).toBe(1)
  expect(laterOf(job({ done: 3 }), job({ done: 1 })).done).toBe(3)
  expect(laterOf(job({ done: 3 }), job({ done: 3, status: 'cancelled' })).status).toBe('cancelled')
  expect(laterOf(job({ status: 'done' }), job({ done: 4 })).status).toBe('done')
})
