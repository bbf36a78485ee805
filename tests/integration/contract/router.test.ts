import { describe, expect, it } from 'vitest'
import { jobIdSchema, momentIdSchema } from '#shared/domain/ids.ts'
import { codeOf, examDay } from '#tests/support/exam-day.ts'
import { examId, write } from './trials/so-far.ts'

describe('the router', () => {
  it('loads the sample for a director and from the start screen, not for an examiner or an SP', async () => {
    const day = await examDay()
    for (const window of [day.examiner, day.sp]) expect(codeOf(await window('exam.loadSample', {}))).toBe('forbidden')
    for (const window of [day.director, day.window('start screen')])
      expect(codeOf(await window('exam.loadSample', {}))).toBe('accepted')
  })

  it('knows no other channel', async () => {
    const day = await examDay()
    for (const name of ['exam.drop', '__proto__', 'constructor', 'toString', '']) {
      expect(await day.services.router('x', name, {})).toEqual({ ok: false, code: 'unknown-channel', params: {} })
    }
  })

  it('says which id is unknown by a code, and changes nothing', async () => {
    const day = await examDay()
    const nowhere = { examId: 'nowhere' as never }
    const answers = [
      await day.director('exam.get', nowhere),
      await day.director('results.cohort', nowhere),
      await day.director('report.cohort', nowhere),
      await day.director('results.candidate', { ...examId(day), candidateId: 'nobody' as never }),
      await day.director('report.candidate', { ...examId(day), candidateId: 'nobody' as never }),
      await day.director('job.cancel', { jobId: jobIdSchema.parse('no-job') }),
      await day.director('redFlag.review', {
        ...write(day),
        markId: momentIdSchema.parse('no-mark'),
        review: { decision: 'upheld', reason: 'seen on film', reviewer: 'Second Reader' },
      }),
    ]
    expect(answers.map(codeOf)).toEqual([
      'unknown-exam',
      'unknown-exam',
      'unknown-exam',
      'unknown-candidate',
      'unknown-candidate',
      'job-not-found',
      'not-found',
    ])
  })
})
