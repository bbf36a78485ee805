import { z } from 'zod'
import { candidateFieldsSchema, examFieldsSchema, personFieldsSchema, stationFieldsSchema } from './exam.ts'
import { rubricSchema } from './rubric.ts'
import { SET_UP_FORMATS } from './set-up-format.ts'

/**
 * An exam as a file: what a director carries from one installation to another, and what the sample exam is.
 * Stations are named by their number; the rubrics that they are rated with come with them.
 */
export const examFileSchema = z.strictObject({
  format: z.literal('attune-exam'),
  formatVersion: z.literal(SET_UP_FORMATS),
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
