import { describe, expect, it } from 'vitest'
import { eventIdSchema } from '#shared/domain/ids.ts'
import type { StandardInForce } from '#shared/domain/standard.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { allRated } from '#tests/support/recorded-exam.ts'
import { wordsOf } from './feedback-pages.ts'
import { judged, judgedExam } from './judged-exam.ts'
import { feedbackOf } from './report-data.ts'

const told = async (data: ExamData, candidate = 1): Promise<string> =>
  wordsOf(await readPdf(feedbackOf(data, candidate)))

/** The exam under a standard that was decided on once its marks were there; `marks` of the stations that have their own. */
function decidedOn(data: ExamData, standard: Partial<StandardInForce>, marks: readonly number[] = []): ExamData {
  const decision = {
    ...{ eventId: eventIdSchema.parse('decision-1'), by: { id: null, name: 'A. Dean' } },
    ...{ at: '2026-11-15T08:00:00Z', reason: 'Agreed by the committee.' },
  }
  const stations = marks.flatMap((cut, at) => {
    const stationId = data.stations[at]?.id
    return stationId ? [{ stationId, cut }] : []
  })
  return { ...data, standard: { ...data.standard, stations, decision, ...standard } }
}

describe('the standard on a candidate’s paper', () => {
  it('says that a declared pass mark was declared with the exam', async () => {
    const words = await told(judgedExam())
    expect(words).toContain('the pass mark was 60.')
    expect(words).toContain('This pass mark was declared with the exam.')
    expect(words).not.toMatch(/own pass mark|counts for nobody/)
  })

  it('tells a decided one with its cut, how that was found, the error that was added, and the marks of stations', async () => {
    const standard = { method: 'borderline-regression' as const, cut: 63.21345, sem: 3.45678, semMultiple: 1 }
    const words = await told(decidedOn(judgedExam(), standard, [60.25, 61.5, 62.75, 63]))
    expect(words).toContain('the pass mark was 66.67.')
    expect(words).toContain('at least 1 station had to be passed, each at its own pass mark,')
    expect(words).toContain(
      'a cut of 63.21, worked out from everybody’s scores and global ratings: what goes with a borderline performance (borderline regression), with 1 × the standard error of measurement of 3.46 added.',
    )
    expect(words).toMatch(/1 Telling the scan result [\d.]+ 60\.25 /)
    expect(words).not.toMatch(/A\. Dean|Agreed by/)
  })

  it('tells one without an added error by how it was found', async () => {
    const words = await told(decidedOn(judgedExam(), { method: 'angoff', cut: 61 }))
    expect(words).toContain('This pass mark was set by judges: what they expect of a candidate who is just good enough')
    expect(words).not.toContain('added.')
  })

  it('holds a station that counts for nobody against no mark', async () => {
    const exam = judgedExam()
    const last = exam.stations[3]?.id
    const words = await told(decidedOn(exam, { excluded: last ? [last] : [] }))
    expect(words).toMatch(/4 Through a screen [\d.]+ none /)
    expect(words).toContain('Station 4 counts for nobody: what you did there stands in your profile and advice')
  })
})

describe('how sure the mean of a candidate is', () => {
  it('says what the band means, from how many candidates it is, and that it decides nothing', async () => {
    const words = await told(judgedExam())
    expect(words).toContain(
      'in about two of three cases such a band holds what very many stations like these would give.',
    )
    expect(words).toContain('Worked out from 24 candidates, so few that the band itself is rough.')
    expect(words).toContain('The rule alone makes the outcome, not the band.')
    expect(await told(judgedExam(60))).toContain('Worked out from 60 candidates. The rule')
  })

  it('says that a missing station leaves it open', async () => {
    const words = await told(
      judgedExam(24, {
        record: (c, s) => (c === 1 && s === 2 ? { status: 'absent', absenceReason: 'Ill' } : judged(c, s)),
      }),
    )
    expect(words).toContain('How sure your mean is can be said once no station is missing.')
    expect(words).not.toContain('band:')
  })

  it.each([
    ['one candidate', judgedExam(1), 'and there are fewer than two.'],
    ['one station', judgedExam(24, { stations: [{}] }), 'from how far stations agree, and only one counts.'],
    [
      'candidates whose means are alike',
      judgedExam(24, { record: (c, s) => ({ ...judged(c, s), ratings: allRated((c + s) % 2 === 0 ? 2 : 4) }) }),
      'and their scores do not.',
    ],
    [
      'candidates who do well at one station for doing badly at another',
      judgedExam(24, {
        record: (c, s) => ({ ...judged(c, s), ratings: allRated((c + s) % 2 === 0 ? 2 : c % 3 === 0 ? 5 : 4) }),
        stations: [{}, {}],
      }),
      'the stations did not agree on who did well.',
    ],
  ])('says why it cannot be said: %s', async (_, data, because) => {
    const words = await told(data, 0)
    expect(words).toContain('How sure your mean is cannot be said:')
    expect(words).toContain(because)
    expect(words).not.toMatch(/band:|standard error of measurement/)
  })

  it('says nothing of it to a candidate without a mean', async () => {
    const words = await told(judgedExam(24, { record: (c, s) => (c === 1 ? { status: 'scheduled' } : judged(c, s)) }))
    expect(words).toContain('No station has a score yet.')
    expect(words).not.toContain('How sure')
  })
})
