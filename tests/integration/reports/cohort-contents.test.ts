import { beforeAll, describe, expect, it } from 'vitest'
import { eventIdSchema, personIdSchema, stationIdSchema } from '#shared/domain/ids.ts'
import { cueSchema } from '#shared/domain/exam.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { intervalOf, valueOf, written } from '#electron/reports/measures/figure-words.ts'
import { reportedOf } from '#electron/reports/cohort/reported.ts'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { scatteredExam } from '#tests/support/scattered-exam.ts'
import { judged, judgedExam } from './judged-exam.ts'
import { cohortOf } from './report-data.ts'

const pagesOf = async (data: ExamData): Promise<string[]> =>
  (await readPdf(cohortOf(data))).pages.map((page) => page.replaceAll(/\s+/g, ' '))
const pageOf = (pages: readonly string[], text: string) => pages.find((page) => page.includes(text)) ?? ''

const levels = ['clear-fail', 'borderline', 'pass', 'good', 'excellent'] as const

/** Grades that ability alone does not tell. */
const unevenGrade = (c: number, s: number) =>
  levels[Math.min(4, (c % 3) + ((Math.imul(c * 31 + s * 17 + 7, 2_654_435_761) >>> 16) % 3))] ?? 'pass'

/** Every third candidate of the first station meets a cue and lets one pass; a look-alike at every fourth. */
const exam = judgedExam(24, {
  record: (c, s) => ({
    ...judged(c, s),
    globalRating: unevenGrade(c, s),
    marks: [
      ...(s === 0 && c % 3 === 0
        ? ([
            { kind: 'moment', type: 'named', cue: 0 },
            { kind: 'moment', type: 'missed', cue: 1 },
          ] as const)
        : []),
      ...(s === 1 && c % 4 === 0 ? ([{ kind: 'look-alike', type: 'premature-comfort' }] as const) : []),
    ],
  }),
})

