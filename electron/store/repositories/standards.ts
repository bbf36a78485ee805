import { z } from 'zod'
import { parseStamp } from '#shared/domain/hybrid-clock.ts'
import { eventIdSchema, personIdSchema, type ExamId } from '#shared/domain/ids.ts'
import { standardDecidedSchema } from '#shared/domain/ledger-event.ts'
import type { StandardInForce } from '#shared/domain/standard.ts'
import type { Db } from '../connection.ts'

const rowSchema = z.object({
  id: eventIdSchema,
  hlc: z.string(),
  raterId: personIdSchema.nullable(),
  name: z.string().nullable(),
  payload: z.string(),
})

export type StandardRepository = {
  /** Every standard that was decided for an exam, the newest first: that one is in force. */
  decided(examId: ExamId): (StandardInForce & { decision: object })[]
}

export function createStandardRepository(db: Db): StandardRepository {
  const decided = db.prepare<[string]>(
    `SELECT event.id, hlc, rater_id AS raterId, name, payload FROM event LEFT JOIN identity ON identity.id = rater_id
     WHERE exam_id = ? AND encounter_id IS NULL AND payload ->> 'type' = 'standard.decided' ORDER BY hlc DESC`,
  )
  return {
    decided: (examId) =>
      decided.all(examId).map((row) => {
        const { id, hlc, raterId, name, payload } = rowSchema.parse(row)
        const { standard, reason } = standardDecidedSchema.parse(JSON.parse(payload))
        const at = new Date(parseStamp(hlc).wallMs).toISOString()
        return { ...standard, decision: { eventId: id, by: { id: raterId, name: name ?? '' }, at, reason } }
      }),
  }
}
