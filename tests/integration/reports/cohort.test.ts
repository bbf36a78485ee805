import { beforeAll, describe, expect, it } from 'vitest'
import { paperSchema } from '#shared/domain/exam.ts'
import { cohortResult } from '#shared/scoring/cohort-result.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { reportedOf } from '#electron/reports/cohort/reported.ts'
import { intervalOf, valueOf } from '#electron/reports/measures/figure-words.ts'
import { kindsOf, readPdf, type ReadPdf } from '#tests/support/pdf-reader.ts'
import { allRated, recordedExam, type Recorded } from '#tests/support/recorded-exam.ts'
import { cohortOf, examOf, ordinary, type Size } from './report-data.ts'

const read = (size: Size): Promise<ReadPdf> => readPdf(cohortOf(examOf(size)))
/** All of a report's words, as if it had no lines, its pages' feet left out. */
const wordsOf = ({ pages }: ReadPdf): string =>
  pages
    .map((page) => page.replace(/Cohort report · .* Page \d+ of \d+$/, ''))
    .join(' ')
    .replaceAll(/\s+/g, ' ')

const rated = (value: number, more: Partial<Recorded> = {}): Recorded => ({
  status: 'submitted',
  globalRating: 'pass',
  ratings: allRated(value),
  ...more,
})

/** Rated on every behaviour; the global rating was declared missing. */
const calledAway: Recorded = {
  status: 'submitted',
  ratings: allRated(4),
  missing: [{ item: 'global-rating', reason: 'Called away' }],
}

/** Six candidates at two stations, in whose day everything happened that can. */
const eventful = recordedExam({
  exam: { title: 'Year 4 communication OSCE', passRule: { passMark: 60, minStationsPassed: 1 } },
  stations: [{ title: 'Telling the scan result' }, { title: 'The car keys' }],
  candidates: [{}, {}, {}, {}, {}, { name: 'محمد علي' }],
  record: (candidate, station) => {
    if (station === 1)
      return [calledAway, rated(4), rated(2), rated(5), { status: 'scheduled' }, { status: 'scheduled' }][
        candidate
      ] as Recorded
    return [
      rated(4, {
        sp: [4, 4, 4, 4, 4, 4, 4],
        spComment: 'I felt heard.',
        incidents: [{ kind: 'lost-time', text: 'Fire alarm for a minute', atMs: 95_000 }],
      }),
      rated(5, {
        marks: [
          { kind: 'red-flag', type: 'coercion', atMs: 70_000, quote: '“Sign, or we stop.”' },
          {
            kind: 'red-flag',
            type: 'blame',
            atMs: 80_000,
            review: {
              decision: 'dismissed',
              reason: 'A quotation',
              reviewer: 'محمد علي',
              reviewedAt: '2026-11-15T08:00:00Z',
            },
          },
        ],
        sp: [1, 1, 2, 1, 1, 2, 1],
      }),
      {
        ...rated(1, {
          notes: [
            { item: 9, text: 'Laughed it off.' },
            { item: null, text: 'Never arrived at a plan.' },
          ],
          sp: [2, 2, 2, 2, 2, 2, 2],
        }),
        ratings: allRated(1).slice(0, 10),
        missing: [
          { item: 10, reason: 'My view was blocked' },
          { item: 11, reason: 'The bell came early' },
        ],
      },
      { status: 'absent', absenceReason: 'Unwell since the morning' },
      { status: 'open', ratings: [3, 3, 3] },
      { status: 'scheduled' },
    ][candidate] as Recorded
  },
})

