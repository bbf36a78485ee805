import type { ExamId } from '#shared/domain/ids.ts'
import { examCountsSchema, type ExamCounts } from '#shared/domain/proof.ts'
import type { Db } from './connection.ts'

/** What an exam holds at its scored stations. */
export function countsOf(db: Db): (examId: ExamId) => ExamCounts {
  const counts = db.prepare<[string]>(
    `SELECT count(*) AS encounters,
       count(*) FILTER (WHERE status = 'submitted') AS submitted,
       count(*) FILTER (WHERE status = 'absent') AS absent,
       count(*) FILTER (WHERE status = 'open') AS open,
       count(*) FILTER (WHERE sp_status = 'submitted') AS spForms,
       coalesce(sum((global_rating IS NOT NULL) + (SELECT count(*) FROM rating
         WHERE rating.encounter_id = encounter.id AND taken_back = 0)), 0) AS marks
     FROM encounter LEFT JOIN encounter_state ON encounter_state.encounter_id = encounter.id
       JOIN station ON station.id = encounter.station_id
     WHERE encounter.exam_id = ? AND station.kind = 'scored'`,
  )
  return (examId) => examCountsSchema.parse(counts.get(examId))
}
