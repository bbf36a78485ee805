import type { Upload } from '#shared/contract/parts/common.ts'
import { MAX_UPLOAD_BYTES } from '#shared/contract/limits.ts'
import { AttuneError } from '#shared/contract/result.ts'
import type { ListTable, ListTableRow } from '#shared/domain/list-table.ts'
import { readListText } from './list-text.ts'
import { decodeText } from './text-file.ts'

/** Rows under the header. */
const MAX_LIST_ROWS = 5000

/** Rows of a file of marks: ten thousand candidates at fifty stations. */
export const MAX_MARK_ROWS = 500_000

/** Pasted text, or a chosen CSV or XLSX file. */
type ListSource = { kind: 'text'; text: string } | { kind: 'file'; upload: Upload }

/** Rows of a workbook. To parse a large one holds its thread up for a second or two: not the one that takes marks. */
export type ReadWorkbook = (bytes: Uint8Array, maxRows: number) => Promise<ListTableRow[]>

/**
 * Reads a list, whatever it came as. Throws 'file-empty' for one without a row under its header, and for a file what
 * its format refuses: 'file-too-large', 'file-not-utf8', 'file-not-a-workbook', 'file-too-many-rows', 'list-quote-open'.
 */
export async function readList(source: ListSource, readWorkbook: ReadWorkbook): Promise<ListTable> {
  return withHeader(await rowsOf(source, readWorkbook))
}

/** The same of a chosen file, with as many rows as it may have. */
export async function readTable(upload: Upload, readWorkbook: ReadWorkbook, maxRows: number): Promise<ListTable> {
  return withHeader(await tableRows(upload.name, uploadedBytes(upload), readWorkbook, maxRows))
}

function withHeader([header, ...rows]: readonly ListTableRow[]): ListTable {
  if (!header || rows.length === 0) throw new AttuneError('file-empty')
  return { header: header.cells, rows }
}

async function rowsOf(source: ListSource, readWorkbook: ReadWorkbook): Promise<ListTableRow[]> {
  if (source.kind === 'text') return readListText(source.text, MAX_LIST_ROWS)
  return tableRows(source.upload.name, uploadedBytes(source.upload), readWorkbook, MAX_LIST_ROWS)
}

/** The rows of a CSV or XLSX file, the header's among them: none for an empty one. Throws as `readList` does. */
export async function tableRows(
  name: string,
  bytes: Uint8Array,
  readWorkbook: ReadWorkbook,
  maxRows: number,
): Promise<ListTableRow[]> {
  if (bytes.length === 0) return []
  if (isArchive(bytes) || /\.xl\w+$/i.test(name)) return readWorkbook(bytes, maxRows)
  return readListText(decodeText(bytes), maxRows)
}

/** Throws 'file-too-large'. */
export function uploadedBytes({ name, base64 }: Upload): Buffer {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length > MAX_UPLOAD_BYTES)
    throw new AttuneError('file-too-large', { name, limitMb: MAX_UPLOAD_BYTES / 1e6 })
  return bytes
}

/** Every zip archive, and so every workbook, begins with "PK". */
const isArchive = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b
