import { describe, expect, it } from 'vitest'
import { pseudonym } from '#electron/base/pseudonym.ts'
import { cohortReport } from '#electron/reports/cohort/cohort-report.ts'
import { reportedOf } from '#electron/reports/cohort/reported.ts'
import type { Amendment, Said, Speaker } from '#shared/domain/amendment.ts'
import type { PersonId } from '#shared/domain/ids.ts'
import { sayingSchema } from '#shared/domain/ledger-event.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { itemAt } from '#tests/support/exam-day.ts'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { allRated, recordedExam } from '#tests/support/recorded-exam.ts'
import { empathyRubric } from '#tests/support/small-exam.ts'
import { feedbackOf, options } from './report-data.ts'

const rubric = empathyRubric()
const itemId = itemAt(rubric, 0)
const title = rubric.domains[0]?.items[0]?.title ?? ''
const speaker = (id: string, name: string, role: Speaker['role']): Speaker => ({ id: id as PersonId, name, role })
const examiner = speaker('examiner-1', 'Dr Ada Sample', 'examiner')
const director = speaker('director-1', 'Prof Dana Mustermann', 'director')
const said = (value: number, laptop: string): Said => ({
  eventId: `said-${value}` as Said['eventId'],
  says: { type: 'rating.recorded', itemId, value },
  isSilence: false,
  by: examiner,
  at: '2026-11-14T09:03:00Z',
  atMs: 100,
  device: 'aaaabbbb',
  laptop,
  own: false,
})
const amendment = (more: Partial<Amendment>): Amendment => ({
  eventId: 'amended' as Amendment['eventId'],
  cause: 'correction',
  subject: `rating ${itemId}`,
  about: null,
  was: [said(2, 'Station 1')],
  is: { type: 'rating.recorded', itemId, value: 4 },
  by: director,
  second: examiner,
  reason: 'a slip of the finger',
  at: '2026-11-15T08:00:00Z',
  ...more,
})

const rated = { status: 'submitted' as const, globalRating: 'pass', ratings: allRated(4) }
const data: ExamData = recordedExam({
  stations: [{ title: 'Telling the scan result' }, { title: 'The car keys' }],
  candidates: [{}, {}],
  record: (candidate, station) => {
    if (candidate === 1 && station === 0) {
      const heads = [said(4, 'Station 1'), said(2, 'Spare laptop')]
      return { ...rated, conflicts: [{ subject: `rating ${itemId}`, about: null, heads }] }
    }
    if (candidate === 0 && station === 0) return { ...rated, amendments: [amendment({})] }
    const decided = amendment({
      cause: 'conflict',
      was: [said(4, 'Station 2'), said(3, 'Spare laptop')],
      second: null,
      reason: 'the spare was for practice',
    })
    return { ...rated, amendments: candidate === 0 ? [decided] : [] }
  },
})
const wordsOf = async (exam: ExamData, names: boolean) => {
  const { pages } = await readPdf(cohortReport(reportedOf(exam), { ...options, names, examinerName: String }))
  return { all: pages.join(' ').replaceAll(/\s+/g, ' '), last: (pages.at(-1) ?? '').replaceAll(/\s+/g, ' ') }
}

describe('the page of the data’s integrity in the cohort report', () => {
  it('shows of each corrected mark both values, who, with whom, when and why', async () => {
    const { last, all } = await wordsOf(data, true)
    expect(last).toContain('1 mark corrected, 1 contradiction between laptops decided, 1 undecided.')
    expect(last).toContain(title)
    expect(last).toContain('2 Formulaic → 4 Responsive')
    expect(last).toContain('Prof Dana Mustermann with Dr Ada Sample')
    expect(last).toContain('November 15, 2026 at 08:00 UTC')
    expect(last).toContain('a slip of the finger')
    expect(all).toContain('1 mark stands undecided between laptops')
  })

  it('tells the reason of a decision about a red flag once, and not that it has none', async () => {
    const reason = 'heard again on tape'
    const is = sayingSchema.parse({
      type: 'red-flag.reviewed',
      markId: 'mark-1',
      review: { decision: 'dismissed', reason, reviewerId: examiner.id },
    })
    const about = { kind: 'red-flag', type: 'humiliates' } as const
    const decided = amendment({ subject: 'review mark-1', about, was: [], is, reason })
    const exam = recordedExam({
      stations: [{ title: 'Telling the scan result' }],
      candidates: [{}],
      record: () => ({ ...rated, amendments: [decided] }),
    })
    const { last } = await wordsOf(exam, true)
    expect(last).toContain(`dismissed: ${reason}`)
    expect(last.split(reason)).toHaveLength(2)
    expect(last).toContain('told with the decision')
  })

  it('shows of each contradiction what every laptop says, and how it was decided', async () => {
    const { last } = await wordsOf(data, true)
    expect(last).toContain('Contradictions between laptops, decided (1)')
    expect(last).toContain('4 Responsive (Dr Ada Sample on Station 2) / 3 Adequate (Dr Ada Sample on Spare laptop)')
    expect(last).toContain('the spare was for practice')
    expect(last).toContain('Contradictions between laptops, undecided (1)')
    expect(last).toContain('2 Formulaic (Dr Ada Sample on Spare laptop), November 14, 2026 at 09:03 UTC')
  })

  it('names nobody where names do not leave', async () => {
    const { last } = await wordsOf(data, false)
    expect(last).not.toContain('Sample')
    expect(last).not.toContain('Mustermann')
    expect(last).toContain(pseudonym('examiner', 'examiner-1'))
    expect(last).toContain(pseudonym('director', 'director-1'))
  })

  it('says so where nothing was changed', async () => {
    const untouched = recordedExam({ stations: [{}], candidates: [{}], record: () => rated })
    const { last } = await wordsOf(untouched, true)
    expect(last).toContain('No mark was corrected, and no two laptops contradict each other.')
  })
})

describe('the feedback of a candidate', () => {
  it('tells the level that stands, and that it was corrected', async () => {
    const { pages } = await readPdf(feedbackOf(data, 0))
    const words = pages.join(' ').replaceAll(/\s+/g, ' ')
    expect(words).toContain(`${title}, level 4 (corrected after submission).`)
    expect(words).not.toContain('Mustermann')
  })

  it('says why there is no score where laptops contradict each other, and gives no outcome', async () => {
    const { pages } = await readPdf(feedbackOf(data, 1))
    const words = pages.join(' ').replaceAll(/\s+/g, ' ')
    expect(words).toContain('Laptops contradict each other.')
    expect(words).toContain('Incomplete')
  })
})
