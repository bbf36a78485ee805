import { z } from 'zod'
import { roleSchema } from './exam.ts'
import { encounterIdSchema, examIdSchema, personIdSchema } from './ids.ts'

/**
 * Who sits in front of one window. While the device is handed over, the role is "sp" and nothing but the form of
 * `handedOver` can be reached until the examiner's return code is given.
 */
export const sessionSchema = z.strictObject({
  role: roleSchema,
  examId: examIdSchema.nullable(),
  personId: personIdSchema.nullable(),
  handedOver: encounterIdSchema.nullable(),
})
export type Session = z.infer<typeof sessionSchema>
