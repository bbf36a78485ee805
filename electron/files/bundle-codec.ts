import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AttuneError } from '#shared/contract/result.ts'
import {
  BUNDLE_VERSION,
  bundleHeaderSchema,
  MAX_BUNDLE_BYTES,
  MAX_BUNDLE_EVENTS,
  MAX_BUNDLE_LINE_BYTES,
  type BundleHeader,
} from '#shared/domain/bundle.ts'
import { canonicalJson } from '#shared/domain/canonical-json.ts'
import { ledgerEventSchema } from '#shared/domain/ledger-event.ts'
import { statementText } from '#shared/domain/proof.ts'
import { isWholeData } from '#electron/base/plain-data.ts'
import { isSignedBy } from '#electron/base/signature.ts'
import { chained, eventText } from '#electron/store/chain.ts'
import type { ChainedRow } from '#electron/store/event-row.ts'
import { ledgerCode } from '#electron/store/ledger-code.ts'
import { keyCode } from '#electron/store/repositories/installation.ts'

/** A bundle as it is written: its header, its events in the order of their chains. */
export type Bundle = { header: BundleHeader; rows: ChainedRow[] }

const lineSchema = z.strictObject({
  event: ledgerEventSchema,
  prev: z.string().regex(/^[0-9a-f]{64}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
const signatureSchema = z.strictObject({ signature: z.base64().max(100) })
const versionSchema = z.object({ format: z.literal('attune-bundle'), formatVersion: z.int().min(BUNDLE_VERSION + 1) })

/**
 * A bundle as text: the header, an event a line, each with its place in the chain, and a signature over all before it.
 * No archive and no compression: there is nothing to unpack, and no more comes out than went in.
 */
export function encodeBundle({ header, rows }: Bundle, sign: (bytes: Uint8Array) => string): Uint8Array {
  const lines = [
    canonicalJson(header),
    ...rows.map((row) => `{"event":${eventText(row)},"hash":"${row.hash}","prev":"${row.prev}"}`),
  ]
  const body = Buffer.from(`${lines.join('\n')}\n`)
  return Buffer.concat([body, Buffer.from(`${canonicalJson({ signature: sign(digest(body)) })}\n`)])
}

/**
 * Reads a bundle and believes nothing: size, signature, each event's shape and hash, that one follows the other, and that
 * all of it is of the exam and the devices of its header. Throws AttuneError "bundle-too-large", "bundle-newer",
 * "bundle-invalid", "bundle-elsewhere" or "bundle-altered", as `ofSigner` tells it where the signature holds.
 */
export function decodeBundle(bytes: Uint8Array): Bundle {
  if (bytes.byteLength > MAX_BUNDLE_BYTES) throw new AttuneError('bundle-too-large')
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const body = buffer.subarray(0, buffer.lastIndexOf('\n', -2) + 1)
  const lines = linesOf(body)
  const header = readHeader(lines[0] ?? '')
  const { signature } = parsed(signatureSchema, lineAt(buffer, body.length, buffer.length))
  if (!isSignedBy(header.publicKey, digest(body), signature)) throw new AttuneError('bundle-altered')
  try {
    return { header, rows: readRows(header, lines.slice(1)) }
  } catch (error) {
    throw ofSigner(error, header.publicKey, lines.length - 1)
  }
}

/** A refusal of what a key did sign: it tells the eight letters of that key and how many events go with it. */
export const ofSigner = (error: unknown, publicKey: string, events: number): unknown =>
  error instanceof AttuneError
    ? new AttuneError(error.code, { ...error.params, signer: keyCode(publicKey), events }, { cause: error })
    : error

function readRows(header: BundleHeader, lines: readonly string[]): ChainedRow[] {
  if (header.events !== lines.length) throw new AttuneError('bundle-altered')
  if (!isOwnStatement(header)) throw new AttuneError('bundle-altered')
  const devices = new Set(header.heads.map(({ device }) => device))
  const seen = new Set<string>()
  const last = new Map<string, ChainedRow>()
  const rows = lines.map((line) => {
    const { event, prev, hash } = parsed(lineSchema, line)
    const row = chained(event, prev)
    if (row.hash !== hash) throw new AttuneError('bundle-altered')
    if (event.examId !== header.examId) throw new AttuneError('bundle-elsewhere')
    if (!devices.has(event.device) || !event.hlc.endsWith(`-${event.device}`) || seen.has(event.id)) {
      throw new AttuneError('bundle-invalid')
    }
    const before = last.get(event.device)
    if (before && (before.seq + 1 !== row.seq || before.hash !== row.prev)) throw new AttuneError('bundle-altered')
    last.set(event.device, row)
    seen.add(event.id)
    return row
  })
  if (!isOfItsLedger(header, last)) throw new AttuneError('bundle-altered')
  return rows
}

/** The letters are those of the heads, and each chain of which something came ends at its head. */
const isOfItsLedger = ({ heads, ledgerCode: code }: BundleHeader, last: ReadonlyMap<string, ChainedRow>): boolean =>
  ledgerCode(heads) === code &&
  heads.every(({ device, seq, hash }) => {
    const end = last.get(device)
    return end === undefined || (end.seq === seq && end.hash === hash)
  })

function readHeader(line: string): BundleHeader {
  const value = json(line)
  if (versionSchema.safeParse(value).success) throw new AttuneError('bundle-newer')
  const header = bundleHeaderSchema.safeParse(value)
  if (!header.success) throw new AttuneError('bundle-invalid')
  return header.data
}

/** A statement that comes along is the laptop's own, of this exam. */
function isOwnStatement({ statement: signed, publicKey, examId }: BundleHeader): boolean {
  if (!signed) return true
  const text = Buffer.from(statementText(signed.statement))
  const isOwn = signed.publicKey === publicKey && signed.statement.examId === examId
  return isOwn && isSignedBy(publicKey, text, signed.signature)
}

function linesOf(body: Buffer): string[] {
  const lines: string[] = []
  for (let start = 0; start < body.length;) {
    const end = body.indexOf(10, start)
    if (lines.length > MAX_BUNDLE_EVENTS) throw new AttuneError('bundle-too-large')
    lines.push(lineAt(body, start, end))
    start = end + 1
  }
  return lines
}

function lineAt(buffer: Buffer, start: number, end: number): string {
  if (end - start > MAX_BUNDLE_LINE_BYTES) throw new AttuneError('bundle-too-large')
  return buffer.toString('utf8', start, end)
}

function parsed<T>(schema: z.ZodType<T>, text: string): T {
  const result = schema.safeParse(json(text))
  if (!result.success) throw new AttuneError('bundle-invalid')
  return result.data
}

function json(text: string): unknown {
  const value = parsedJson(text)
  if (!isWholeData(value)) throw new AttuneError('bundle-invalid')
  return value
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AttuneError('bundle-invalid')
  }
}

const digest = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
