import { hash } from 'node:crypto'
import { canonicalJson } from '#shared/domain/canonical-json.ts'
import type { EncounterId, EventId, PersonId } from '#shared/domain/ids.ts'
import type { EncounterPayload, FoldedEvent, LedgerEvent } from '#shared/domain/ledger-event.ts'
import type { ChainedRow, EventRow } from './event-row.ts'

/** What the first event of a chain follows. */
export const CHAIN_START = '0'.repeat(64)

/**
 * Puts an event into its chain, one for each device and exam: its hash is SHA-256 over the hash before it, a line feed
 * and the event as canonical JSON, in hex. Whoever changes an event, takes one out or puts one in between breaks every
 * hash from there on.
 */
export function chained(event: LedgerEvent, prev: string): ChainedRow {
  const row: EventRow = {
    id: event.id,
    device: event.device,
    seq: event.seq,
    hlc: event.hlc,
    exam_id: event.examId ?? '',
    encounter_id: event.encounterId,
    rater_id: event.raterId,
    role: event.role,
    offset_ms: event.offsetMs,
    supersedes: canonicalJson(event.supersedes),
    payload: canonicalJson(event.payload),
  }
  return { ...row, prev, hash: hashOf(row, prev) }
}

export const hashOf = (row: EventRow, prev: string): string => hashOfText(`${prev}\n${eventText(row)}`)

/** Of the hash before an event, a line feed and the text of the event. */
export const hashOfText = (text: string): string => hash('sha256', text, 'hex')

/**
 * The canonical JSON of an event, from its row: as `canonicalJson` of the event itself, without reading and writing
 * again what stands in the row as JSON already.
 */
export function eventText(row: EventRow): string {
  return (
    `{"device":${text(row.device)},"encounterId":${textOrNull(row.encounter_id)},` +
    `"examId":${row.exam_id === '' ? 'null' : text(row.exam_id)},"hlc":${text(row.hlc)},"id":${text(row.id)},` +
    `"offsetMs":${row.offset_ms ?? 'null'},"payload":${row.payload},"raterId":${textOrNull(row.rater_id)},` +
    `"role":${text(row.role)},"seq":${row.seq},"supersedes":${row.supersedes}}`
  )
}

/** What an id is made of stands in JSON as it is. */
const plain = /^[\w.-]*$/
const text = (value: string): string => (plain.test(value) ? `"${value}"` : JSON.stringify(value))
const textOrNull = (value: string | null): string => (value === null ? 'null' : text(value))

const quotedOrNull = (column: string) => `iif(${column} IS NULL, 'null', concat('"', ${column}, '"'))`

/**
 * What the hash of a row is over, put together by SQLite from the columns of `event`: the hash before it, a line feed
 * and `eventText`. Ids are made of letters that stand in JSON as they are; others would not have been written.
 */
export const hashedText = `concat(
  prev, char(10), '{"device":"', device, '","encounterId":', ${quotedOrNull('encounter_id')},
  ',"examId":', ${quotedOrNull("nullif(exam_id, '')")}, ',"hlc":"', hlc, '","id":"', id,
  '","offsetMs":', ifnull(offset_ms, 'null'), ',"payload":', payload, ',"raterId":', ${quotedOrNull('rater_id')},
  ',"role":"', role, '","seq":', seq, ',"supersedes":', supersedes, '}')`

/**
 * Reads back from a hashed text whose hash holds what its encounter is made of; null for an event about no encounter.
 * Each part stands where canonical JSON has it: this takes half as long as reading all of the text as JSON. `read`:
 * `JSON.parse`, or what remembers.
 */
export function foldedFromText(text: string, read: (payload: string) => unknown): FoldedEvent | null {
  let at = CHAIN_START.length + 1
  const upTo = (before: string, end: string): string => {
    const from = at + before.length
    at = text.indexOf(end, from)
    return text.slice(from, at)
  }
  const device = upTo('{"device":"', '"')
  const encounterId = upTo('","encounterId":', ',')
  if (encounterId === 'null') return null
  at = text.indexOf('"hlc":"', at)
  const hlc = upTo('"hlc":"', '"')
  const id = upTo('","id":"', '"') as EventId
  const offsetMs = upTo('","offsetMs":', ',')
  const from = at + ',"payload":'.length
  at = text.lastIndexOf(',"raterId":')
  const payload = read(text.slice(from, at)) as EncounterPayload
  const raterId = upTo(',"raterId":', ',')
  at = text.indexOf('[', at)
  const supersedes = upTo('[', ']}')
  return {
    id,
    device,
    hlc,
    payload,
    encounterId: encounterId.slice(1, -1) as EncounterId,
    offsetMs: offsetMs === 'null' ? null : Number(offsetMs),
    raterId: raterId === 'null' ? null : (raterId.slice(1, -1) as PersonId),
    supersedes: supersedes === '' ? [] : (supersedes.slice(1, -1).split('","') as EventId[]),
  }
}
