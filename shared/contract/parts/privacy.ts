import { z } from 'zod'
import { candidateIdSchema, examIdSchema } from '#shared/domain/ids.ts'
import { channel, nothing } from './common.ts'

const director = ['director'] as const
const byExam = z.strictObject({ examId: examIdSchema })

/** How long an exam keeps its names. */
export const retentionSchema = z.strictObject({
  examId: examIdSchema,
  title: z.string(),
  /** ISO "YYYY-MM-DD"; null: nobody said until when. */
  eraseNamesOn: z.iso.date().nullable(),
  /** Names that it still holds: of candidates, examiners, patients and second persons. */
  names: z.int().min(0),
  /** The day has come, and there are names. */
  due: z.boolean(),
})
export type Retention = z.infer<typeof retentionSchema>

export const privacyChannels = {
  /** Of a closed exam: name and number go for good, marks and figures stay. */
  'privacy.eraseCandidate': channel(director, z.strictObject({ candidateId: candidateIdSchema }), nothing),
  /** All names of a closed exam, those of examiners, patients and second persons too. */
  'privacy.eraseExam': channel(director, byExam, nothing),
  'privacy.setRetention': channel(director, byExam.extend({ eraseNamesOn: z.iso.date().nullable() }), nothing),
  'privacy.retention': channel(director, nothing, z.array(retentionSchema)),
  /** What the system says of the disk that the data lie on, asked once at the start. */
  'privacy.disk': channel(director, nothing, z.strictObject({ encryption: z.enum(['encrypted', 'plain', 'unknown']) })),
} as const
