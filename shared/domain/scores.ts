import { z } from 'zod'
import { domainIdSchema } from './ids.ts'

/** Why a score is withheld. */
export const withheldSchema = z.enum([
  'not-submitted',
  'absent',
  'too-few-rated',
  'no-scored-station',
  'not-in-rotation',
  'stations-missing',
  'too-few-answers',
  /** Laptops say different things of it, and nobody has decided yet. */
  'conflict',
  /** Something of it that a laptop recorded has not come. */
  'partial',
])
export type Withheld = z.infer<typeof withheldSchema>

/** A score from 0 to 100, or null with the reason; `n` is what it was computed from. Never 0 for "unknown". */
export const scoreSchema = z.strictObject({
  value: z.number().min(0).max(100).nullable(),
  n: z.int().min(0),
  reason: withheldSchema.nullable(),
})
export type Score = z.infer<typeof scoreSchema>

export const domainScoreSchema = z.strictObject({ domainId: domainIdSchema, score: scoreSchema })
export type DomainScore = z.infer<typeof domainScoreSchema>

/** "review": a red flag waits for a second person, so no outcome is given yet. */
export const outcomeSchema = z.enum(['pass', 'fail', 'incomplete', 'review'])
export type Outcome = z.infer<typeof outcomeSchema>

/**
 * The conditions of the pass rule that a "fail" does not meet; none for any other outcome. "red-flag": a second person
 * upheld one.
 */
export const unmetSchema = z.array(z.enum(['pass-mark', 'stations', 'red-flag']))
export type Unmet = z.infer<typeof unmetSchema>