describe("the director's report on the cohort", () => {
  let pdf: ReadPdf
  let words: string
  beforeAll(async () => {
    pdf = await readPdf(cohortOf(eventful))
    words = wordsOf(pdf)
  })

  it('tells in order: the decision, what is missing, the scores, how far they can be believed, candidates, how it is made', () => {
    const headings = [
      'Decision',
      'The figures behind the decision',
      'Completeness',
      'Stations',
      'Standard setting at a glance',
      'What other methods would say',
      'Distributions',
      'Standard setting · Station 1: Telling the scan result',
      'Standard setting · Station 2: The car keys',
      'Reliability',
      'Examiners',
      'Rasch model',
      'The patients’ view',
      'Examiner and patient side by side',
      'Cues and look-alikes',
      'Groups of candidates',
      'Candidates',
      'What needs a look',
      'How the figures are made',
      'Glossary',
      'Data integrity',
    ]
    const lines = pdf.pages.join('\n').split('\n')
    let before = -1
    for (const heading of headings) {
      const place = lines.findIndex((line, at) => at > before && (line === heading || line.startsWith(`${heading} ·`)))
      expect(place, heading).toBeGreaterThan(before)
      before = place
    }
  })

  it('counts what is there and what is not', () => {
    expect(words).toContain('7 of 12 encounters submitted; open 1, not begun 3, absent 1.')
    // Thirteen marks in each of the seven that were submitted.
    expect(words).toContain('3 of 91 marks of submitted encounters missing (3.30 %); 3 patient forms submitted.')
  })

  it('lists each encounter and each mark that is missing, with the reason that was given', () => {
    const items = rubricItems(eventful.rubrics[0] ?? missing())
    expect(words).toContain(`1 Telling the scan result 1003 ${items[10]?.title ?? ''} My view was blocked`)
    expect(words).toContain(`1 Telling the scan result 1003 ${items[11]?.title ?? ''} The bell came early`)
    expect(words).toContain('1 Telling the scan result 1004 candidate absent Unwell since the morning')
    expect(words).toContain('1 Telling the scan result 1005 not submitted, 10 marks open')
    expect(words).toContain('1 Telling the scan result 1006 not begun')
    expect(words).toContain('2 The car keys 1005, 1006 not begun')
  })

  it('counts outcomes with their rule', () => {
    expect(words).toContain('Pass 1 16.7 % Not passed 1 16.7 % Incomplete 3 50.0 % In review 1 16.7 % All 6')
    expect(words).toContain(
      'A candidate passes when the mean over 2 stations is at least 60, at least 1 station is passed, each at 60, and no red flag is upheld.',
    )
  })

  it('describes the distributions, of the exam and of each domain', async () => {
    // Exam scores: 80, (100 + 80) / 2, (20 + 40) / 2, 100: mean 75, squares 25 + 225 + 2025 + 625 over 3.
    expect(words).toContain('Exam score: n 4, mean 75.0, SD 31.1.')
    const alts = (await readPdf(cohortOf(eventful))).structure.flatMap(altsOf)
    // The exam and each domain, a plot of each station, the D study, and the differences of examiner and patient.
    expect(alts).toHaveLength(5 + 2 + 2)
    expect(alts[0]).toBe(
      '4 scores from 30.0 to 100.0. One is below the cut of 60. None lies within the band around it.',
    )
    expect(alts[1]).toBe('Perspective-taking: 4 scores from 30.0 to 100.0.')
  })

  it('has a row for each station, withheld figures as dashes', () => {
    // Station 1: 80, 100 and 20; three scores have no quartiles.
    expect(words).toContain('1 Telling the scan result 3 66.7 41.6 20.0 – – – 100.0 2 of 3')
    // Station 2: 80, 80, 40 and 100.
    expect(words).toContain('2 The car keys 4 75.0 25.2 40.0 70.0 80.0 85.0 100.0 3 of 4')
  })

  it('puts examiner and patient side by side where both are there', () => {
    const [first] = cohortResult(eventful).perStation
    // Patients: 80, 9 / 7 × 20 = 25.7 and 40; differences 0, 74.3 and −20.
    expect(first?.meanDifference).toBeCloseTo((0 + (100 - 180 / 7) - 20) / 3, 8)
    const [own] = reportedOf(eventful).patients.stations
    expect(own?.bias.value).toBeCloseTo(first?.meanDifference ?? NaN, 8)
    expect(words).toContain(
      `1 Telling the scan result 3 66.7 48.6 +18.10 ${own ? `${intervalOf(own.bias, 'difference')} ${valueOf(own.ccc, 'coefficient')} ${valueOf(own.pearson, 'coefficient')}` : ''}`,
    )
    expect(words).toContain('2 The car keys 0 – – – – – –')
  })

  it('has a row for each candidate, whatever script the name is in, and no rank', () => {
    expect(words).toContain('1001 Candidate 1 Pass 80.0 2 of 2')
    expect(words).toContain('1002 Candidate 2 In review 90.0 2 of 2')
    expect(words).toContain('1003 Candidate 3 Not passed 30.0 0 of 2')
    expect(words).toContain('1004 Candidate 4 Incomplete 100.0 1 of 1')
    expect(words).toContain('1006 محمد علي Incomplete – 0 of 0 – – – – –')
    // Spearman’s correlation goes by ranks; nobody has one here.
    expect(words.replaceAll(/rank correlation|mean rank|for ranking|of ranks/g, '')).not.toMatch(/\brank/i)
  })

  it('has everything that needs a look', () => {
    const { attention } = cohortResult(eventful)
    expect(new Set(attention.map(({ kind }) => kind)).size).toBe(8)
    const look = words.slice(words.indexOf('What needs a look'))
    for (const { text } of attention) expect(look).toContain(text)
    expect(look).toContain('1 1002 1:10 Coercion. “Sign, or we stop.” Second person: not yet reviewed.')
    expect(look).toContain('1:20 Blame. محمد علي, November 15, 2026 (UTC): dismissed: A quotation.')
    expect(look).toContain('1 1001 1:35 Lost time: Fire alarm for a minute')
    expect(look).toContain('2 1001 Global rating: Called away')
    expect(look).toContain('1 1003 Never arrived at a plan.')
    expect(look).toContain('Examiner and patient 30 points or more apart (1)')
  })

  it('prints no figure that is none', () => {
    expect(words).not.toMatch(/NaN|undefined|null|Infinity/)
  })

  it('is a tagged document with its fonts and nothing that acts', async () => {
    const bytes = cohortOf(eventful)
    expect(await readPdf(bytes)).toMatchObject({
      title: 'Cohort report: Year 4 communication OSCE',
      language: 'en',
      isTagged: true,
      active: [],
      warnings: [],
    })
    const kinds = pdf.structure.flatMap(kindsOf)
    expect(kinds.filter((kind) => kind === 'H1')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'Figure')).toHaveLength(5 + 2 + 2)
    // The standard, outcomes, the decision's figures, who did not pass, missing marks, stations and their cuts, a page each,
    // reliability, components and their D study, the patients' view (agreement, domains, two raters, side by side, relations over
    // encounters and over candidates), cues (all and by station, look-alikes), candidates, and eight kinds of what needs a look.
    expect(
      Buffer.from(bytes)
        .toString('latin1')
        .match(/\/S \/Table\b/g),
    ).toHaveLength(31)
    expect(Buffer.compare(cohortOf(eventful), bytes)).toBe(0)
  })
})