describe('what a committee reads in the cohort report', () => {
  let pages: string[]
  const reported = reportedOf(exam)
  const page = (text: string) => pageOf(pages, text)
  beforeAll(async () => {
    pages = await pagesOf(exam)
  })

  it('has the standard in force on the page that is signed, part by part', () => {
    expect(pages[0]).toContain('Method Declared by hand')
    expect(pages[0]).toContain('Cut of the exam 60. It was declared, not computed, and has no standard error.')
    expect(pages[0]).toContain('Stations At least 1 of 4 to be passed, each at 60.')
    expect(pages[0]).toContain('External examiner: name Signature')
  })

  it('tells the error of a cut that was decided, and what it would be from the marks as they are now', async () => {
    const { cut } = reported.measures.analysis.exam
    const standard: ExamData['standard'] = {
      ...exam.standard,
      method: 'borderline-regression',
      cut: 55,
      stations: [{ stationId: stationIdSchema.parse(exam.stations[0]?.id), cut: 51 }],
      sem: 2,
      semMultiple: 1,
      decision: {
        eventId: eventIdSchema.parse('decided-1'),
        by: { id: personIdSchema.parse('director-1'), name: 'Prof. Chair' },
        at: '2026-11-15T09:00:00Z',
        reason: 'The committee took it',
      },
    }
    const [first = ''] = await pagesOf({ ...exam, standard })
    expect(first).toContain(
      `Cut of the exam 55. Standard error ${written(cut.se ?? 0, 'points')}. From the marks as they are now it would be ${valueOf(cut, 'points')}.`,
    )
    expect(first).toContain('1 × the SEM of 2 is added: the mark is 57.')
    expect(first).toContain('each at its own cut (station: cut): 1: 51; 2: 55; 3: 55; 4: 55.')
  })

  it('counts who did not pass by the condition that was not met, and who would change sides', async () => {
    const strict = judgedExam(24, {
      exam: { title: 'Strict', passRule: { passMark: 75, minStationsPassed: 1 } },
    })
    const { proposal, cohort } = reportedOf(strict)
    const failed = cohort.candidates.filter(({ outcome }) => outcome === 'fail')
    const alone = failed.filter(({ unmet }) => unmet.join(' ') === 'pass-mark')
    expect(proposal.changes.length).toBeGreaterThan(1)
    const why = pageOf(await pagesOf(strict), 'Why did candidates not pass?')
    expect(why).toContain(
      `Mean below the mark alone ${alone.length} ${alone.map(({ candidate }) => candidate.number).join(', ')}`,
    )
    expect(why).toContain(`Pass ${cohort.outcomes.pass} ${proposal.after?.pass ?? ''}`)
    expect(why).toContain(
      `${proposal.changes.length} candidates would have another outcome. Not passed → Pass: ${proposal.changes.map(({ number }) => number).join(', ')}.`,
    )
  })

  it('has stringency by the mixed model beside least squares, and the share of the differences that is the examiners’', () => {
    const { examiners, share } = reported.examiners
    const [severe] = examiners.toSorted((a, b) => (b.mixed.value ?? 0) - (a.mixed.value ?? 0))
    const own = page('Who marked harder or milder')
    expect(own).toContain(
      `Dr examiner-severe 48 ${valueOf(severe?.rawMean ?? share, 'points')} ${valueOf(severe?.leastSquares ?? share, 'difference')} ${intervalOf(severe?.leastSquares ?? share, 'difference')} ${valueOf(severe?.mixed ?? share, 'difference')} ${intervalOf(severe?.mixed ?? share, 'difference')} harsher than average`,
    )
    expect(pages.join(' ')).toContain(`Share of examiners ${valueOf(share, 'share')}`)
  })

  it('has the Rasch model: each facet’s separation, every examiner, station and threshold, and misfit in words', () => {
    const { rasch } = reported.examiners
    const all = pages.join(' ')
    for (const facet of ['candidates', 'stations', 'examiners'] as const)
      expect(all).toContain(
        `${facet.charAt(0).toUpperCase()}${facet.slice(1)} ${rasch[facet].length} ${valueOf(rasch.separation[facet], 'coefficient')} ${valueOf(rasch.strata[facet], 'ratio')} ${valueOf(rasch.reliability[facet], 'coefficient')} ${valueOf(rasch.fixed[facet].chiSquare, 'ratio')} ${rasch.fixed[facet].df ?? '–'}`,
      )
    for (const { id, measure, n } of rasch.examiners)
      expect(all).toContain(`Dr ${id} ${n} ${written(measure, 'difference')}`)
    for (const { measure, se } of rasch.thresholds)
      expect(all).toContain(`${written(measure, 'difference')} ${written(se, 'points')}`)
    expect(all).toMatch(/more erratic than the model expects|candidates fit the model/)
    expect(all).toContain('Joint estimation spreads the measures too far')
  })

  it('takes examiner and patient as two raters: six ICCs, κ and Krippendorff’s α', () => {
    const { raters } = reported.patients
    const own = page('Would it matter which of the two had marked?')
    for (const [form, figure] of Object.entries(raters.icc))
      expect(own).toContain(
        `${form} ${valueOf(figure, 'coefficient')} – ${intervalOf(figure, 'coefficient')} 96 encounters`,
      )
    expect(own).toContain(`Cohen’s κ ${valueOf(raters.kappa.none, 'coefficient')}`)
    expect(own).toContain(`Krippendorff’s α ${valueOf(raters.interval, 'coefficient')}`)
    expect(pages.join(' ')).toContain(`Krippendorff’s α of ratios ${valueOf(raters.ratio, 'coefficient')}`)
    expect(pages.join(' ')).toContain(`Krippendorff’s α of bands ${valueOf(raters.ordinal, 'coefficient')}`)
    expect(pages.join(' ')).toContain(`Krippendorff, same band ${valueOf(raters.nominal, 'coefficient')}`)
    const { proportional } = reported.patients.overall ?? {}
    expect(pages.join(' ')).toContain(
      `Slope of the difference ${proportional ? valueOf(proportional, 'coefficient') : ''}`,
    )
    expect(page('Upper limit +')).toMatch(/Upper limit \S+ \S+ \S+ to \S+ 96 encounters Mean difference \+ 1\.96 SD/)
  })

  it('tells the agreement of each domain with its interval and its limits', () => {
    for (const { title, bias, lower, upper, ccc } of reported.patients.domains)
      expect(pages.join(' ')).toContain(
        `${title} ${bias.n} ${valueOf(bias, 'difference')} ${intervalOf(bias, 'difference')} ${valueOf(lower, 'difference')} to ${valueOf(upper, 'difference')} ${valueOf(ccc, 'coefficient')}`,
      )
  })

  it('counts cues and look-alikes station by station', () => {
    const own = page('What became of the cues')
    expect(own).toMatch(/1 Telling the scan result 24 \d+ 16 8 50\.0 % 28\.0 % to 72\.0 %/)
    expect(pages.join(' ')).toContain('2 The car keys 24 6 0.25 25.0 % 12.0 % to 44.9 % Premature comfort 6')
    expect(own).toContain('By domain nothing is given')
  })

  it('counts cues by the domain that the scripts say, and says so where none does', async () => {
    const none = 'By domain nothing is given'
    expect(pages.join(' ')).toContain(none)
    const cues = ['perspective-taking', 'emotion-naming'].map((domain) =>
      cueSchema.parse({ text: 'looks away', lookFor: '', domain }),
    )
    const told = (await pagesOf({ ...exam, stations: exam.stations.map((one) => ({ ...one, cues })) })).join(' ')
    expect(told).toContain('Perspective-taking 96 96 8 8 100.0 % 67.6 % to 100.0 %')
    expect(told).toContain('Emotion naming 96 96 8 0 0.0 % 0.0 % to 32.4 %')
    expect(told).not.toContain(none)
  })

  it('has the groups with the figures of the app', () => {
    const [morning] = reported.groups.groups.toSorted((a, b) => b.name.localeCompare(a.name))
    expect(page('Groups of candidates')).toContain(
      `morning 12 ${morning ? valueOf(morning.mean, 'points') : ''} ${morning ? valueOf(morning.sd, 'points') : ''}`,
    )
    const [first] = reported.groups.comparisons
    expect(page('Groups of candidates')).toContain(
      `1 24 ${first ? valueOf(first.ancova, 'difference') : ''} ${first ? intervalOf(first.ancova, 'difference') : ''}`,
    )
  })

  it('has the difference in passing of each station on the delta scale, with its interval', async () => {
    const data = scatteredExam()
    const text = (await pagesOf(data)).join(' ')
    for (const { number, mantelHaenszel: own } of reportedOf(data).groups.comparisons)
      expect(text).toContain(
        `${number} 60 ${valueOf(own.oddsRatio, 'ratio')} ${intervalOf(own.oddsRatio, 'ratio')} ${valueOf(own.delta, 'difference')} ${intervalOf(own.delta, 'difference')}`,
      )
  })

  it('says how every figure that it prints is made', () => {
    const all = pages.join(' ')
    const methods = all.slice(all.indexOf('How the figures are made'))
    for (const term of [
      'Mixed model',
      'Rasch model',
      'Infit, outfit, z',
      'Separation, strata',
      'D study',
      'ICC',
      'Holm',
      'Hofstee',
    ])
      expect(methods).toContain(term)
    for (const term of ['Logit', 'Look-alike', 'Threshold', 'Reliability']) expect(methods).toContain(`${term} `)
  })
})

