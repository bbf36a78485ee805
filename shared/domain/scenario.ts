import { z } from 'zod'
import { stationIdSchema } from './ids.ts'
import { standardSchema } from './standard.ts'

const { semMultiple, minStationsPassed, excluded } = standardSchema.shape
const rules = { semMultiple, minStationsPassed, excluded }
const cut = z.number().min(0).max(100)
/** So many judges may say what a borderline candidate would reach. */
export const MOST_JUDGES = 30
const share = z.number().min(0).max(1)

/**
 * Another way to judge an exam: how the cuts are found, and the rule around them. What it comes to is computed of what was
 * recorded. `excluded`: stations that would count for nobody.
 */
export const scenarioSchema = z.discriminatedUnion('method', [
  /** The mark that was declared with the exam. */
  z.strictObject({ method: z.literal('declared'), ...rules }),
  z.strictObject({ method: z.literal('borderline-regression'), ...rules }),
  /** The mean of the borderline group. */
  z.strictObject({ method: z.literal('borderline-group'), ...rules }),
  /** Of what the best reach (P95), at each station. */
  z.strictObject({ method: z.literal('cohen'), share, ...rules }),
  /** Acceptable cuts of the exam, 0 to 100, and acceptable shares of fails. */
  z.strictObject({
    method: z.literal('hofstee'),
    rectangle: z.strictObject({ lowestCut: cut, highestCut: cut, fewestFails: share, mostFails: share }),
    ...rules,
  }),
  /** What each judge gave for each station, the judges in the same order; a station that is not named has no cut. */
  z.strictObject({
    method: z.literal('angoff'),
    judged: z
      .array(z.strictObject({ stationId: stationIdSchema, cuts: z.array(cut).min(1).max(MOST_JUDGES) }))
      .max(60)
      .refine((judged) => new Set(judged.map(({ cuts }) => cuts.length)).size < 2),
    ...rules,
  }),
])
export type Scenario = z.infer<typeof scenarioSchema>

/** What Cohen's and Hofstee's methods are tried with until a person says otherwise. */
export const TRIED_FIRST = {
  share: 0.65,
  rectangle: { lowestCut: 50, highestCut: 65, fewestFails: 0, mostFails: 0.2 },
} as const
