import { describe, expect, it } from 'vitest'
import { jobIdSchema, momentIdSchema } from '#shared/domain/ids.ts'
import { isSound } from '#electron/store/verify-ledger.ts'
import { openReader } from '#electron/store/store.ts'
import { directorsLaptop, examiner, newEvent, slotsOf, sp } from '#tests/support/laptops.ts'
import { codeOf, examDay } from '#tests/support/exam-day.ts'
import { PIN } from '#tests/support/sign-in.ts'
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

  it('puts a sign in the place of half a character, so that the proof of what was typed holds', async () => {
    const laptop = await directorsLaptop()
    const [first, second] = slotsOf(examiner)
    if (!first || !second) throw new Error('the small exam has other encounters')
    const call = laptop.as(examiner)
    const at = (encounterId = first.id) => ({ encounterId, eventId: newEvent() })
    const cut = 'a smile \ud83d'
    await call('encounter.confirmIdentity', at())
    await call('note.record', { ...at(), itemId: null, text: cut })
    await call('incident.record', { ...at(), kind: 'other', text: cut })
    await laptop.as(sp)('sp.comment', { ...at(), text: cut })
    await call('encounter.declareAbsent', { ...at(second.id), reason: cut })
    const { record } = await call('encounter.open', { encounterId: first.id })
    expect(record.notes).toEqual([{ itemId: null, text: 'a smile \ufffd' }])
    const reader = openReader(laptop.dataDir)
    expect(isSound(reader.verify())).toBe(true)
    reader.close()
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
        ...{ decision: 'upheld', reason: 'seen on film', reviewerId: day.small.otherExaminer.id, pin: PIN },
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
