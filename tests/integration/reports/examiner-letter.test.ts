import { describe, expect, it } from 'vitest'
import { personIdSchema } from '#shared/domain/ids.ts'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import { stringency } from '#shared/measurement/raters/stringency.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { examinerLetter, letterData } from '#electron/reports/examiner/examiner-letter.ts'
import { written } from '#electron/reports/measures/figure-words.ts'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { judged, judgedExam as judgedByTwo } from './judged-exam.ts'
import { options } from './report-data.ts'

const severe = { id: personIdSchema.parse('examiner-severe'), name: 'Dr Severe' }

/** The same exam with a third examiner, who does half of the mild one's work and is as mild. */
const judgedExam = (...[candidates, more]: Parameters<typeof judgedByTwo>) =>
  judgedByTwo(candidates, {
    record: (c, s) => {
      const one = judged(c, s)
      return one.examiner === 'examiner-mild' && c % 4 < 2 ? { ...one, examiner: 'examiner-third' } : one
    },
    ...more,
  })

const letterOf = (data: ExamData, examiner = severe): Uint8Array =>
  examinerLetter(letterData(data.exam, measureExam(data)), examiner, options)

async function wordsOf(data: ExamData, examiner = severe): Promise<string> {
  const { pages } = await readPdf(letterOf(data, examiner))
  return pages.join(' ').replaceAll(/\s+/g, ' ')
}

describe('the letter to an examiner', () => {
  it('tells their own stringency with its interval, from how many encounters, and on which side of the average', async () => {
    const data = judgedExam()
    const own = stringency(measureExam(data).marks).examiners.find(({ examiner }) => examiner === severe.id)?.stringency
    if (!own?.ci95 || own.value === null) throw new Error('the severe examiner has no stringency')
    expect(own.value).toBeGreaterThan(0)
    const words = await wordsOf(data)
    expect(words).toContain(
      `Over 48 encounters you gave on average ${written(own.value, 'points')} points lower than the average examiner`,
    )
    expect(words).toContain(
      `95 % interval ${written(own.ci95[0], 'difference')} to ${written(own.ci95[1], 'difference')}`,
    )
    expect(words).toContain('The interval leaves out 0')
    expect(words).toContain('It does not say that you were wrong.')
    expect(await wordsOf(data, { id: personIdSchema.parse('examiner-mild'), name: 'Dr Mild' })).toContain(
      'points higher than',
    )
  })

  it('counts their encounters and how often they gave each global rating', async () => {
    const words = await wordsOf(judgedExam())
    expect(words).toMatch(/1 Telling the scan result 12 \d/)
    const given = Array.from({ length: 24 * 4 }, (_, at) => judged(Math.floor(at / 4), at % 4)).filter(
      ({ examiner }) => examiner === severe.id,
    )
    const passes = given.filter(({ globalRating }) => globalRating === 'pass').length
    expect(words).toContain(`Pass ${passes} ${written(passes / 48, 'share')}`)
  })

  it('names no other examiner and no candidate', async () => {
    const words = await wordsOf(judgedExam())
    expect(words).toContain('Dr Severe')
    expect(words).not.toMatch(/mild\b(?!,? or| person)|examiner-|Candidate 1|100\d/)
  })

  it('says why where no stringency can be given', async () => {
    const alone = judgedExam(24, {
      record: (c, s) => ({ ...judged(c, s), examiner: `examiner-${s === 0 ? 'severe' : s}` }),
    })
    const words = await wordsOf(alone)
    expect(words).toContain(
      'Your stringency cannot be given: the candidates and stations of this examiner do not overlap',
    )
    expect(words).not.toContain('What that means')
    expect(await wordsOf(judgedExam(), { id: personIdSchema.parse('nobody'), name: 'Dr Absent' })).toContain(
      'No score of yours counts in this exam',
    )
  })

  it('gives no figure where two examiners alone can be compared, for it would tell the other’s', async () => {
    const words = await wordsOf(judgedByTwo())
    expect(words).toContain('Your stringency cannot be given: fewer than three examiners can be compared')
    expect(words).not.toMatch(/points (?:lower|higher) than|What that means/)
    expect(words).toContain('Your encounters')
  })

  it.each(['A4', 'LETTER'] as const)(
    'is tagged, on no more than two pages of %s, and the same bytes each time',
    async (paper) => {
      const exam = judgedExam()
      const data = { ...exam, exam: { ...exam.exam, paper } }
      const pdf = await readPdf(letterOf(data))
      expect(pdf).toMatchObject({ isTagged: true, language: 'en', active: [], warnings: [] })
      expect(pdf.pages.length).toBeLessThanOrEqual(2)
      expect(Buffer.compare(letterOf(data), letterOf(data))).toBe(0)
    },
  )
})
