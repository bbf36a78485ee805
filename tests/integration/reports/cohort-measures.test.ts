import { beforeAll, describe, expect, it } from 'vitest'
import { eventIdSchema, personIdSchema } from '#shared/domain/ids.ts'
import { examinerMeasures } from '#shared/measurement/analysis/examiner-measures.ts'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import { scenarioStandard } from '#shared/measurement/analysis/scenario-standard.ts'
import { betterModel } from '#shared/measurement/raters/stringency-model.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { inline, valueOf, written } from '#electron/reports/measures/figure-words.ts'
import { readPdf, type ReadPdf } from '#tests/support/pdf-reader.ts'
import { judged, judgedExam } from './judged-exam.ts'
import { cohortOf, feedbackOf } from './report-data.ts'

const exam = judgedExam()
const { analysis } = measureExam(exam)
const plain = (page: string | undefined) => (page ?? '').replaceAll(/\s+/g, ' ')
const pagesOf = async (data: ExamData): Promise<string[]> => (await readPdf(cohortOf(data))).pages.map(plain)

describe('what a cohort report measures', () => {
  let pdf: ReadPdf
  let pages: string[]
  const pageWith = (text: string) => pages.find((page) => page.includes(text)) ?? ''
  beforeAll(async () => {
    pdf = await readPdf(cohortOf(exam))
    pages = pdf.pages.map(plain)
  })

  it('proposes the cut with its error on the page that is signed, and says how far it is from the rule', () => {
    const [first = ''] = pages
    const { cut, sem } = analysis.exam
    expect(first).toContain(`Borderline regression proposes the cut ${inline(cut, 'points')}`)
    expect(first).toContain(`${written(Math.abs((cut.value ?? 0) - 60), 'points')} points`)
    expect(first).toContain(
      `The standard error of measurement of a mean is ${written(sem.value ?? 0, 'points')} points`,
    )
    expect(first).toContain('Chair of the committee: name Signature Date and time')
  })

  it('names who decided, when and why, where a standard was decided', async () => {
    const decision = {
      eventId: eventIdSchema.parse('decided-1'),
      by: { id: personIdSchema.parse('director-1'), name: 'Prof. Chair' },
      at: '2026-11-15T09:00:00Z',
      reason: 'The committee took the regression',
    }
    const standard = {
      ...exam.standard,
      method: 'borderline-regression' as const,
      cut: 55,
      sem: 2,
      semMultiple: 1,
      decision,
    }
    const [first = ''] = await pagesOf({ ...exam, standard })
    expect(first).toContain('Decided by Prof. Chair on November 15, 2026 at 09:00 UTC, by borderline regression.')
    expect(first).toContain('Reason: The committee took the regression.')
    expect(first).toContain('at least 57 (the cut 55 and 1 × the SEM of 2)')
  })

  it('says what a person gave the method that was decided on, and nothing of it where an earlier version kept none', async () => {
    const decision = {
      ...{ eventId: eventIdSchema.parse('decided-2'), at: '2026-11-15T09:00:00Z', reason: 'The committee met' },
      by: { id: personIdSchema.parse('director-1'), name: 'Prof. Chair' },
    }
    const standard = { ...exam.standard, method: 'hofstee' as const, cut: 55, decision }
    const rectangle = { lowestCut: 50, highestCut: 62.5, fewestFails: 0, mostFails: 0.29 }
    const firstPage = async (more: Partial<typeof exam.standard>) =>
      (await pagesOf({ ...exam, standard: { ...standard, ...more } }))[0]
    expect(await firstPage({ basis: { method: 'hofstee', rectangle } })).toContain(
      'Method Hofstee’s method. Cuts from 50 to 62.5 and 0 to 29 % fails were acceptable. Cut of the exam',
    )
    expect(await firstPage({})).toContain('Method Hofstee’s method Cut of the exam')
    expect(await firstPage({ method: 'cohen', basis: { method: 'cohen', share: 0.6 } })).toContain(
      'Method Cohen’s method. The cut is 60 % of the 95th percentile of each station.',
    )
  })

  it('gives each station a page of its own with every figure, its n and what could be wrong with it', () => {
    analysis.stations.forEach((station, at) => {
      const page = pageWith(`Standard setting · Station ${at + 1}:`)
      expect(page).toContain(`The proposed cut is ${inline(station.cut, 'points')}`)
      expect(page).toContain(`R² ${written(station.r2.value ?? 0, 'coefficient')} – – 24 candidates`)
      expect(page).toContain('η² of examiners')
      expect(page).toContain('Fewer than 50 candidates have score and grade')
      expect(page).not.toContain(`Station ${at + 2}:`)
    })
  })

  it('sets the cuts of other methods beside it, with the settings that they were tried with', () => {
    const page = pageWith('What other methods would say')
    const rule = { semMultiple: 0, minStationsPassed: 1, excluded: [] }
    const cohen = scenarioStandard(exam, { method: 'cohen', share: 0.6, ...rule }).cut
    const hofstee = scenarioStandard(exam, {
      ...{ method: 'hofstee', ...rule },
      rectangle: { lowestCut: 50, highestCut: 65, fewestFails: 0, mostFails: 0.2 },
    }).cut
    const group = scenarioStandard(exam, { method: 'borderline-group', ...rule }).cut
    expect(page).toContain(`Borderline group ${written(group.value ?? NaN, 'points')}`)
    expect(page).toContain(`Cohen’s method ${valueOf(cohen, 'points')} – – 4 stations 60.0 % of each station’s P95`)
    expect(page).toContain(
      `Hofstee’s method ${valueOf(hofstee, 'points')} – – ${hofstee.n} candidates ${hofstee.value === null ? 'Withheld.' : 'Cut 50 to 65, 0 to 20 % fails'}`,
    )
    expect(pages.join(' ')).toContain('Angoff’s method needs judges and is not given.')
  })

  it('says of whose means it speaks on the page that is signed', () => {
    expect(pages[0]).toMatch(/[Oo]f (the 24|those) who passed or did not/)
    expect(pages[0]).toContain(
      'Of the 24 who passed or did not, nobody has a mean between the two. With it, and each station at its own cut, nobody would change sides (next page).',
    )
  })

  it('has the integrity of the data below the glossary, where there is room', () => {
    expect(pageWith('Data integrity')).toContain('Withheld Not given,')
  })

  it('says the design aloud, and where the differences come from', () => {
    const page = pageWith('Where the differences between scores come from')
    expect(page).toContain('24 candidates were marked at 4 stations by 2 examiners')
    expect(page).toMatch(/Candidates: what the exam is to measure p \d/)
    expect(pageWith('What more or fewer stations would do')).toContain('as held')
  })

  it('has the harshest examiner first, by name, in words too', () => {
    const page = pageWith('Examiners · by how many points')
    expect(page).toMatch(/Dr examiner-severe 48 .* harsher than average .*Dr examiner-mild 48 .* milder than average/)
  })

  it('tells examiners by the model that the screen takes: the one that gives more of them', async () => {
    // Two circuits that nobody joins; in the first alone two examiners change places.
    const examinerOf = (c: number, s: number) =>
      c % 2 === 0 && s < 2 ? `examiner-${(c / 2 + s) % 2 === 0 ? 'severe' : 'mild'}` : `examiner-${c % 2}-${s}`
    const data = judgedExam(24, { record: (c, s) => ({ ...judged(c, s), examiner: examinerOf(c, s) }) })
    expect(betterModel(examinerMeasures(data, measureExam(data)).examiners)).toBe('mixed')
    const page = (await pagesOf(data)).find((text) => text.includes('Examiners · by how many points')) ?? ''
    expect(page).toMatch(/Of 8 examiners .* leaves? out 0, by the mixed model/)
    expect(page).toContain('By the mixed model, with 95 % intervals')
    expect(page).toMatch(
      /Dr examiner-1-3 12 [\d.]+ – – \S+ \S+ to \S+ (not told from|milder than|harsher than) average/,
    )
  })

  it('tells whether patients see what examiners see', () => {
    const page = pageWith('The patients’ view')
    expect(page).toContain('Over 96 encounters examiners score')
    expect(pageWith('What goes with the examiner’s empathy score')).toContain('Would follow the plan')
  })

  it('suppresses what would tell candidates of a small group apart', async () => {
    expect(pageWith('Groups of candidates')).toContain('“morning” compared with “evening”')
    const small = judgedExam(24, {
      candidates: Array.from({ length: 24 }, (_, c) => ({ group: c < 3 ? 'late' : 'early' })),
    })
    const page = (await pagesOf(small)).find((text) => text.includes('Groups of candidates')) ?? ''
    expect(page).toContain('Suppressed: at no station are there 10 candidates of both groups.')
  })

  it('prints a reason wherever a figure is withheld', async () => {
    const alike = judgedExam(24, { record: (c, s) => ({ ...judged(c, s), globalRating: 'pass' }) })
    const page = (await pagesOf(alike)).find((text) => text.includes('Station 1:')) ?? ''
    expect(page).toContain('No cut can be given: all candidates have the same grade')
    expect(page).toContain('Withheld. All candidates have the same grade, so no line can be drawn.')
  })
})

describe("a candidate's report", () => {
  it('shows the mean with the band of its error beside the mark, and says what the band means', async () => {
    const sem = analysis.exam.sem.value ?? 0
    const mean = analysis.candidates[0]?.mean.value ?? 0
    const { pages } = await readPdf(feedbackOf(exam))
    const one = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
    expect(plain(pages[0])).toContain(
      `band: ${one.format(mean - sem)} to ${one.format(mean + sem)}, one standard error of measurement (${one.format(sem)})`,
    )
    expect(pages).toHaveLength(2)
  })

  it('shows no band where the error is withheld', async () => {
    const { pages } = await readPdf(feedbackOf(judgedExam(1)))
    expect(pages.join(' ')).not.toContain('standard error of measurement')
  })
})
