import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import { describe, expect, it } from 'vitest'
import { paperSchema } from '#shared/domain/exam.ts'
import { openFontLibrary } from '#electron/reports/text/shaping.ts'
import { feedbackReport } from '#electron/reports/feedback/feedback-report.ts'
import { kindsOf, readPdf } from '#tests/support/pdf-reader.ts'
import { resultOf } from '#tests/support/recorded-exam.ts'
import { empathyRubric } from '#tests/support/small-exam.ts'
import { examOf, feedbackOf, options, ordinary, type Size } from './report-data.ts'
import { expectInside, nodesOf, read, wordsOf } from './feedback-pages.ts'

const paperSizes = { A4: [595.28, 841.89], LETTER: [612, 792] } as const

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
    const { sem } = measureExam(data).analysis.exam
    const again = feedbackReport(resultOf(data), { ...options, sem, library: openFontLibrary() })
    expect(Buffer.compare(again, bytes)).toBe(0)
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
