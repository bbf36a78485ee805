import { describe, expect, it } from 'vitest'
import type { Block } from '#electron/reports/kit/block.ts'
import { callout, columns, figure } from '#electron/reports/kit/frames.ts'
import { openReport, type ReportOptions } from '#electron/reports/kit/report.ts'
import { table } from '#electron/reports/kit/table.ts'
import { heading, list, paragraph } from '#electron/reports/kit/text-blocks.ts'
import { openFontLibrary } from '#electron/reports/text/shaping.ts'
import { kindsOf, readPdf } from '#tests/support/pdf-reader.ts'

/** As a list or a web page hands a name on that stands within a sentence. */
const setApart = (text: string): string => `\u2068${text}\u2069`

const library = openFontLibrary()

function report(blocks: readonly Block[], options: Partial<ReportOptions> = {}): Uint8Array {
  const open = openReport({
    library,
    title: 'Feedback',
    lang: 'en',
    created: new Date('2026-11-14T12:00:00Z'),
    paper: 'A4',
    footer: 'Attune',
    pageLabel: (page, pages) => `Page ${page} of ${pages}`,
    ...options,
  })
  open.add(...blocks)
  return open.finish()
}

const linesOf = async (...blocks: Block[]): Promise<string[]> =>
  ((await readPdf(report(blocks))).pages[0] ?? '').split('\n')

const names: Readonly<Record<string, string>> = {
  Latin: 'Žofie Dvořáková-Łęcka',
  'Latin with combining marks': 'Zoe\u0308 Nguye\u0302\u0303n',
  Greek: 'Ελένη Παπαδοπούλου',
  Cyrillic: 'Дарья Соколова',
  Arabic: 'فاطمة الزهراء بنت عبدالله',
  'Arabic with vowel marks': 'بَسمة مُحمَّد',
  Persian: 'پژمان گلزاری',
  Hebrew: "ג׳ורג' בן-דוד",
  'Hebrew with vowel marks': 'מֹשֶׁה לֵוִי',
  Devanagari: 'क्षितिज त्रिपाठी',
  'Devanagari with reph': 'अनुष्का शर्मा',
  Chinese: '王小明',
  Japanese: '山田 さくら',
  Korean: '김민준',
  'Arabic with Latin and digits': 'محمد Smith 42',
  'Arabic with a bracket': 'محمد علي (Ali) 1017',
  'Latin with Arabic and digits': 'Ali محمد 42 done',
}

describe('names on paper', () => {
  it.each(Object.entries(names))('reads a name back as it was written: %s', async (_script, name) => {
    const [line] = await linesOf(paragraph(name), paragraph('below'))

    expect(line).toBe(name)
  })

  it.each(Object.entries(names))(
    'reads a name back in bold, in a table and beside a number: %s',
    async (_script, name) => {
      const lines = await linesOf(
        heading(2, name),
        paragraph(`Candidate 1017 · ${setApart(name)} · 8 stations`),
        table([{ header: 'No.', width: 40, align: 'right' }, { header: 'Name' }], [['7', name]]),
      )

      expect(lines.slice(0, 4)).toEqual([name, `Candidate 1017 · ${name} · 8 stations`, 'No. Name', `7 ${name}`])
    },
  )

  it('is the same whatever was written before with the same fonts', () => {
    const fresh = openFontLibrary()
    const used = openFontLibrary()
    report([paragraph('بسمة تابت ثمينة ينبت fi\u00a0fl ﬁ'), paragraph('किरण र्क'), paragraph('\u00a0')], {
      library: used,
    })

    const first = report(
      Object.values(names).map((name) => paragraph(name)),
      { library: fresh },
    )
    const second = report(
      Object.values(names).map((name) => paragraph(name)),
      { library: used },
    )

    expect(Buffer.compare(first, second)).toBe(0)
  })
})

describe('text on paper', () => {
  it('keeps the order of words where lines are broken, whatever their direction', async () => {
    const text = `${'You named the feeling and waited. '.repeat(6)}${setApart('محمد علي')} agreed with every single step.`

    const lines = await linesOf(
      columns([
        { share: 1, blocks: [paragraph(text)] },
        { share: 2, blocks: [] },
      ]),
    )

    const read = lines
      .slice(
        0,
        lines.findIndex((line) => line.includes('Attune')),
      )
      .join(' ')
    expect(read.replace(/\s+/g, ' ').trim()).toBe(text.replace(/[\u2068\u2069]/g, ''))
    expect(lines.length).toBeGreaterThan(5)
  })

  it('breaks Japanese between characters, but not before a closing mark', async () => {
    const text = 'お母さんは「とても静かですね」と言いました。それから、しばらく黙っていました。'.repeat(2)

    const lines = await linesOf(
      columns([
        { share: 1, blocks: [paragraph(text)] },
        { share: 3, blocks: [] },
      ]),
    )

    const japanese = lines.slice(
      0,
      lines.findIndex((line) => line.includes('Attune')),
    )
    expect(japanese.join('')).toBe(text)
    expect(japanese.length).toBeGreaterThan(4)
    expect(japanese.filter((line) => /^[、。」]/.test(line))).toEqual([])
  })

  it('cuts text that is too long with an ellipsis', async () => {
    const [line] = await linesOf(paragraph('A comment that goes on. '.repeat(30), { maxLines: 1 }), paragraph('below'))

    expect(line).toMatch(/^A comment that goes on\. .*…$/)
  })

  it('prints a box for a character that no font has, and still reads it back', async () => {
    const [line] = await linesOf(paragraph('Well done 🙂👩‍⚕️ ก'), paragraph('below'))

    expect(line).toBe('Well done 🙂👩‍⚕️ ก')
  })

  it('drops control characters and repairs broken ones', async () => {
    const lines = await linesOf(paragraph('a\u0000b\u0007c\u200bd\te\ufefff \ud800x\r\nsecond'), paragraph('below'))

    expect(lines.slice(0, 2)).toEqual(['abcd ef \ufffdx', 'second'])
  })
})

