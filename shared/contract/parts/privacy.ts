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

const dataPlaceSchema = z.strictObject({
  encryption: z.enum(['encrypted', 'plain', 'unknown']),
  /** The name of the service that seems to copy the data folder to other computers; null: none that is known. */
  syncedBy: z.string().nullable(),
})

export const privacyChannels = {
  /** Of a closed exam: name and number go for good, marks and figures stay. */
  'privacy.eraseCandidate': channel(director, z.strictObject({ candidateId: candidateIdSchema }), nothing),
  /** All names of a closed exam, those of examiners, patients and second persons too. */
  'privacy.eraseExam': channel(director, byExam, nothing),
  'privacy.setRetention': channel(director, byExam.extend({ eraseNamesOn: z.iso.date().nullable() }), nothing),
  'privacy.retention': channel(director, nothing, z.array(retentionSchema)),
  /** Where the data lie: what the system says of the disk, asked once at the start, and who copies the folder away. */
  'privacy.disk': channel(director, nothing, dataPlaceSchema),
} as const
