import { describe, expect, it } from 'vitest'
import type { Mark } from '#shared/domain/encounter.ts'
import { readPdf, type ReadPdf } from '#tests/support/pdf-reader.ts'
import { allRated, type Recorded } from '#tests/support/recorded-exam.ts'
import { empathyRubric } from '#tests/support/small-exam.ts'
import { examOf, feedbackOf, ordinary, type Size } from './report-data.ts'
import { read, wordsOf } from './feedback-pages.ts'

describe('the outcome on paper', () => {
  const everywhere = (recorded: Recorded, exam: Size['exam'] = {}) =>
    read({ stations: 2, exam, record: () => recorded })
  const rated = (value: number, more: Partial<Recorded> = {}): Recorded => ({
    status: 'submitted',
    globalRating: 'pass',
    ratings: allRated(value),
    ...more,
  })
  const flag = (review: Mark['review']): Partial<Recorded> => ({
    marks: [{ kind: 'red-flag', type: 'false-promise', quote: '“I promise you that.”', review }],
  })

  it('is a pass, with the rule and the figures', async () => {
    const words = wordsOf(await everywhere(rated(4)))
    expect(words).toContain('Pass Mean 80.0 of 100; the pass mark was 60. You passed 2 of 2 stations; 1 was needed.')
    expect(words).toContain('the mean had to reach 60 and at least 1 station had to be passed')
  })

  it('is a fail, said as "Not passed"', async () => {
    const words = wordsOf(await everywhere(rated(2)))
    expect(words).toContain('Not passed Mean 40.0 of 100')
    expect(words).toContain('You passed 0 of 2 stations')
  })

  it('shows a mean just below the pass mark as below it', async () => {
    const words = wordsOf(await everywhere(rated(3), { passRule: { passMark: 60.02, minStationsPassed: 0 } }))
    expect(words).toContain('Not passed Mean 60.0 of 100; the pass mark was 60.02')
    // 40 of 60 points: 66.666…, which rounded to one decimal would be above the mark.
    const short = rated(3, { ratings: [5, 5, ...allRated(3).slice(2)] })
    const near = wordsOf(await everywhere(short, { passRule: { passMark: 66.67, minStationsPassed: 0 } }))
    expect(near).toContain('Not passed Mean 66.667 of 100; the pass mark was 66.67')
  })

  it('is incomplete where a station has no score, with how many and why', async () => {
    const pdf = await read({
      stations: 3,
      record: (_, station) =>
        station === 0
          ? rated(4)
          : station === 1
            ? { status: 'absent', absenceReason: 'Private reason' }
            : { status: 'open', ratings: allRated(1) },
    })
    const words = wordsOf(pdf)
    expect(words).toContain('Incomplete Mean 80.0 of 100')
    expect(words).toContain('2 stations have no score, so no outcome is given yet.')
    expect(words).toContain('1 of 3 stations complete')
    expect(pdf.pages[0]).toMatch(/^2 After a death on the ward – 60 – Absent\.$/m)
    expect(pdf.pages[0]).toMatch(/^3 A silence you do not know – 60 – Not submitted\.$/m)
    expect(words).not.toContain('Private reason')
  })

  it('withholds everything where nothing was scored, and never prints a 0 in its place', async () => {
    const words = wordsOf(await everywhere({ status: 'scheduled' }))
    expect(words).toContain('Incomplete No station has a score yet.')
    expect(words.match(/no score/g)).toHaveLength(4 + 1)
    expect(words).not.toMatch(/NaN|undefined|null|Infinity|\b0\.0\b/)
  })

  it('tells a candidate without a place in the rotation so, and nothing of completeness', async () => {
    const pdf = await readPdf(
      feedbackOf(examOf({ stations: 8, candidates: 2, record: (c, s) => (c === 1 ? undefined : ordinary(c, s)) }), 1),
    )
    const words = wordsOf(pdf)
    expect(words).toContain('not in the rotation')
    expect(words).toContain('No encounter was planned for you in this exam.')
    expect(words).not.toMatch(/all complete|0 stations|No station has a score/)
  })

  it('is in review while a red flag waits, without a word of what it is', async () => {
    const pdf = await everywhere(rated(4, flag(null)))
    expect(wordsOf(pdf)).toContain('In review Mean 80.0 of 100')
    expect(wordsOf(pdf)).toContain('A second person is looking at one observation; the outcome follows.')
    expectNoFlag(pdf)
  })

  it('is not passed where one was upheld, and as it was where one was dismissed, without a word of what it is', async () => {
    const review = { reason: 'Heard on the recording.', reviewer: 'A. Dean', reviewedAt: '2026-11-15T08:00:00Z' }
    const upheld = await everywhere(rated(4, flag({ decision: 'upheld', ...review })))
    expect(wordsOf(upheld)).toContain('Not passed Mean 80.0')
    expect(wordsOf(upheld)).toContain('A concern outside the score was reviewed and upheld')
    expectNoFlag(upheld)
    const dismissed = await everywhere(rated(4, flag({ decision: 'dismissed', ...review })))
    expect(wordsOf(dismissed)).toContain('Pass Mean 80.0')
    expect(wordsOf(dismissed)).not.toContain('concern outside the score was reviewed')
    expectNoFlag(dismissed)
  })

  /** Neither what is seen nor what a screen reader says names a red flag, its quotation or its review. */
  function expectNoFlag(pdf: ReadPdf) {
    const all = `${wordsOf(pdf)} ${JSON.stringify(pdf.structure)}`.toLowerCase()
    for (const { id, label } of empathyRubric().redFlags) {
      expect(all).not.toContain(id)
      expect(all).not.toContain(label.toLowerCase())
    }
    expect(all).not.toMatch(/promise you|recording|a\. dean|red.flag/)
  }

  it('shows neither the middle half of fewer than ten peers nor what was written about others', async () => {
    const few = wordsOf(await readPdf(feedbackOf(examOf({ stations: 1, candidates: 9 }))))
    expect(few).not.toContain('middle half')
    const many = examOf({
      stations: 1,
      candidates: 10,
      record: (c, s) => ({ ...ordinary(c, s), spComment: 'To you.' }),
    })
    const words = wordsOf(await readPdf(feedbackOf(many, 3)))
    expect(words).toContain('bar: the middle half of your year')
    expect(words).toContain('Candidate 1004')
    expect(words).not.toMatch(/Candidate 100[1-35-9]|1010|rank/i)
  })
})
