import { ledgerEventSchema, type LedgerEvent } from '#shared/domain/ledger-event.ts'

/** An event as it stands in its table. `exam_id` is empty where it is about the installation. */
export type EventRow = {
  id: string
  device: string
  seq: number
  hlc: string
  exam_id: string
  encounter_id: string | null
  rater_id: string | null
  role: string
  offset_ms: number | null
  /** Both canonical JSON. */
  supersedes: string
  payload: string
}

/** An event with its place in the chain: the hash of the one before it, and its own. */
export type ChainedRow = EventRow & { prev: string; hash: string }

/** @throws ZodError for a row that holds no event of this version. */
export const eventFromRow = (row: EventRow): LedgerEvent => ledgerEventSchema.parse(fromRow(row))

/** null for a row that somebody edited into something that is no event. */
export function readableEvent(row: EventRow): LedgerEvent | null {
  try {
    return eventFromRow(row)
  } catch {
    return null
  }
}

const fromRow = (row: EventRow) => ({
  id: row.id,
  device: row.device,
  seq: row.seq,
  hlc: row.hlc,
  examId: row.exam_id === '' ? null : row.exam_id,
  encounterId: row.encounter_id,
  raterId: row.rater_id,
  role: row.role,
  offsetMs: row.offset_ms,
  supersedes: JSON.parse(row.supersedes) as unknown,
  payload: JSON.parse(row.payload) as unknown,
})
