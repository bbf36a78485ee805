import type { EventId, ExamId } from '#shared/domain/ids.ts'
import type { Db } from './connection.ts'
import { ownChains } from './own-chains.ts'
import { ownStatements } from './verify-statements.ts'
import { isSetUpSo } from './stated-set-up.ts'

/**
 * An exam that is another than this event said. "set-up": it was the last that might change that; "status": the exam was
 * closed, or opened, by nothing that the ledger tells of; "unstated": it closed the exam, and its statement is gone.
 */
export type ChangedSetUp = { examId: ExamId; eventId: EventId; problem: 'set-up' | 'status' | 'unstated' }

type Told = {
  id: EventId
  device: string
  chain: string
  seq: number
  exam: ExamId
  type: string
  status: string | null
  setUp: string | null
}

/**
 * Holds the set-up and the status of every exam against what the newest own event says that changed them: its start or
 * close, a change while it was open, a package, an exchange of the data in which it went on; and every close against its
 * statement. One that tells nothing, because it is of an earlier version, the exam went back into preparation or a package
 * brought the status, leaves that unasked. So does an exam that was removed, and what came back by a bundle after a
 * restoring: the data is that of the backup.
 */
export function checkSetUps(db: Db): ChangedSetUp[] {
  const isWhole = ownChains(db)
  const told = db
    .prepare<[], Told>(
      `SELECT id, device, exam_id AS chain, seq, hlc, payload ->> 'type' AS type, payload ->> 'status' AS status,
         payload ->> 'setUp' AS setUp,
         CASE payload ->> 'type' WHEN 'package.imported' THEN payload ->> 'examId' ELSE exam_id END AS exam
       FROM event
       WHERE encounter_id IS NULL AND payload ->> 'type' IN ('exam.status-changed', 'package.imported',
           'set-up.exam', 'set-up.station', 'set-up.candidate', 'set-up.person')
       UNION ALL
       SELECT event.id, device, exam_id, seq, hlc, payload ->> 'type', one.value ->> 'status', one.value ->> 'setUp',
         one.value ->> 'examId'
       FROM event, json_each(payload, '$.goneOn') AS one
       WHERE encounter_id IS NULL AND payload ->> 'type' = 'backup.restored'
       ORDER BY hlc`,
    )
    .all()
    .filter(({ device, chain }) => isWhole(device, chain))
  const statusNow = db.prepare<[string], string>('SELECT status FROM exam WHERE id = ?').pluck()
  const newest = (of: readonly Told[]) => new Map(of.map((event) => [event.exam, event])).values()
  const problem = (kind: ChangedSetUp['problem']) => (event: Told) => ({
    examId: event.exam,
    eventId: event.id,
    problem: kind,
  })
  const others = [...newest(told)].filter(({ exam, setUp }) => setUp !== null && isSetUpSo(db, exam, setUp) === false)
  // An exam that merely went on with another set-up kept its status.
  const brought = told.filter(
    ({ type, status }) => !type.startsWith('set-up.') && (type !== 'backup.restored' || status !== null),
  )
  const moved = [...newest(brought)].filter(({ exam, type, status }) => {
    const now = statusNow.get(exam)
    return type !== 'package.imported' && now !== undefined && now !== status
  })
  // One that tells no set-up is of before closing and statement were one.
  const unstated = told.filter(
    ({ device, seq, exam, type, status, setUp }) =>
      type === 'exam.status-changed' &&
      status === 'closed' &&
      setUp !== null &&
      !ownStatements(db, exam).some(({ statement: { heads } }) =>
        heads.some((head) => head.device === device && head.seq === seq),
      ),
  )
  return [...others.map(problem('set-up')), ...moved.map(problem('status')), ...unstated.map(problem('unstated'))]
}
