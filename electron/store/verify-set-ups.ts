import type { EventId, ExamId } from '#shared/domain/ids.ts'
import type { Db } from './connection.ts'
import { setUpHash } from './stated-set-up.ts'

/** An exam whose set-up is another than this event said, which was the last that might change it. */
export type ChangedSetUp = { examId: ExamId; eventId: EventId }

type Told = { id: EventId; exam: ExamId; setUp: string | null }

/**
 * Holds the set-up of every exam against what the newest own event says that changed it: its start or close, a change
 * while it was open, a package. One that tells nothing, because it is of an earlier version or the exam went back into
 * preparation, leaves the exam unasked; so does an exam that was removed.
 */
export function checkSetUps(db: Db): ChangedSetUp[] {
  const told = db
    .prepare<[], Told>(
      `SELECT id, payload ->> 'setUp' AS setUp,
         CASE payload ->> 'type' WHEN 'package.imported' THEN payload ->> 'examId' ELSE exam_id END AS exam
       FROM event
       WHERE encounter_id IS NULL AND device IN (SELECT device FROM own_device UNION SELECT device FROM installation)
         AND payload ->> 'type' IN ('exam.status-changed', 'package.imported',
           'set-up.exam', 'set-up.station', 'set-up.candidate', 'set-up.person')
       ORDER BY hlc`,
    )
    .all()
  const newest = new Map(told.map((event) => [event.exam, event]))
  return [...newest.values()].flatMap(({ id, exam, setUp }) => {
    const now = setUp === null ? null : setUpHash(db, exam)
    return now === null || now === setUp ? [] : [{ examId: exam, eventId: id }]
  })
}
