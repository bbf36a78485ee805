import { describe, expect, it } from 'vitest'
import type { Mark } from '#shared/domain/encounter.ts'
import { paperSchema } from '#shared/domain/exam.ts'
import { openFontLibrary } from '#electron/reports/text/shaping.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { feedbackReport } from '#electron/reports/feedback/feedback-report.ts'
import { kindsOf, readPdf, type ReadPdf, type StructureNode } from '#tests/support/pdf-reader.ts'
import { allRated, resultOf, type Recorded } from '#tests/support/recorded-exam.ts'
import { empathyRubric, onPoints } from '#tests/support/small-exam.ts'
import { examOf, feedbackOf, options, ordinary, type Size } from './report-data.ts'

const read = (size: Size): Promise<ReadPdf> => readPdf(feedbackOf(examOf(size)))
/** All of a report's words, as if it had no lines. */
const wordsOf = ({ pages }: ReadPdf): string => pages.join('\n').replaceAll(/\s+/g, ' ')

const paperSizes = { A4: [595.28, 841.89], LETTER: [612, 792] } as const
/** 18 mm. */
const MARGIN = 51

/** Every word stands within the margins of its page; the head line of sample data stands above. */
function expectInside({ placed, sizes }: ReadPdf) {
  placed.forEach((texts, page) => {
    const { width = 0, height = 0 } = sizes[page] ?? {}
    for (const { text, left, right, bottom, top } of texts) {
      expect(left, text).toBeGreaterThanOrEqual(MARGIN - 1)
      expect(right, text).toBeLessThanOrEqual(width - MARGIN + 1)
      expect(bottom, text).toBeGreaterThanOrEqual(MARGIN - 5)
      expect(top, text).toBeLessThanOrEqual(height - 20)
    }
  })
}

const papers = paperSchema.options
const sizes = papers.flatMap((paper) => [1, 8, 12].map((stations) => ({ paper, stations })))

const typed = (letters: number): string =>
  'What somebody typed at length while the candidate went on talking. '.repeat(60).slice(0, letters).trim()

/** As much text as every field takes. */
function wordy({ paper, stations }: (typeof sizes)[number]): Size {
  const rubric = empathyRubric()
  return {
    stations,
    candidates: 10,
    exam: { paper, title: typed(118), site: typed(118), sample: true },
    name: typed(118),
    stationTitle: typed(80),
    rubric: {
      ...rubric,
      domains: rubric.domains.map((domain) => ({
        ...domain,
        items: domain.items.map((item) => ({
          ...item,
          title: typed(60),
          advice: typed(300),
          anchors: item.anchors.map(() => typed(240)),
        })),
      })),
    },
    record: (candidate, station) => ({
      ...ordinary(candidate, station),
      notes: Array.from({ length: 12 }, (_, item) => ({ item, text: `${typed(1000)}\n\n\n${typed(900)}` })),
      marks: Array.from({ length: 40 }, (_, index) => ({ atMs: index * 12_000, quote: typed(500) })),
    }),
  }
}

