import { z } from 'zod'
import { amendmentSchema, conflictSchema } from './amendment.ts'
import { incidentSchema, markSchema, missingSchema, noteSchema, ratingSchema, spFormStatusSchema } from './encounter.ts'
import { encounterStatusSchema } from './exam.ts'
import { encounterIdSchema, eventIdSchema } from './ids.ts'
import { spAnswerSchema } from './sp-form.ts'

/** Everything that was recorded in one encounter: the state that the ledger's events add up to. */
export const encounterRecordSchema = z.strictObject({
  encounterId: encounterIdSchema,
  status: encounterStatusSchema,
  /** The event by which the candidate's identity stands confirmed; null where it does not. */
  confirmation: eventIdSchema.nullable(),
  ratings: z.array(ratingSchema),
  notes: z.array(noteSchema),
  marks: z.array(markSchema),
  /** The id of one of the rubric's five judgements. */
  globalRating: z.string().max(40).nullable(),
  missing: z.array(missingSchema),
  incidents: z.array(incidentSchema),
  absenceReason: z.string().max(300).nullable(),
  spStatus: spFormStatusSchema,
  /** What of this was changed after it was submitted or decided between laptops, in that order; not the SP's own. */
  amendments: z.array(amendmentSchema),
  /** What laptops say differently of this, undecided; not the SP's own. */
  conflicts: z.array(conflictSchema),
})
export type EncounterRecord = z.infer<typeof encounterRecordSchema>

/** The standardized patient's part of an encounter. */
export const spRecordSchema = z.strictObject({
  answers: z.array(spAnswerSchema),
  comment: z.string(),
  amendments: z.array(amendmentSchema),
  conflicts: z.array(conflictSchema),
})
export type SpRecord = z.infer<typeof spRecordSchema>
