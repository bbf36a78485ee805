import { beforeAll, describe, expect, it } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import { ZipFile } from 'yazl'
import type { ErrorCode, ErrorParams } from '#shared/contract/result.ts'
import { examIdSchema } from '#shared/domain/ids.ts'
import { confirmIdentity, openSetUp, readyExam, upload } from './open-set-up.ts'

const text = (content: string) => ({ kind: 'text' as const, text: content })
const file = (name: string, content: string | Uint8Array) => ({ kind: 'file' as const, upload: upload(name, content) })

const workbook = (rows: (string | number | null)[][]): Promise<Buffer> =>
  writeWorkbook(rows.map((row) => row.map((value) => (value === null ? null : { value })))).toBuffer()

/** An archive with these files. */
async function archive(files: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content as string), name)
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/** A workbook whose only sheet has this content. */
const workbookWith = (sheetData: string): Promise<Buffer> =>
  archive({
    'xl/workbook.xml':
      '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheetData}</sheetData></worksheet>`,
  })

const good = 'Number;Name;Group;Extra time\n1001;Zoë Beispiel;A;25\n1002;山田 花子;B;\n'

type Source = ReturnType<typeof text> | ReturnType<typeof file>

async function emptyExam() {
  const setUp = openSetUp()
  const { id: examId } = await setUp.call('exam.create', {})
  return {
    ...setUp,
    examId,
    preview: (source: Source, kind: 'candidates' | 'people' = 'candidates') =>
      setUp.call('import.preview', { examId, kind, source }),
    refusesList: (source: Source, code: ErrorCode, params?: ErrorParams) =>
      setUp.refuses('import.preview', { examId, kind: 'candidates', source }, code, params),
  }
}

describe('a list of candidates', () => {
  it.each([
    ['pasted with semicolons', text(good)],
    ['pasted with tabs, as from a spreadsheet', text(good.replaceAll(';', '\t'))],
    [
      'with commas, quotes and Windows line ends',
      text(
        good
          .replaceAll(/[^;\n]+/g, '"$&"')
          .replaceAll(';', ',')
          .replaceAll('\n', '\r\n'),
      ),
    ],
    ['in a CSV file', file('list.csv', good)],
    ['in a CSV file with a byte order mark', file('list.csv', `\uFEFF${good}`)],
    ['in a CSV file in UTF-16', file('list.csv', Buffer.from(`\uFEFF${good}`, 'utf16le'))],
    ['in a CSV file in big-endian UTF-16', file('list.csv', Buffer.from(`\uFEFF${good}`, 'utf16le').swap16())],
  ])('is read when it is %s', async (_, source) => {
    const { preview, call, examId, store } = await emptyExam()
    const shown = await preview(source)
    expect(shown).toMatchObject({
      kind: 'candidates',
      columns: ['number', 'name', 'group', 'extraTime'],
      good: 2,
      bad: 0,
      rows: [
        { row: 2, values: { number: '1001', name: 'Zoë Beispiel', group: 'A', extraTime: '25 %' }, problems: [] },
        { row: 3, values: { number: '1002', name: '山田 花子', group: 'B', extraTime: '' }, problems: [] },
      ],
    })
    expect(await call('import.apply', { examId, previewId: shown.previewId })).toEqual({ added: 2 })
    expect(store.candidates.ofExam(examId)).toMatchObject([
      { number: '1001', name: 'Zoë Beispiel', group: 'A', extraTimePercent: 25 },
      { number: '1002', name: '山田 花子', group: 'B', extraTimePercent: 0 },
    ])
  })

  it('is read from a workbook, numbers and gaps included', async () => {
    const { preview } = await emptyExam()
    const rows = [
      ['No', 'Name', 'Extra time'],
      [1001, 'Zoë Beispiel', 0.25],
      [null, null, null],
      [1002, 'Ελένη', 50],
      [1003, 'Noor', 1],
    ]
    const shown = await preview(file('list.xlsx', await workbook(rows)))
    expect(shown.rows.map(({ row, values, problems }) => [row, ...Object.values(values), problems.length])).toEqual([
      [2, '1001', 'Zoë Beispiel', '25 %', 0],
      [4, '1002', 'Ελένη', '50 %', 0],
      [5, '1003', 'Noor', '1', 1],
    ])
  })

  it('shows each bad row and why, counted as a person counts, and writes nothing', async () => {
    const { preview, dump, published } = await emptyExam()
    const before = dump()
    const told = published.length
    const shown = await preview(text('number,name,extra time\n\n1,Maya\n1,Ravi\n,Lena\n,,\n5,Noor,much\n6,Ines'))
    expect(shown.rows.map(({ row, problems }) => [row, ...problems.map(({ code }) => code)])).toEqual([
      [3, 'number-twice-in-file'],
      [4, 'number-twice-in-file'],
      [5, 'number-missing'],
      [7, 'extra-time-invalid'],
      [8],
    ])
    expect([shown.good, shown.bad]).toEqual([1, 4])
    expect(dump()).toBe(before)
    expect(published).toHaveLength(told)
  })

  it('keeps what stands in quotes together', async () => {
    const { preview } = await emptyExam()
    const shown = await preview(text('number,name\n1,"Okafor, Maya ""May"""\n2,"O\'Neill\nJunior"\n'))
    expect(shown.rows.map(({ values }) => values['name'])).toEqual(['Okafor, Maya "May"', "O'Neill Junior"])
  })
})