describe('the feedback report', () => {
  it.each(sizes)('has two pages of $paper for $stations stations, with nothing beyond the margins', async (size) => {
    const pdf = await read({ ...size, candidates: 10, exam: { paper: size.paper, sample: true } })
    const [width, height] = paperSizes[size.paper]
    expect(pdf.sizes).toEqual([
      { width, height },
      { width, height },
    ])
    expectInside(pdf)
    const words = wordsOf(pdf)
    for (let station = 1; station <= size.stations; station++) expect(words).toContain(`at station ${station},`)
  })

  it.each(sizes)(
    'keeps to them on $paper with $stations stations when every text is as long as can be',
    async (size) => {
      const pdf = await read(wordy(size))
      expect(pdf.pages).toHaveLength(2)
      expectInside(pdf)
      // Each page is read to its end.
      expect(pdf.pages[0]).toContain('the one to learn from'.slice(0, size.stations > 1 ? undefined : 0))
      expect(wordsOf(pdf)).toContain('answers fewer than four statements.')
    },
  )

  it('takes further pages rather than leave a station out, and numbers them', async () => {
    const { pages } = await read({ stations: 30 })
    expect(pages.length).toBeGreaterThan(2)
    pages.forEach((page, index) => expect(page).toContain(`Page ${index + 1} of ${pages.length}`))
    expect(pages.join('\n')).toMatch(/^30 Whose knee/m)
  })

  it('tells in order: outcome, profile, scores, moments; then station by station, plan and rule', async () => {
    const { pages } = await read({ stations: 8 })
    const headings = [
      ['Your empathy feedback', 'Your profile', 'Scores', 'your strongest:', 'the one to learn from:'],
      ['Station by station', 'Your action plan', 'How to read this'],
    ]
    headings.forEach((expected, page) => {
      const places = expected.map((heading) => (pages[page] ?? '').indexOf(heading))
      expect(places).not.toContain(-1)
      expect(places).toEqual(places.toSorted((a, b) => a - b))
    })
  })

  it('says who, in which exam, at how many stations, and shows all of it on each page', async () => {
    const { pages } = await read({ stations: 2, name: 'Ada Lovelace', exam: { site: 'Skills centre' } })
    expect(pages[0]).toContain('Ada Lovelace')
    expect(pages[0]).toContain('Candidate 1001')
    expect(pages[0]).toContain('2 stations, all complete')
    expect(pages[0]).toContain('November 14, 2026 · Skills centre')
    for (const page of pages) expect(page).toContain('Candidate 1001 · Year 4 communication OSCE · Attune 1.2.3')
  })

  it('is marked on each page, and as a file, where its persons are invented', async () => {
    const sample = await read({ stations: 2, exam: { sample: true } })
    for (const page of sample.pages) expect(page).toContain('Sample data: invented persons')
    const real = feedbackOf(examOf({ stations: 2 }))
    expect(wordsOf(await readPdf(real))).not.toContain('Sample data')
    expect(Buffer.from(real).toString('latin1')).not.toContain('Sample data')
  })
})

describe('as a document, the feedback report', () => {
  const bytes = feedbackOf(examOf({ stations: 8, candidates: 10, name: 'Žofie 山田 علي' }))
  const source = Buffer.from(bytes).toString('latin1')

  it('has a title, a language, and nothing that a reader complains about', async () => {
    expect(await readPdf(bytes)).toMatchObject({
      title: 'Your empathy feedback: candidate 1001',
      language: 'en',
      isTagged: true,
      warnings: [],
    })
  })

  it('is tagged: headings in order, tables with named columns and rows, figures in words', async () => {
    const { structure } = await readPdf(bytes)
    expect(source).toContain('/StructTreeRoot')
    const kinds = structure.flatMap(kindsOf)
    expect(kinds.filter((kind) => kind === 'H1')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'H2')).toHaveLength(7)
    const all = structure.flatMap(nodesOf)
    const tables = all.filter(({ kind }) => kind === 'Table')
    expect(tables).toHaveLength(2)
    for (const table of tables) {
      const rows = nodesOf(table).filter(({ kind }) => kind === 'TR')
      expect(rows).toHaveLength(9)
      const [head, ...body] = rows.map(({ children }) => children.map(({ kind }) => kind))
      expect(new Set(head)).toEqual(new Set(['TH']))
      for (const [first, ...rest] of body) {
        expect(first).toBe('TH')
        expect(new Set(rest)).toEqual(new Set(['TD']))
      }
    }
    expect(source.match(/\/Scope \/Column/g)).toHaveLength(5 + 3)
    expect(source.match(/\/Scope \/Row/g)).toHaveLength(8 + 8)
    const figures = all.filter(({ kind }) => kind === 'Figure')
    expect(figures.map(({ alt }) => alt)).toEqual([
      expect.stringMatching(
        /^Your profile by domain, 0 to 100; pass mark 60\. Perspective-taking: [\d.]+, middle half/,
      ),
      expect.stringMatching(
        /^Moments of an encounter of 8:00: 1:00 named it; 2:00 premature comfort; 3:00 missed it\.$/,
      ),
      expect.stringMatching(/^Moments of an encounter of 8:00: /),
    ])
  })

  it('carries every font within itself, and no link, script, action or attachment', async () => {
    const descriptors = source.split('/Type /FontDescriptor').slice(1)
    expect(descriptors.length).toBeGreaterThanOrEqual(5)
    for (const descriptor of descriptors) expect(descriptor.split('endobj')[0]).toContain('/FontFile2')
    expect(source).not.toContain('/Subtype /Type1')
    expect((await readPdf(bytes)).active).toEqual([])
    expect(source).not.toMatch(/\/(OpenAction|AA|URI|Launch|Annots|EmbeddedFiles|JavaScript)\b/)
  })

  it('is the same to the byte when it is made again from the same data', () => {
    const data = examOf({ stations: 8, candidates: 10, name: 'Žofie 山田 علي' })
    const again = feedbackReport(resultOf(data), { ...options, library: openFontLibrary() })
    expect(Buffer.compare(again, bytes)).toBe(0)
  })
})

