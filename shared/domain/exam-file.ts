import { z } from 'zod'
import { candidateFieldsSchema, examFieldsSchema, personFieldsSchema, stationFieldsSchema } from './exam.ts'
import { rubricSchema } from './rubric.ts'

export const EXAM_FILE_VERSION = 1

/**
 * An exam as a file: what a director carries from one installation to another, and what the sample exam is.
 * Stations are named by their number; the rubrics that they are rated with come with them.
 */
export const examFileSchema = z.strictObject({
  format: z.literal('attune-exam'),
  formatVersion: z.literal(EXAM_FILE_VERSION),
  /** True for invented persons: shown on every screen and page. */
  sample: z.boolean(),
  exam: examFieldsSchema,
  /** In the order of their numbers, from 1. */
  stations: z.array(stationFieldsSchema).max(60),
  /** The rubrics of the stations, whole. A file made before they were in it names only those that are known already. */
  rubrics: z.array(rubricSchema).max(60).default([]),
  candidates: z.array(candidateFieldsSchema).max(2000),
  people: z
    .array(personFieldsSchema.omit({ stationIds: true }).extend({ stations: z.array(z.int().min(1).max(60)).max(60) }))
    .max(400),
})
export type ExamFile = z.infer<typeof examFileSchema>
