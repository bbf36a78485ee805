import { z } from 'zod'
import { personFieldsSchema } from './exam.ts'
import { candidateIdSchema, examIdSchema, personIdSchema, stationIdSchema } from './ids.ts'
import { setUpHashSchema } from './proof.ts'

/** Numbers before and after; null where the change is of something else. */
const values = { was: z.number().nullable(), is: z.number().nullable() }

/** What stands for the set-up as it is since. */
const since = { setUp: setUpHashSchema }

/**
 * What was changed in the set-up of an exam while it was open for marks: ids and numbers alone. The number on a
 * candidate's badge goes with the name when that is erased, so the ledger does not hold it: what it was, and is since,
 * stands in `identity` under the event's id.
 */
export const setUpChangeSchemas = [
  z.strictObject({
    type: z.literal('set-up.candidate'),
    candidateId: candidateIdSchema,
    what: z.enum(['added', 'number', 'name', 'group', 'extra-time', 'removed']),
    /** The extra time in percent. */
    ...values,
    ...since,
  }),
  z.strictObject({
    type: z.literal('set-up.person'),
    personId: personIdSchema,
    what: z.enum(['added', 'role', 'name', 'stations', 'removed']),
    role: personFieldsSchema.shape.role,
    ...since,
  }),
  z.strictObject({
    type: z.literal('set-up.station'),
    stationId: stationIdSchema,
    what: z.enum([
      ...(['added', 'number', 'title', 'kind', 'circuit', 'cues', 'texts', 'heavy'] as const),
      ...(['rubric', 'rubric-words', 'removed'] as const),
    ]),
    /** The number on its door. */
    ...values,
    ...since,
  }),
  z.strictObject({
    type: z.literal('set-up.exam'),
    what: z.enum(['title', 'day', 'site', 'paper', 'timing', 'pass-mark', 'stations-to-pass', 'rotation']),
    /** The mark, the stations, or the encounters of the rotation. */
    ...values,
    ...since,
  }),
  /** It was removed with its set-up: nothing was recorded in it. Stands in the chain of the installation. */
  z.strictObject({ type: z.literal('exam.removed'), examId: examIdSchema }),
] as const
const setUpChangeSchema = z.discriminatedUnion('type', setUpChangeSchemas)
export type SetUpChange = z.infer<typeof setUpChangeSchema>
