import { isSignedBy } from '#electron/base/signature.ts'
import type { EventId, ExamId } from '#shared/domain/ids.ts'
import { signedStatementSchema, statementText, type ExamCounts, type SignedStatement } from '#shared/domain/proof.ts'
import type { Db } from './connection.ts'
import { aboutInstallation } from './imported-chains.ts'
import { countsOf } from './exam-counts.ts'
import { ledgerCode } from './ledger-code.ts'
import { ownDevices } from './own-chains.ts'
import { areRubricsSo, isSetUpSo, statedSetUp } from './stated-set-up.ts'
import { createInstallation, keyCode } from './repositories/installation.ts'

/**
 * Why a statement does not hold. "forged": the signature is not of these words; "other-key": not this installation's own;
 * "cut": events that it counts are not here; "rewritten": others stand in their place; "miscounted": nothing was written
 * after it, and yet there are other numbers of encounters, marks or forms; "set-up-changed": the exam is closed since,
 * and yet its pass rule, plan, stations or rubrics are others.
 */
export type StatementProblem = 'forged' | 'other-key' | 'cut' | 'rewritten' | 'miscounted' | 'set-up-changed'

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
  /** null: it holds. */
  problem: StatementProblem | null
}

type Row = { id: EventId; device: string; type: 'exam.stated' | 'statement.received'; signed: string }

/** The own statements in the order in which they were made, for one exam or all: the newest of an exam is its last. */
export const ownStatements = (db: Db, examId: ExamId): SignedStatement[] =>
  statements(db).flatMap(({ type, signed }) =>
    type === 'exam.stated' && signed.statement.examId === examId ? [signed] : [],
  )

/** The statements of this installation, and those that other laptops sent. */
const statements = (db: Db) =>
  db
    .prepare<[], Row>(
      `SELECT id, device, payload ->> 'type' AS type, payload ->> 'signed' AS signed FROM event
       WHERE ${aboutInstallation} AND payload ->> 'type' IN ('exam.stated', 'statement.received') ORDER BY hlc`,
    )
    .all()
    .map((row) => ({ ...row, signed: signedStatementSchema.parse(JSON.parse(row.signed)) }))

/** Whether the words are those that were signed. Asks nothing of any ledger. */
export const isAsSigned = ({ statement, publicKey, signature }: SignedStatement): boolean =>
  isSignedBy(publicKey, Buffer.from(statementText(statement)), signature) &&
  (ledgerCode(statement.heads) ?? '') === statement.code

/**
 * Holds every closing statement against what the ledger holds now. They stand in the chain of the installation, apart
 * from the exam's own: whoever cuts the end of that leaves the statement that counts it.
 */
export function checkStatements(db: Db): CheckedStatement[] {
  const installation = createInstallation(db)
  const own = ownDevices(db)
  return statements(db).map(({ id, device, type, signed }) => {
    const isOther =
      type === 'exam.stated' && own.has(device) && signed.publicKey !== installation.publicKey() && isAsSigned(signed)
    return { eventId: id, ...checkStatement(db, signed), ...(isOther && { problem: 'other-key' as const }) }
  })
}

/** Holds one statement against what the ledger holds now, wherever it was kept. Whose key signed it is not asked. */
export function checkStatement(db: Db, signed: SignedStatement): Omit<CheckedStatement, 'eventId'> {
  const { examId, device, heads, statedAt, code, counts } = signed.statement
  const hashAt = db
    .prepare<[string, string, number], string>('SELECT hash FROM event WHERE device = ? AND exam_id = ? AND seq = ?')
    .pluck()
  const writers = db.prepare<[string], string>('SELECT DISTINCT device FROM event WHERE exam_id = ?').pluck()
  const eventsIn = db
    .prepare<[string, string, number, number], number>(
      'SELECT count(*) FROM event WHERE device = ? AND exam_id = ? AND seq > ? AND seq <= ?',
    )
    .pluck()
  const ends = new Map(heads.map((head) => [head.device, head.seq]))
  const since = writers
    .all(examId)
    .reduce(
      (sum, writer) => sum + (eventsIn.get(writer, examId, ends.get(writer) ?? 0, Number.MAX_SAFE_INTEGER) ?? 0),
      0,
    )
  const found = heads.map((head) => ({ head, hash: hashAt.get(head.device, examId, head.seq) ?? null }))
  // What filled a gap since is more than was counted. Fewer: of another laptop's statement some are still on their way.
  const more = heads.map(({ device, seq, events }) =>
    events === undefined ? 0 : (eventsIn.get(device, examId, 0, seq) ?? 0) - events,
  )
  const isShort = more.some((count) => count < 0)
  const eventsAfter = since + more.reduce((sum, count) => sum + Math.max(0, count), 0)
  const problem = !isAsSigned(signed)
    ? 'forged'
    : found.some(({ hash }) => hash === null) || (isShort && ownDevices(db).has(device))
      ? 'cut'
      : found.some(({ head, hash }) => head.hash !== hash)
        ? 'rewritten'
        : eventsAfter === 0 && !isShort && !isCountedSo(countsOf(db)(examId), counts)
          ? 'miscounted'
          : isSetUpChanged(db, signed)
            ? 'set-up-changed'
            : null
  return { examId, statedAt, code, keyCode: keyCode(signed.publicKey), eventsAfter, problem }
}

/** How many encounters were planned is no event, and is not compared. */
const isCountedSo = (now: ExamCounts, then: ExamCounts): boolean =>
  (['submitted', 'absent', 'open', 'marks', 'spForms'] as const).every((key) => now[key] === then[key])

/**
 * Compares the set-up for the newest own statement of an exam that was neither opened again since nor brought up to date
 * by a package or an exchange of the data: these may change it, and the ledger tells of them.
 */
function isSetUpChanged(db: Db, { statement, signature }: SignedStatement): boolean {
  const { examId, setUp } = statement
  const now = setUp && statedSetUp(db, examId)
  if (!now) return false
  const newest = db
    .prepare<[string], { hlc: string; signature: string }>(
      `SELECT hlc, payload -> 'signed' ->> 'signature' AS signature FROM event
       WHERE ${aboutInstallation} AND payload ->> 'type' = 'exam.stated'
         AND payload -> 'signed' -> 'statement' ->> 'examId' = ? ORDER BY hlc DESC LIMIT 1`,
    )
    .get(examId)
  if (newest?.signature !== signature) return false
  const mayDiffer = db
    .prepare<{ exam: string; hlc: string }, number>(
      `SELECT 1 FROM event WHERE hlc > @hlc AND (
         exam_id = '' AND payload ->> 'type' = 'package.imported' AND payload ->> 'examId' = @exam
         OR exam_id = '' AND payload ->> 'type' = 'backup.restored'
           AND EXISTS (SELECT 1 FROM json_each(payload, '$.goneOn') WHERE value ->> 'examId' = @exam)
         OR exam_id = @exam AND payload ->> 'type' = 'exam.status-changed'
           AND device IN (SELECT device FROM own_device UNION SELECT device FROM installation))`,
    )
    .get({ exam: examId, hlc: newest.hlc })
  return mayDiffer === undefined && !(isSetUpSo(db, examId, setUp.hash) && areRubricsSo(now, setUp))
}
