import { z } from 'zod'
import { examStatusSchema } from './exam.ts'
import { examIdSchema } from './ids.ts'
import { setUpHashSchema } from './proof.ts'

/**
 * An exam whose package was out when data was exchanged: it goes on with the set-up of the data that went, where the
 * data that came could not take in what its stations still bring.
 */
export const goneOnSchema = z.strictObject({
  examId: examIdSchema,
  /** What stands for that set-up; not told of an exam in preparation. */
  setUp: setUpHashSchema,
  /** The status with which it came, where the data that came had no such exam. */
  status: examStatusSchema.optional(),
})
export type GoneOn = z.infer<typeof goneOnSchema>
