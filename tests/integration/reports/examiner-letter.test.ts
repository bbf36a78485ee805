import { describe, expect, it } from 'vitest'
import { personIdSchema } from '#shared/domain/ids.ts'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import { mixedStringency } from '#shared/measurement/raters/stringency-mixed.ts'
import { stringency } from '#shared/measurement/raters/stringency.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { examinerLetter, letterData } from '#electron/reports/examiner/examiner-letter.ts'
import { written } from '#electron/reports/measures/figure-words.ts'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { allRated } from '#tests/support/recorded-exam.ts'
import { seeded } from '#tests/support/seeded.ts'
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

const letterOf = (data: ExamData, examiner = severe): Uint8Array => examinerLetter(letterData(data), examiner, options)

async function wordsOf(data: ExamData, examiner = severe): Promise<string> {
  const { pages } = await readPdf(letterOf(data, examiner))
  return pages.join(' ').replaceAll(/\s+/g, ' ')
}

describe('the letter to an examiner', () => {
  it('tells their own stringency with its interval, what it stands on, and on which side of the average', async () => {
    const data = judgedExam()
    const own = stringency(measureExam(data).marks).examiners.find(({ examiner }) => examiner === severe.id)?.stringency
    if (!own?.ci95 || own.value === null) throw new Error('the severe examiner has no stringency')
    expect(own.ci95[0]).toBeGreaterThan(0)
    const words = await wordsOf(data)
    expect(words).toContain(
      `You marked ${written(own.value, 'points')} points lower than the average examiner would have marked the same candidates at the same stations. You were stricter than average.`,
    )
    expect(words).toContain(
      `anywhere from ${written(own.ci95[0], 'points')} to ${written(own.ci95[1], 'points')} points lower (95 % interval). That leaves out 0;`,
    )
    expect(words).toContain(
      `${written(own.ci95[0], 'difference')} to ${written(own.ci95[1], 'difference')} 48 scores Least squares`,
    )
    expect(words).toContain(
      'It stands on 48 scores that you gave, to 24 candidates at 4 stations, and compares you with the average of 3 examiners',
    )
    expect(words).toContain('It is no mark of your quality')
    const mild = await wordsOf(data, { id: personIdSchema.parse('examiner-mild'), name: 'Dr Mild' })
    expect(mild).toMatch(
      /You marked [\d.]+ points higher than .*You were milder than average\. .* points higher \(95 %/,
    )
  })

  it('says of a difference that may be chance that the interval holds 0', async () => {
    const { uniform } = seeded(3)
    const alike = judgedExam(24, {
      record: (c, s) => ({
        ...judged(c, s),
        ratings: allRated(([2, 3, 4] as const)[Math.floor(3 * uniform())] ?? 3),
        examiner: ['examiner-severe', 'b', 'c'][(c + s) % 3] ?? '',
      }),
    })
    const words = await wordsOf(alike)
    expect(words).toContain('That may be chance: you cannot be told from the average.')
    expect(words).toMatch(
      /anywhere from [\d.]+ points higher to [\d.]+ points lower \(95 % interval\)\. That holds 0\./,
    )
    expect(words).not.toMatch(/You were (?:stricter|milder)/)
  })

  it('gives the figure of the mixed model, with what that assumes, where more examiners have one by it', async () => {
    const data = judgedExam(24, {
      record: (c, s) => ({
        ...judged(c, s),
        examiner: ['examiner-severe', 'b', 'c', 'd'][(c % 2) + 2 * (s % 2)] ?? '',
      }),
    })
    const { marks } = measureExam(data)
    const byMixed = mixedStringency(marks).examiners.find(({ examiner }) => examiner === severe.id)?.stringency.value
    expect(stringency(marks).examiners.every((one) => one.stringency.value === null)).toBe(true)
    const words = await wordsOf(data)
    expect(words).toContain(`You marked ${written(Math.abs(byMixed ?? NaN), 'points')} points`)
    expect(words).toContain('24 scores Best linear unbiased prediction')
    expect(words).toContain('It assumes that chance decided whom you examined.')
    expect(words).toContain('the fewer scores an examiner gave, the nearer it is drawn to the average')
    expect(words).not.toContain('Candidates and stations are held equal')
  })

  it('tells an examiner of one score so, and nothing of how they use the scale', async () => {
    const words = await wordsOf(
      judgedExam(24, {
        record: (c, s) => ({
          ...judged(c, s),
          examiner: c === 0 && s === 0 ? 'examiner-severe' : (['b', 'c', 'd'][(c + s) % 3] ?? ''),
        }),
      }),
    )
    expect(words).toContain('It stands on 1 score that you gave, to 1 candidate at 1 station,')
    expect(words).toContain('One rating says nothing of how you use the scale.')
    expect(words).not.toContain('You used')
  })

  it('counts their scores and how often they gave each global rating', async () => {
    const words = await wordsOf(judgedExam())
    expect(words).toMatch(/All 48 [\d.]+ [\d.]+ [\d.]+ [\d.]+ As you gave them/)
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

  it('says why where no stringency can be given, and what one would and would not mean', async () => {
    const alone = judgedExam(24, {
      record: (c, s) => ({ ...judged(c, s), examiner: `examiner-${s === 0 ? 'severe' : s}` }),
    })
    const words = await wordsOf(alone)
    expect(words).toContain('How strict you were cannot be said: you overlap with no other examiner')
    expect(words).toContain('That says nothing about you: it is how the exam was laid out.')
    expect(words).toContain('It would stand on the 24 scores that you gave, to 24 candidates at 1 station.')
    expect(words).toContain('It would say by how many points you marked lower (stricter) or higher (milder)')
    expect(words).toContain('It would be no mark of your quality')
    expect(words).not.toMatch(/this examiner|What that means/)
  })

  it.each([
    ['one candidate', 1, 'only one candidate has a score in this exam. That says nothing about you. It would'],
    [
      'one examiner',
      24,
      'nobody else gave a score in this exam, so there is no one to compare you with. That says nothing about you: it',
    ],
  ])('says so of an exam with %s', async (_, candidates, because) => {
    const data = judgedExam(candidates, {
      record: (c, s) => ({
        ...judged(c, s),
        examiner: candidates === 1 && s > 1 ? 'examiner-other' : 'examiner-severe',
      }),
    })
    expect(await wordsOf(data)).toContain(because)
  })

  it('tells whoever gave no score that none counts, and why where their station was left out', async () => {
    const absent = { id: personIdSchema.parse('nobody'), name: 'Dr Absent' }
    const words = await wordsOf(judgedExam(), absent)
    expect(words).toContain('No score of yours counts in this exam')
    expect(words).toContain('What such a figure would mean')
    expect(words).not.toMatch(/Your scores|Your use of|says nothing about you:/)
    const exam = judgedExam(24, { record: (c, s) => ({ ...judged(c, s), examiner: s === 0 ? 'nobody' : 'other' }) })
    const first = exam.stations[0]?.id
    const without = { ...exam, standard: { ...exam.standard, excluded: first ? [first] : [] } }
    expect(await wordsOf(without, absent)).toContain(
      'Station 1 counts for nobody in this exam, so what you gave there is left out.',
    )
  })

  it('gives no figure where two examiners alone can be compared, for it would tell the other’s', async () => {
    const words = await wordsOf(judgedByTwo())
    expect(words).toContain('How strict you were cannot be said: fewer than three examiners can be compared')
    expect(words).not.toMatch(/points (?:lower|higher) than|What that means/)
    expect(words).toContain('Your scores')
  })

  it.each(['A4', 'LETTER'] as const)(
    'is tagged, on no more than two pages of %s, and the same bytes each time',
    async (paper) => {
      const exam = judgedExam()
      const data = { ...exam, exam: { ...exam.exam, paper } }
      const pdf = await readPdf(letterOf(data))
      expect(pdf).toMatchObject({ isTagged: true, language: 'en', active: [], warnings: [] })
      expect(pdf.pages.length).toBeLessThanOrEqual(2)
      // A second page begins with a part of its own: none is there for the last lines of the first.
      for (const page of pdf.pages.slice(1)) expect(page).toMatch(/^Your scores/)
      expect(Buffer.compare(letterOf(data), letterOf(data))).toBe(0)
    },
  )
})