const nodesOf = (node: StructureNode): StructureNode[] => [node, ...node.children.flatMap(nodesOf)]

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

describe('advice on paper', () => {
  const only = (recorded: Recorded) => read({ stations: 1, record: () => recorded })

  it('quotes what was seen, with the level reached and the next one', async () => {
    const words = wordsOf(
      await only({
        status: 'submitted',
        ratings: [5, 2, ...allRated(4).slice(2)],
        notes: [
          { item: 0, text: '“What is this like for you?”\nThen waited.' },
          { item: 1, text: 'Went straight on.' },
        ],
      }),
    )
    const [asks, says] = empathyRubric().domains[0]?.items ?? []
    expect(words).toContain(
      `${asks?.title ?? ''}, level 5. ${asks?.anchors[4] ?? ''} Seen: “What is this like for you?” Then`,
    )
    expect(words).toContain(`${says?.title ?? ''}: Went straight on.`)
    expect(words).toContain(
      `${says?.title ?? ''}, level 2. ${says?.anchors[1] ?? ''} Level 3: ${says?.anchors[2] ?? ''}`,
    )
  })

  it('quotes a behaviour that is neither the one to keep nor the one to change, under its name', async () => {
    const words = wordsOf(
      await only({
        status: 'submitted',
        ratings: [5, 2, 4, ...allRated(3).slice(3)],
        notes: [{ item: 2, text: 'Asked whether the picture fits.' }],
      }),
    )
    expect(words).toContain(`${rubricItems(empathyRubric())[2]?.title ?? ''}: Asked whether the picture fits.`)
  })

  it('prints the note on the whole encounter, beside the quoted behaviour or in its place', async () => {
    const ratings = [5, 2, ...allRated(4).slice(2)]
    const general = { item: null, text: 'Warm from the first minute;\nthe plan came from the candidate alone.' }
    const seen = { item: 0, text: 'Then waited.' }
    const [, beside] = (await only({ status: 'submitted', ratings, notes: [seen, general] })).pages
    expect(beside?.replaceAll(/\s+/g, ' ')).toContain(
      'Seen: Then waited. On the whole: Warm from the first minute; the plan came from the candidate alone.',
    )
    const [, alone] = (await only({ status: 'submitted', ratings, notes: [general] })).pages
    expect(alone?.replaceAll(/\s+/g, ' ')).toContain('On the whole: Warm from the first minute; the plan')
  })

  it.each(papers)('leaves no quoted behaviour and no level out on %s when there are twelve stations', async (paper) => {
    const quoteAt = (station: number) =>
      `“It sounds as if night ${station + 1} is the worst part, when nobody else in the house is awake.” Then waited.`
    const data = examOf({
      stations: 12,
      exam: { paper },
      record: (c, s) => ({ ...ordinary(c, s), notes: [{ item: (s * 5) % 12, text: quoteAt(s) }] }),
    })
    const { pages } = await readPdf(feedbackOf(data))
    expect(pages).toHaveLength(2)
    const advice = (pages[1] ?? '').replaceAll(/\s+/g, ' ')
    resultOf(data).results.forEach(({ strength, change }, station) => {
      expect(advice).toContain(quoteAt(station))
      expect(advice).toContain(`${strength?.title ?? ''}, level 5. ${strength?.anchor ?? ''}`)
      expect(advice).toContain(
        `${change?.title ?? ''}, level 2. ${change?.anchor ?? ''} Level 3: ${change?.nextAnchor ?? ''}`,
      )
    })
  })

  it('says at how many more stations a behaviour to practise showed', async () => {
    const ratings = [1, ...allRated(4).slice(1)]
    const seven = wordsOf(await read({ stations: 7, record: () => ({ status: 'submitted', ratings }) }))
    expect(seven).toContain('see stations 1, 2, 3, 4 and 3 more)')
    const four = wordsOf(await read({ stations: 4, record: () => ({ status: 'submitted', ratings }) }))
    expect(four).toContain('see stations 1, 2, 3, 4)')
  })

  it('does not pass the best of low levels off as a strength', async () => {
    expect(wordsOf(await only({ status: 'submitted', ratings: allRated(2) }))).toContain(
      'No strength yet; the closest: ',
    )
    expect(wordsOf(await only({ status: 'submitted', ratings: allRated(3) }))).not.toContain('No strength yet')
  })

  it('says that there is nothing to change where every behaviour reached the top', async () => {
    const words = wordsOf(await only({ status: 'submitted', ratings: allRated(5) }))
    expect(words).toContain('Every behaviour that was rated reached the top.')
    expect(words).not.toContain('Your action plan')
  })

  it('names the moments in the words of the rubric’s version that the station was rated with', async () => {
    const data = examOf({ stations: 1 })
    const [rubric] = data.rubrics
    if (!rubric) throw new Error('the exam has no rubric')
    const older = { ...rubric, moments: rubric.moments.map((moment) => ({ ...moment, label: 'as of old' })) }
    const newer = { ...rubric, version: 2 }
    const stations = data.stations.map((station) => ({ ...station, rubric: { id: newer.id, version: newer.version } }))
    const words = wordsOf(await readPdf(feedbackOf({ ...data, stations, rubrics: [older, newer] })))
    expect(words).toContain('named it')
    expect(words).not.toContain('as of old')
  })

  it('says what a level is worth, where stations have scales of different lengths too', async () => {
    const data = examOf({ stations: 1 })
    const three = data.rubrics.map((rubric) => ({ ...onPoints(rubric, 3), version: 2 }))
    const told = async (rubrics: typeof data.rubrics) => wordsOf(await readPdf(feedbackOf({ ...data, rubrics })))
    expect(await told(data.rubrics)).toContain(
      'rated against 5 described levels, each worth 20 points, from 20 to 100;',
    )
    expect(await told([...data.rubrics, ...three])).toContain(
      '3 to 5 of them, each worth an equal share of 100 points;',
    )
  })

  it('calls the only station neither strongest nor weakest', async () => {
    const words = wordsOf(await read({ stations: 1 }))
    expect(words).toContain('Moments · station 1, Telling the scan result')
    expect(words).not.toMatch(/strongest|learn from/)
  })
})

