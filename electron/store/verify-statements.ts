import { isSignedBy } from '#electron/base/signature.ts'
import type { EventId, ExamId } from '#shared/domain/ids.ts'
import { signedStatementSchema, statementText, type SignedStatement } from '#shared/domain/proof.ts'
import type { Db } from './connection.ts'
import { createInstallation, keyCode } from './repositories/installation.ts'

/** A closing statement held against the ledger. */
export type CheckedStatement = {
  eventId: EventId
  examId: ExamId
  statedAt: string
  /** The letters of the ledger that it was made of, and of the key that signed it. */
  code: string
  keyCode: string
  /** Events of the exam that were written after it, or came from elsewhere. */
  eventsAfter: number
  /**
   * "forged": the signature is not of these words; "other-key": not this installation's own; "cut": events that it
   * counts are not here any more; "rewritten": others stand in their place. null: it holds.
   */
  problem: 'forged' | 'other-key' | 'cut' | 'rewritten' | null
}

type Row = { id: EventId; device: string; payload: string }

/** The statements in the order in which they were made, for one exam or all: the newest of an exam is its last. */
export function statements(
  db: Db,
  examId: ExamId | null = null,
): (SignedStatement & { id: EventId; device: string })[] {
  return db
    .prepare<[], Row>(
      `SELECT id, device, payload FROM event WHERE exam_id = '' AND payload ->> 'type' = 'exam.stated' ORDER BY hlc`,
    )
    .all()
    .map(({ id, device, payload }) => {
      const { signed } = JSON.parse(payload) as { signed: unknown }
      return { id, device, ...signedStatementSchema.parse(signed) }
    })
    .filter(({ statement }) => examId === null || statement.examId === examId)
}

/**
 * Holds every closing statement against what the ledger holds now. They stand in the chain of the installation, apart
 * from the exam's own: whoever cuts the end of that leaves the statement that counts it.
 */
export function checkStatements(db: Db): CheckedStatement[] {
  const installation = createInstallation(db)
  const own = new Set(installation.devices())
  const hashAt = db
    .prepare<[string, string, number], string>('SELECT hash FROM event WHERE device = ? AND exam_id = ? AND seq = ?')
    .pluck()
  const counted = db.prepare<[string], { device: string; events: number; seq: number }>(
    'SELECT device, count(*) AS events, max(seq) AS seq FROM event WHERE exam_id = ? GROUP BY device',
  )
  const after = db
    .prepare<[string, string, number], number>(
      'SELECT count(*) FROM event WHERE device = ? AND exam_id = ? AND seq > ?',
    )
    .pluck()
  return statements(db).map(({ id, device, statement, publicKey, signature }) => {
    const { examId, heads } = statement
    const found = heads.map((head) => ({ head, hash: hashAt.get(head.device, examId, head.seq) ?? null }))
    const ends = new Map(heads.map((head) => [head.device, head.seq]))
    const problem = !isSignedBy(publicKey, Buffer.from(statementText(statement)), signature)
      ? 'forged'
      : own.has(device) && publicKey !== installation.publicKey()
        ? 'other-key'
        : found.some(({ hash }) => hash === null)
          ? 'cut'
          : found.some(({ head, hash }) => head.hash !== hash)
            ? 'rewritten'
            : null
    return {
      eventId: id,
      examId,
      statedAt: statement.statedAt,
      code: statement.code,
      keyCode: keyCode(publicKey),
      eventsAfter: counted
        .all(examId)
        .reduce((sum, chain) => sum + (after.get(chain.device, examId, ends.get(chain.device) ?? 0) ?? 0), 0),
      problem,
    }
  })
}
