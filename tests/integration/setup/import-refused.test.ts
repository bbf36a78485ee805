import { beforeAll, describe, expect, it } from 'vitest'
import { examIdSchema } from '#shared/domain/ids.ts'
import { openSetUp, readyExam } from './open-set-up.ts'
import { archive, emptyExam, file, good, text, workbookWith } from './lists.ts'

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