describe('names on the report', () => {
  it.each([
    ['Latin', 'Zoë Žofie Nguyễn Þóra'],
    ['Greek', 'Ελένη Παπαδοπούλου'],
    ['Cyrillic', 'Тарас Зразковий'],
    ['Arabic', 'فاطمة الزهراء بنت عبدالله'],
    ['Hebrew', 'איתן בן־דוגמה'],
    ['Devanagari', 'क्षितिज त्रिपाठी'],
    ['Chinese', '王小明'],
    ['Japanese', '山田 さくら'],
    ['Korean', '김민준'],
    ['right to left beside left to right', 'هدى Sample (Ali) 42'],
  ])('read back as they are written: %s', async (_script, name) => {
    const { pages, structure, warnings } = await read({ stations: 1, name })
    expect(pages[0]?.split('\n')).toContain(name)
    expect(warnings).toEqual([])
    // What a screen reader is told of text that stands on the page from right to left.
    const said = structure.flatMap(nodesOf).map(({ alt }) => alt)
    if (/[\u0590-\u06ff]/.test(name)) expect(said).toContain(name)
  })

  it('do not run into what stands beside them, however long', async () => {
    for (const name of ['W'.repeat(118), '山'.repeat(118), `${'محمد '.repeat(23)}علي`]) {
      const pdf = await read({ stations: 1, name })
      expectInside(pdf)
      const title = pdf.placed[0]?.find(({ text }) => text.startsWith('Your empathy'))
      const parts = pdf.placed[0]?.filter(({ text }) => text.length > 5 && name.includes(text.trim())) ?? []
      expect(parts.length).toBeGreaterThan(0)
      for (const { left } of parts) expect(left).toBeGreaterThan(title?.right ?? Infinity)
    }
  })
})
