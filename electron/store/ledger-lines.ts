import type { Db } from './connection.ts'

/** An event of the ledger without what it says. */
export type LedgerLine = {
  id: string
  device: string
  /** Its place in the device's own sequence of that exam. */
  seq: number
  hlc: string
  /** Null where it is about the installation. */
  examId: string | null
  /** Null where it is about the exam as a whole. */
  encounterId: string | null
  role: string
  type: string
}

/** The events in their order, one at a time: there may be very many. */
export function ledgerLines(db: Db): () => IterableIterator<LedgerLine> {
  const inOrder = db.prepare<[], LedgerLine>(
    `SELECT id, device, seq, hlc, nullif(exam_id, '') AS examId, encounter_id AS encounterId, role, payload ->> '$.type' AS type
     FROM event ORDER BY hlc`,
  )
  return () => inOrder.iterate()
}
