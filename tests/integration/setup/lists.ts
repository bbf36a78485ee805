import writeWorkbook from 'write-excel-file/node'
import { ZipFile } from 'yazl'
import type { ErrorCode, ErrorParams } from '#shared/contract/result.ts'
import { openSetUp, upload } from './open-set-up.ts'

export const text = (content: string) => ({ kind: 'text' as const, text: content })
export const file = (name: string, content: string | Uint8Array) => ({
  kind: 'file' as const,
  upload: upload(name, content),
})

export const workbook = (rows: (string | number | null)[][]): Promise<Buffer> =>
  writeWorkbook(rows.map((row) => row.map((value) => (value === null ? null : { value })))).toBuffer()

/** An archive with these files. */
export async function archive(files: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content as string), name)
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/** A workbook whose only sheet has this content. */
export const workbookWith = (sheetData: string): Promise<Buffer> =>
  archive({
    'xl/workbook.xml':
      '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheetData}</sheetData></worksheet>`,
  })

export const good = 'Number;Name;Group;Extra time\n1001;Zoë Beispiel;A;25\n1002;山田 花子;B;\n'

type Source = ReturnType<typeof text> | ReturnType<typeof file>

/** An exam into which nothing was imported yet. */
export async function emptyExam() {
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
