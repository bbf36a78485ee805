import type { EventId, ExamId } from '#shared/domain/ids.ts'
import { headCode } from '#shared/domain/head-code.ts'
import { parseStamp } from '#shared/domain/hybrid-clock.ts'
import type { Db } from './connection.ts'
import { ledgerCode } from './ledger-code.ts'
import type { ChainHead } from './repositories/chains.ts'

/** The moment at which a code stood for the ledger. */
export type FoundCode = {
  examId: ExamId | null
  /** The last event that it stands for, when that was written, and how many of the exam came after it. */
  eventId: EventId
  writtenAtMs: number
  eventsAfter: number
}

type Row = ChainHead & { id: EventId; exam_id: string; hlc: string }

/**
 * Looks for a code from paper in the whole ledger: as the code of an exam or the installation after one of its events,
 * in the order in which they were written, or of a single chain. null: it never stood for what is here.
 */
export function findCode(db: Db, typed: string): FoundCode | null {
  const letters = typed.toUpperCase().replaceAll(/[^A-Z]/g, '')
  const code = `${letters.slice(0, 4)}-${letters.slice(4)}`
  const rows = db.prepare<[], Row>('SELECT id, device, exam_id, seq, hash, hlc FROM event ORDER BY exam_id, hlc')
  let found: (Row & { after: number }) | null = null
  let exam: string | null = null
  let heads = new Map<string, ChainHead>()
  for (const row of rows.iterate()) {
    if (row.exam_id !== exam) {
      if (found) break
      exam = row.exam_id
      heads = new Map()
    }
    heads.set(row.device, row)
    const stands = headCode(row.hash) === code || (heads.size > 1 && ledgerCode([...heads.values()]) === code)
    if (stands) found = { ...row, after: 0 }
    else if (found) found.after += 1
  }
  if (!found) return null
  const { id, exam_id, hlc, after } = found
  return {
    examId: exam_id === '' ? null : (exam_id as ExamId),
    eventId: id,
    writtenAtMs: parseStamp(hlc).wallMs,
    eventsAfter: after,
  }
}