const missing = (): never => {
  throw new Error('the exam has no rubric')
}

const altsOf = (node: ReadPdf['structure'][number]): string[] => [
  ...(node.kind === 'Figure' && node.alt !== undefined ? [node.alt] : []),
  ...node.children.flatMap(altsOf),
]

describe('the cohort report of an exam', () => {
  it('in which nothing is missing says so after the decision', async () => {
    const { pages } = await read({ stations: 2, candidates: 4 })
    expect(pages[2]).toContain('8 of 8 encounters submitted')
    expect(pages[2]).toContain('Nothing is missing.')
  })

  it('never leaves the last candidate alone on a page', async () => {
    const alone = await Promise.all(
      // Somewhere here the table goes on to a second page.
      Array.from({ length: 9 }, async (_, more) => {
        const { pages } = await read({ stations: 1, candidates: 36 + more, record: () => ({ status: 'scheduled' }) })
        return pages.some((page) => page.match(/^\d{4} Candidate \d+/gm)?.length === 1)
      }),
    )
    expect(alone).not.toContain(true)
  })

  it('names the candidates who have no place in the rotation instead of calling it whole', async () => {
    const words = wordsOf(
      await read({ stations: 2, candidates: 4, record: (c, s) => (c === 3 ? undefined : ordinary(c, s)) }),
    )
    expect(words).toContain('6 of 6 encounters submitted; open 0, not begun 0, absent 0, not planned 2.')
    expect(words).toContain('1 Telling the scan result 1004 not planned not in the rotation')
    expect(words).not.toContain('Nothing is missing.')
  })

  it('compares examiner and patient over the same encounters', async () => {
    const record = (c: number) => rated(c === 3 ? 5 : 3, c === 3 ? {} : { sp: [4, 4, 4, 4, 4, 4, 4] })
    const words = wordsOf(await read({ stations: 1, candidates: 4, record }))
    // The fourth candidate, whose 100 has no form beside it, moves the station's mean only.
    expect(words).toContain('1 Telling the scan result 3 60.0 80.0 −20.0')
  })

  it('in which nothing happened yet has a page of dashes, and groups what is not begun', async () => {
    const pdf = await read({ stations: 2, candidates: 70, record: () => ({ status: 'scheduled' }) })
    expect(wordsOf(pdf)).toContain('0 of 140 encounters submitted; open 0, not begun 140, absent 0.')
    expect(wordsOf(pdf)).toContain('Exam score: n 0, mean –, SD –.')
    expect(wordsOf(pdf)).toContain('Nothing was written down.')
    for (let candidate = 1001; candidate <= 1070; candidate++) {
      expect(wordsOf(pdf).split(String(candidate)).length - 1, String(candidate)).toBe(2 + 1)
    }
  })

  it.each(paperSchema.options)(
    'of 200 candidates at 12 stations fits %s, each page numbered, nobody left out',
    async (paper) => {
      const pdf = await read({
        stations: 12,
        candidates: 200,
        exam: { paper },
        record: (c, s) => ({
          ...ordinary(c, s),
          ...(c % 20 === 0 && { spComment: `Comment ${c + 1001} at ${s + 1}.` }),
        }),
      })
      const words = wordsOf(pdf)
      for (let candidate = 1001; candidate <= 1200; candidate++) expect(words).toContain(`${candidate} Candidate`)
      for (let c = 0; c < 200; c += 20)
        for (let s = 1; s <= 12; s++) expect(words).toContain(`Comment ${c + 1001} at ${s}.`)
      const { pages, placed, sizes } = pdf
      expect(pages.length).toBeGreaterThan(5)
      pages.forEach((page, index) => {
        expect(page.endsWith(`Page ${index + 1} of ${pages.length}`)).toBe(true)
        const { width = 0, height = 0 } = sizes[index] ?? {}
        for (const { text, left, right, bottom, top } of placed[index] ?? []) {
          expect(left, text).toBeGreaterThanOrEqual(50)
          expect(right, text).toBeLessThanOrEqual(width - 50)
          expect(bottom, text).toBeGreaterThanOrEqual(45)
          expect(top, text).toBeLessThanOrEqual(height - 50)
        }
      })
    },
  )

  it('holds whatever was typed, at full length', async () => {
    const comment = `${'A sentence of somebody who had much to say. '.repeat(40)}The end.`
    const pdf = await read({
      stations: 2,
      candidates: 3,
      stationTitle: 'A station whose title takes all of the eighty letters that a title may have, no',
      name: 'W'.repeat(118),
      record: (c, s) => ({ ...ordinary(c, s), spComment: comment }),
    })
    expect(wordsOf(pdf).split('The end.')).toHaveLength(6 + 1)
  })
})