describe('a report as a document', () => {
  const blocks = [
    heading(1, 'Your empathy feedback'),
    callout('#0f6b63', [paragraph('Mean 68.4 of 100.')], 'Pass'),
    figure('Profile: emotion naming 78 of 100', 40, (canvas, width) => {
      canvas.circle(width / 2, 20, 5, { fill: '#b0306a' })
      canvas.label('78', width / 2 + 8, 20)
    }),
    list([
      { label: '1', text: 'Wait after each sentence.' },
      { label: '2', text: 'Ask what would get in the way.' },
    ]),
    table(
      [
        { header: 'Station', namesRow: true },
        { header: 'Score', width: 60, align: 'right' },
      ],
      Array.from({ length: 60 }, (_, index) => [`Station ${index + 1}`, '70']),
    ),
  ]

  it('has a title, a language and a date', async () => {
    const title = `Feedback <1017> & "${names['Arabic'] ?? ''}"`
    const bytes = report(blocks, { title, lang: 'en-GB' })

    const pdf = await readPdf(bytes)

    expect(pdf).toMatchObject({ title, language: 'en-GB', created: 'D:20261114120000Z' })
    expect(Buffer.from(bytes).toString('utf8')).toContain('Feedback &#60;1017&#62; &#38;')
  })

  it('is tagged, with headings, a table with named rows and columns, a list, and words for each figure', async () => {
    const { isTagged, structure } = await readPdf(report(blocks))

    const [page] = structure
    const kinds = page ? kindsOf(page) : []
    expect(isTagged).toBe(true)
    expect(kinds).toEqual(expect.arrayContaining(['Document', 'H1', 'P', 'Figure', 'L', 'LI', 'Table']))
    expect(kinds.filter((kind) => kind === 'TH').length).toBeGreaterThan(2)
    expect(JSON.stringify(page)).toContain('Profile: emotion naming 78 of 100')
  })

  it('says to a screen reader how right-to-left text is read', async () => {
    const { structure } = await readPdf(report([paragraph(`Candidate 1017 · ${setApart('محمد علي')}`)]))

    expect(structure[0]?.children[0]?.children[0]).toMatchObject({ kind: 'P', alt: 'Candidate 1017 · محمد علي' })
  })

  it('repeats the header row on each page of a table, for the eye only, and splits no row', async () => {
    const bytes = report(blocks)
    const { pages } = await readPdf(bytes)

    expect(pages.length).toBeGreaterThan(1)
    for (const page of pages) expect(page.match(/Station Score/g)).toHaveLength(1)
    expect(Buffer.from(bytes).toString('latin1').split('/S /THead')).toHaveLength(2)
    for (let row = 1; row <= 60; row++) {
      expect(
        pages.filter((page) => page.includes(`Station ${row} 70`)),
        `row ${row}`,
      ).toHaveLength(1)
    }
  })

  it('numbers its pages and says on each that the persons are invented', async () => {
    const { pages } = await readPdf(report(blocks, { sampleLine: 'Sample data: invented persons' }))

    pages.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
      expect(page).toContain('Sample data: invented persons')
    })
  })

  it('carries its fonts within itself, each readable without complaint', async () => {
    const bytes = report(Object.values(names).map((name) => paragraph(name)))
    const source = Buffer.from(bytes).toString('latin1')

    const descriptors = source.split('/Type /FontDescriptor').slice(1)
    expect(descriptors.length).toBe(7)
    for (const descriptor of descriptors) expect(descriptor.split('endobj')[0]).toContain('/FontFile2')
    expect(source).not.toContain('/Subtype /Type1')
    expect((await readPdf(bytes)).warnings).toEqual([])
  })

  it('holds no script, link, action or attachment, whatever the candidate is called', async () => {
    const name = 'https://example.org/ javascript:app.alert(1) <</S/JavaScript/JS(x)>> (\\) endobj'
    const bytes = report([heading(1, name), paragraph(name)], { title: name, footer: name })

    const pdf = await readPdf(bytes)

    expect(pdf.active).toEqual([])
    expect(pdf.pages[0]).toContain(name)
    expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/\/(OpenAction|AA|URI|Launch|Annots|EmbeddedFiles)\b/)
  })

  it('is the same, byte for byte, when made twice', () => {
    const again = openFontLibrary()

    expect(Buffer.compare(report(blocks), report(blocks, { library: again }))).toBe(0)
  })

  it('fits Letter paper', () => {
    const source = Buffer.from(report(blocks, { paper: 'LETTER' })).toString('latin1')

    expect(source).toContain('/MediaBox [0 0 612 792]')
  })
})
