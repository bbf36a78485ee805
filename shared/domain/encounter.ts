import { z } from 'zod'
import { eventIdSchema, itemIdSchema, momentIdSchema } from './ids.ts'

/** A point of the rubric's scale, or "no opportunity arose", which is neither the lowest point nor missing. */
export const ratingValueSchema = z.union([z.int().min(1).max(7), z.literal('no-opportunity')])
export type RatingValue = z.infer<typeof ratingValueSchema>

export const ratingSchema = z.strictObject({
  itemId: itemIdSchema,
  value: ratingValueSchema,
  eventId: eventIdSchema,
  /** Milliseconds from the start of the encounter phase; null where the clock was not running yet. */
  atMs: z.int().min(0).nullable(),
})
export type Rating = z.infer<typeof ratingSchema>

/** One touch: what became of a cue, a look-alike of empathy, or a red flag. `type` names an entry of the rubric. */
export const markKindSchema = z.enum(['moment', 'look-alike', 'red-flag'])
export type MarkKind = z.infer<typeof markKindSchema>

/** The decision of a second person about a red flag. */
export const redFlagReviewSchema = z.strictObject({
  decision: z.enum(['upheld', 'dismissed']),
  reason: z.string().trim().min(1).max(500),
})

export const reviewerNameSchema = z.string().trim().min(1).max(80)

/** A review as it was recorded; the name is null where it was erased, or given before names were asked for. */
export const recordedReviewSchema = redFlagReviewSchema.extend({
  reviewer: reviewerNameSchema.nullable(),
  reviewedAt: z.iso.datetime(),
})
export type RecordedReview = z.infer<typeof recordedReviewSchema>

export const markSchema = z.strictObject({
  id: momentIdSchema,
  kind: markKindSchema,
  type: z.string().max(40),
  /** Milliseconds from the start of the encounter phase; null: made before it. */
  atMs: z.int().min(0).nullable(),
  /** Which of the station's cues this answers, from 0; null where nobody said. */
  cue: z.int().min(0).max(5).nullable(),
  quote: z.string().max(500),
  /** A red flag is looked at by a second person before it counts; null until then, and for other marks. */
  review: recordedReviewSchema.nullable(),
})
export type Mark = z.infer<typeof markSchema>

export const noteSchema = z.strictObject({
  /** The behaviour it belongs to; null: the encounter as a whole. */
  itemId: itemIdSchema.nullable(),
  text: z.string().max(2000),
})

/** What an examiner leaves without a mark, and why: one of the rubric's items, or the global rating. */
export const missingSchema = z.strictObject({
  item: z.union([itemIdSchema, z.literal('global-rating')]),
  reason: z.string().trim().min(3).max(300),
})
export type Missing = z.infer<typeof missingSchema>

export const incidentKindSchema = z.enum(['lost-time', 'sp-unwell', 'sp-off-script', 'conflict-of-interest', 'other'])
export const incidentSchema = z.strictObject({
  kind: incidentKindSchema,
  text: z.string().trim().min(1).max(500),
  atMs: z.int().min(0).nullable(),
})
export type Incident = z.infer<typeof incidentSchema>

export const spFormStatusSchema = z.enum(['open', 'submitted'])