describe('the cohort report of one candidate', () => {
  it('counts one as one beside each figure', async () => {
    const page = pageOf(await pagesOf(judgedExam(1)), 'Standard setting · Station 1:')
    expect(page).toContain('1 candidate ')
    expect(page).not.toContain('1 candidates')
  })
})

describe('the cohort report of an exam with one examiner at each station', () => {
  it('says why nobody’s stringency is given, and draws no empty chart', async () => {
    const alone = judgedExam(12, { record: (c, s) => ({ ...judged(c, s), examiner: `examiner-${s}` }) })
    const page = pageOf(await pagesOf(alone), 'Examiners · by how many points')
    expect(page).toContain('Nobody’s stringency can be given by least squares or by the mixed model')
    expect(page).toContain('Withheld by the mixed model for all of them. Nobody else marked at the stations')
    expect(page).not.toContain('Who marked harder or milder')
  })

  it('gives no severity in the Rasch model, where nobody compares with an examiner', async () => {
    const alone = judgedExam(24, {
      record: (c, s) => ({ ...judged(c, s), globalRating: unevenGrade(c, s), examiner: `examiner-${s}` }),
    })
    const pages = (await pagesOf(alone)).join(' ')
    const page = pages.slice(pages.indexOf('Rasch model ·'))
    expect(page).toContain('No severity: nobody compares with these examiners')
    expect(page).toMatch(/examiner-0 \d+ – – /)
  })
})