describe('a list that cannot be read', () => {
  it('is refused in Latin-1, with the first line that is not UTF-8', async () => {
    const { refusesList } = await emptyExam()
    const latin1 = Buffer.from('number;name\n1;Maya\n2;Zoë Müller\n3;José\n', 'latin1')
    await refusesList(file('list.csv', latin1), 'file-not-utf8', { line: 3, text: '2;Zo\uFFFD M\uFFFDller' })
  })

  it('is refused in UTF-16 without its mark', async () => {
    const { refusesList } = await emptyExam()
    await refusesList(file('list.csv', Buffer.from(good, 'utf16le')), 'file-not-utf8')
  })

  it('is refused without a column, which is named beside those that are there', async () => {
    const { refusesList } = await emptyExam()
    await refusesList(text('Name;Group\nMaya;A'), 'file-column-missing', { column: 'number', columns: 'Name, Group' })
    await refusesList(text('Number;Group\n1;A'), 'file-column-missing', { column: 'name', columns: 'Number, Group' })
  })

  it('is refused as a bare column of names: nobody guesses numbers', async () => {
    const { refusesList } = await emptyExam()
    await refusesList(text('Maya Okafor\nRavi Example'), 'file-column-missing', {
      column: 'number',
      columns: 'Maya Okafor',
    })
  })

  it.each([
    ['nothing', text('')],
    ['white space', text(' \n\n ')],
    ['a header alone', text('number,name\n')],
    ['an empty file', file('list.csv', '')],
    ['a header and rows of nothing', text('number,name\n,\n,\n')],
  ])('is refused with %s in it', async (_, source) => {
    const { refusesList } = await emptyExam()
    await refusesList(source, 'file-empty')
  })

  it('is refused with 100,000 rows, as text and as a workbook', async () => {
    const { refusesList } = await emptyExam()
    const rows = Array.from({ length: 100_000 }, (_, i) => `${i + 1},Candidate ${i + 1}`)
    const tooMany = { rows: 100_000, max: 5000 }
    await refusesList(text(`number,name\n${rows.join('\n')}`), 'file-too-many-rows', tooMany)
    const cells = rows.map((row, i) => `<row r="${i + 2}"><c r="A${i + 2}"><v>${row.split(',')[0]}</v></c></row>`)
    const header = '<row r="1"><c r="A1" t="inlineStr"><is><t>number</t></is></c></row>'
    const large = await workbookWith(header + cells.join(''))
    await refusesList(file('list.xlsx', large), 'file-too-many-rows', tooMany)
  })

  it('is refused with one row too many, and read with one less', async () => {
    const { refusesList, preview } = await emptyExam()
    const rows = (n: number) => text(`role,name\n${Array.from({ length: n }, () => ',nobody').join('\n')}\n\n`)
    await refusesList(rows(5001), 'file-too-many-rows', { rows: 5001, max: 5000 })
    expect((await preview(rows(5000), 'people')).bad).toBe(5000)
  })

  it('is refused where a quotation mark is never closed', async () => {
    const { refusesList } = await emptyExam()
    await refusesList(text('number,name\n1,"Maya\n2,Ravi'), 'list-quote-open', { line: 2 })
    const rows = Array.from({ length: 300 }, (_, i) => `${i + 1},Candidate ${i + 1}`)
    const list = ['number,name,group', '"0","Two', 'lines",A', ',,', ...rows.with(1, '2,"Ravi')].join('\r\n')
    await refusesList(text(list), 'list-quote-open', { line: 6 })
  })

  it.each([
    ['a text with a workbook’s name', 'list.xlsx', good],
    ['an old Excel file', 'list.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['an archive cut short', 'list.xlsx', Buffer.from('PK\u0003\u0004 and no more')],
  ])('is refused as %s', async (_, name, content) => {
    const { refusesList } = await emptyExam()
    await refusesList(file(name, content), 'file-not-a-workbook')
  })

  it('is refused as an archive of something else', async () => {
    const { refusesList } = await emptyExam()
    await refusesList(file('list.xlsx', await archive({ 'notes.xml': '<notes/>' })), 'file-not-a-workbook')
  })

  describe('as a workbook that swells when it is unpacked', () => {
    const size = 60_000_000
    let bomb: Buffer
    beforeAll(async () => {
      bomb = await archive({ 'xl/worksheets/sheet1.xml': Buffer.alloc(size, ' ') })
    })

    it('is refused before it does', async () => {
      const { refusesList } = await emptyExam()
      expect(bomb.length).toBeLessThan(100_000)
      await refusesList(file('list.xlsx', bomb), 'file-too-large', { limitMb: 50 })
    })

    it('is refused where it lies about its size', async () => {
      const { refusesList } = await emptyExam()
      const lie = Buffer.from(bomb)
      const real = Buffer.alloc(4)
      real.writeUInt32LE(size)
      for (let at = lie.indexOf(real); at >= 0; at = lie.indexOf(real)) lie.writeUInt32LE(1000, at)
      expect(lie.equals(bomb)).toBe(false)
      await refusesList(file('list.xlsx', lie), 'file-not-a-workbook')
    })

    it('is refused where the texts alone would take long to read', async () => {
      const { refusesList } = await emptyExam()
      const texts = await archive({ 'xl/sharedStrings.xml': Buffer.alloc(11_000_000, ' ') })
      await refusesList(file('list.xlsx', texts), 'file-too-large', { limitMb: 10 })
    })
  })

  it.each([
    ['row', '<row r="1048576"><c r="A1048576"><v>1</v></c></row>', 'file-too-many-rows'],
    ['column', '<row r="1"><c r="XFD1"><v>1</v></c></row>', 'file-too-large'],
  ] as const)('is refused as a workbook with one cell in the last %s', async (_, cell, code) => {
    const { refusesList } = await emptyExam()
    await refusesList(file('list.xlsx', await workbookWith(cell)), code)
  })

  it('is refused above 20 MB', async () => {
    const { refusesList } = await emptyExam()
    await refusesList(file('list.csv', Buffer.alloc(20_000_001, 'a')), 'file-too-large', {
      name: 'list.csv',
      limitMb: 20,
    })
  })

  it('is refused for an exam that is not there, or closed', async () => {
    const setUp = openSetUp()
    const { examId } = await readyExam(setUp)
    const list = { kind: 'candidates' as const, source: text(good) }
    await setUp.refuses('import.preview', { ...list, examId: examIdSchema.parse('nowhere') }, 'unknown-exam')
    await setUp.call('exam.setStatus', { examId, status: 'closed' })
    await setUp.refuses('import.preview', { ...list, examId }, 'exam-closed')
  })
})

describe('writing a preview', () => {
  it('leaves the bad rows out', async () => {
    const { preview, call, examId, store, published } = await emptyExam()
    const { previewId } = await preview(text('number,name\n1,Maya\n,Ravi\n3,Lena'))
    const told = published.length
    expect(await call('import.apply', { examId, previewId })).toEqual({ added: 2 })
    expect(store.candidates.ofExam(examId).map(({ number }) => number)).toEqual(['1', '3'])
    expect(published.slice(told)).toEqual([examId])
  })

  it('takes numbers that were given away in the meantime for taken', async () => {
    const { preview, call, examId, store } = await emptyExam()
    const { previewId } = await preview(text('number,name\n1,Maya\n2,Ravi'))
    const fields = { number: '1', name: 'Noor', group: '', extraTimePercent: 0 }
    await call('candidate.add', { examId, fields })
    expect(await call('import.apply', { examId, previewId })).toEqual({ added: 1 })
    expect(store.candidates.ofExam(examId).map(({ name }) => name)).toEqual(['Noor', 'Ravi'])
    expect((await preview(text('number,name\n2,Ines'))).rows[0]?.problems).toEqual([
      { code: 'number-taken', params: { number: '2' } },
    ])
  })

  it('happens once', async () => {
    const { preview, call, refuses, examId } = await emptyExam()
    const { previewId } = await preview(text(good))
    await call('import.apply', { examId, previewId })
    await refuses('import.apply', { examId, previewId }, 'preview-expired', {})
  })

  it('is for the window that read the list, and for its exam', async () => {
    const { preview, call, refuses, examId } = await emptyExam()
    const { id: otherExam } = await call('exam.create', {})
    const { previewId } = await preview(text(good))
    await refuses('import.apply', { examId, previewId }, 'preview-expired', {}, 'another window')
    await refuses('import.apply', { examId: otherExam, previewId }, 'preview-expired')
    expect(await call('import.apply', { examId, previewId })).toEqual({ added: 2 })
  })

  it('is possible for the newest few', async () => {
    const { preview, call, refuses, examId } = await emptyExam()
    const ids = []
    for (const number of [1, 2, 3, 4]) ids.push((await preview(text(`number,name\n${number},Maya`))).previewId)
    const [oldest = '', ...kept] = ids
    await refuses('import.apply', { examId, previewId: oldest }, 'preview-expired')
    for (const previewId of kept) expect(await call('import.apply', { examId, previewId })).toEqual({ added: 1 })
  })

  it('is refused once the exam is closed, and where the exam cannot hold as many', async () => {
    const { preview, call, refuses, refusesList, examId } = await emptyExam()
    const rows = (from: number, n: number) =>
      text(`number,name\n${Array.from({ length: n }, (_, i) => `${from + i},Candidate`).join('\n')}`)
    await refusesList(rows(1, 2001), 'file-too-many-rows', { rows: 2001, max: 2000 })
    const { previewId } = await preview(rows(1, 2000))
    await call('import.apply', { examId, previewId })
    await refusesList(rows(5000, 1), 'file-too-many-rows', { rows: 1, max: 0 })
    const another = { number: '5000', name: 'Noor', group: '', extraTimePercent: 0 }
    await refuses('candidate.add', { examId, fields: another }, 'too-many-candidates', { max: 2000 })
    const late = await preview(text('number,name\n1,Maya'))
    await call('exam.setStatus', { examId, status: 'closed' })
    await refuses('import.apply', { examId, previewId: late.previewId }, 'exam-closed')
  })

  it('adds late candidates to an exam that runs', async () => {
    const setUp = openSetUp()
    const { examId, rotation } = await readyExam(setUp)
    confirmIdentity(setUp.store, rotation.slots[0]?.id)
    const source = text('number,name\n9,Late Comer')
    const { previewId } = await setUp.call('import.preview', { examId, kind: 'candidates', source })
    expect(await setUp.call('import.apply', { examId, previewId })).toEqual({ added: 1 })
  })

  it('adds people at their stations', async () => {
    const setUp = openSetUp()
    const { examId, stations } = await readyExam(setUp)
    const source = text('Role;Name;Stations\nExaminer;Noor Voorbeeld;1;\nSP;Lena Exempel;"1;2"\nSP;Ivo Primjer;7')
    const shown = await setUp.call('import.preview', { examId, kind: 'people', source })
    expect(shown.columns).toEqual(['role', 'name', 'stations'])
    expect(shown.rows.map(({ problems }) => problems)).toEqual([
      [],
      [],
      [{ code: 'station-unknown', params: { station: '7' } }],
    ])
    expect(await setUp.call('import.apply', { examId, previewId: shown.previewId })).toEqual({ added: 2 })
    const { people } = await setUp.call('exam.get', { examId })
    const lena = people.find(({ name }) => name === 'Lena Exempel')
    expect(lena).toMatchObject({ role: 'sp', stationIds: stations.map(({ id }) => id) })
  })
})
