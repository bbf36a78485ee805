import { z } from 'zod'
import { roleSchema } from './exam.ts'
import { encounterIdSchema, examIdSchema, personIdSchema } from './ids.ts'

/**
 * Who sits in front of one window. While the device is handed over, the role is "sp" and nothing but the form of
 * `handedOver` can be reached until the examiner's return code is given.
 */
export const sessionSchema = z.strictObject({
  role: roleSchema,
  /** null for a director. */
  examId: examIdSchema.nullable(),
  /** One of the exam's people, or a director; null on a device that was lent where the station names no SP. */
  personId: personIdSchema.nullable(),
  handedOver: encounterIdSchema.nullable(),
  /** Nobody touched the window for a while, or it was locked on purpose: it asks for the PIN again. */
  locked: z.boolean().default(false),
})
export type Session = z.infer<typeof sessionSchema>
