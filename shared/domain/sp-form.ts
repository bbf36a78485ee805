import { z } from 'zod'

/**
 * The standardized patient's form: seven statements about what the SP lived through in the role, rated 1 to 5
 * or "not applicable". The words of the statements live in the locale file.
 */
export const spStatementSchema = z.enum([
  'listened',
  'view-understood',
  'feelings-recognised',
  'limits-safe',
  'helped',
  'would-follow-plan',
  'would-return',
])
export type SpStatement = z.infer<typeof spStatementSchema>
export const spStatements = spStatementSchema.options

export const spAnswerValueSchema = z.union([z.int().min(1).max(5), z.literal('not-applicable')])
export type SpAnswerValue = z.infer<typeof spAnswerValueSchema>

export const spAnswerSchema = z.strictObject({ statement: spStatementSchema, value: spAnswerValueSchema })
export type SpAnswer = z.infer<typeof spAnswerSchema>

/** A form counts from this many statements answered 1 to 5; "not applicable" does not count as an answer. */
export const SP_MIN_ANSWERS = 4
