import { z } from 'zod'

/** What an exam holds at its scored stations. `marks`: ratings of behaviours and global ratings that stand. */
export const examCountsSchema = z.strictObject({
  encounters: z.int().min(0),
  submitted: z.int().min(0),
  absent: z.int().min(0),
  open: z.int().min(0),
  marks: z.int().min(0),
  spForms: z.int().min(0),
})
export type ExamCounts = z.infer<typeof examCountsSchema>
