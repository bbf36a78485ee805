import { z } from 'zod'
import { itemIdSchema } from './ids.ts'

/** Two ways to say something at each of three levels: ratings 1–2 are low, 3 is mid, 4–5 are high. */
const byLevel = (max: number) => {
  const pair = z.tuple([z.string().trim().min(1).max(max), z.string().trim().min(1).max(max)])
  return z.strictObject({ low: pair, mid: pair, high: pair })
}

/**
 * What examiners and standardized patients of a simulated exam day write down, so that reports made from it read like
 * real ones. Stations are named by their number in the sample exam, behaviours by their id in its rubric.
 */
export const sampleVoicesSchema = z.strictObject({
  format: z.literal('attune-sample-voices'),
  formatVersion: z.literal(1),
  stations: z.array(
    z.strictObject({
      station: z.int().min(1).max(60),
      /** Examiner's notes by behaviour: a short quotation, or what was seen. */
      quotes: z.record(itemIdSchema, byLevel(110)),
      /** The standardized patient's comment, from inside the role. */
      spComments: byLevel(160),
      /** A red flag of the rubric that could be raised here, and the quotation that goes with it. */
      redFlagId: z.string().min(1),
      redFlagQuote: z.string().trim().min(1).max(160),
    }),
  ),
})

export type SampleVoices = z.infer<typeof sampleVoicesSchema>
