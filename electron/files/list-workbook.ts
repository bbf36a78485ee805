import { Readable } from 'node:stream'
import { readSheet } from 'read-excel-file/node'
import { fromBufferPromise, type Entry, type ZipFile as ZipReader } from 'yauzl'
import { ZipFile } from 'yazl'
import { AttuneError } from '#shared/contract/result.ts'
import type { ListTableRow } from '#shared/domain/list-table.ts'

/** What the parts of a workbook may come to unpacked: far more than a list of people needs. */
const MAX_UNPACKED_BYTES = 50_000_000
/** What one of them may come to where it is parsed, which takes a second or two then. */
const MAX_PARSED_BYTES = 10_000_000
const MAX_PARTS = 2000
/** A cell beyond column ZZ; a list has a handful. */
const farColumn = /\br\s*=\s*["'][A-Z]{3,}\d/

const isSheet = /(?:^|\/)worksheets\/[^/]+\.xml$/
const cell = /<((?:\w+:)?)c\b([^>]*[^>/]|)>(.*?)<\/\1c>/gsu

type Part = { name: string; bytes: Buffer }

/**
 * The rows of the first sheet of an XLSX workbook, empty ones left out. The archive is unpacked here, within limits and
 * checked against its own directory, so that a small file that swells cannot take the app down.
 *
 * Throws 'file-not-a-workbook', 'file-too-large', or 'file-too-many-rows' beyond `maxRows` rows under the header.
 */
export async function readListWorkbook(bytes: Uint8Array, maxRows: number): Promise<ListTableRow[]> {
  const packed = await orNotAWorkbook(() => unpacked(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)))
  const parts = packed.map((part) => {
    checkExtent(part.bytes, maxRows)
    if (part.bytes.length > MAX_PARSED_BYTES) throw tooLarge(MAX_PARSED_BYTES)
    if (!isSheet.test(part.name)) return part
    const bytes = withUnread(part.bytes)
    if (bytes !== part.bytes) checkExtent(bytes, maxRows)
    return { ...part, bytes }
  })
  const sheet = await orNotAWorkbook(() => readSheet(repacked(parts)))
  return sheet
    .map((cells, i) => ({ row: i + 1, cells: cells.map(asText) }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
}

const tooLarge = (limitBytes: number) => new AttuneError('file-too-large', { limitMb: limitBytes / 1e6 })

async function orNotAWorkbook<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AttuneError) throw error
    throw new AttuneError('file-not-a-workbook', {}, { cause: error })
  }
}

/** The XML parts of the archive. yauzl refuses a part that is larger or smaller than the directory says. */
async function unpacked(bytes: Buffer): Promise<Part[]> {
  const zip = await fromBufferPromise(bytes)
  const parts: Part[] = []
  let total = 0
  for await (const entry of zip.eachEntry()) {
    if (!/\.(?:xml|rels)$/.test(entry.fileName)) continue
    total += entry.uncompressedSize
    if (total > MAX_UNPACKED_BYTES || parts.length >= MAX_PARTS) throw tooLarge(MAX_UNPACKED_BYTES)
    parts.push({ name: entry.fileName, bytes: await contentOf(zip, entry) })
  }
  return parts
}

async function contentOf(zip: ZipReader, entry: Entry): Promise<Buffer> {
  const stream = await zip.openReadStreamPromise(entry)
  return Buffer.concat(await stream.toArray())
}

/** An archive that holds these parts and nothing else, as the reader of workbooks wants it. */
function repacked(parts: readonly Part[]): Readable {
  const zip = new ZipFile()
  for (const { name, bytes } of parts) zip.addBuffer(bytes, name, { compress: false })
  zip.end()
  return Readable.from(zip.outputStream)
}

/**
 * Looks how far a sheet reaches before it is parsed: the reader makes every row and column up to its last cell, so that
 * one cell at the far end of an empty sheet would cost gigabytes. Parts that are no sheets have no rows.
 */
function checkExtent(part: Buffer, maxRows: number): void {
  const rows = part.toString('latin1').split(/<(?:\w+:)?row\b/)
  let last = 0
  rows.slice(1).forEach((row, i) => {
    if (!/<(?:\w+:)?(?:v|is)\b/.test(row)) return
    const own = /^[^>]*\br\s*=\s*["'](\d+)["']/.exec(row)?.[1]
    last = Math.max(last, own === undefined ? i + 1 : Number(own))
    if (farColumn.test(row)) throw tooLarge(MAX_PARSED_BYTES)
  })
  if (last > maxRows + 1) throw new AttuneError('file-too-many-rows', { rows: last - 1, max: maxRows })
}

/**
 * What the reader of workbooks takes for an empty cell though it is none, as text: the name of an error ("#DIV/0!"), and
 * a formula whose value was not stored, as "=A1+B1".
 */
function withUnread(bytes: Buffer): Buffer {
  const xml = bytes.toString('utf8')
  if (!/<(?:\w+:)?f\b|\bt\s*=\s*["']e["']/.test(xml)) return bytes
  const mended = xml.replace(cell, (whole, prefix: string, attributes: string, content: string) => {
    const value = contentOfElement(content, 'v')
    const formula = contentOfElement(content, 'f')
    const isError = /\bt\s*=\s*["']e["']/.test(attributes)
    const text = isError ? value : (value ?? '') === '' && formula !== null ? `=${formula}` : null
    if (text === null || (!isError && isEmptyText(attributes, value))) return whole
    const kept = attributes.replace(/\bt\s*=\s*(?:"[^"]*"|'[^']*')/, '')
    return `<${prefix}c${kept} t="inlineStr"><${prefix}is><${prefix}t>${text}</${prefix}t></${prefix}is></${prefix}c>`
  })
  return Buffer.from(mended)
}

/** A formula that came out as an empty text has a value, and it is nothing. */
const isEmptyText = (attributes: string, value: string | null): boolean =>
  value === '' && /\bt\s*=\s*["']str["']/.test(attributes)

/** Escaped as it stands; null where the cell has no such element. A shared formula may have no text. */
function contentOfElement(content: string, name: 'v' | 'f'): string | null {
  const found = new RegExp(`<(?:\\w+:)?${name}\\b[^>]*?(?:/>|>(.*?)</(?:\\w+:)?${name}>)`, 's').exec(content)
  return found === null ? null : (found[1] ?? '')
}

function asText(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean'
    ? String(cell).toWellFormed()
    : ''
}
