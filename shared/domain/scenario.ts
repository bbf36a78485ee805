import { z } from 'zod'
import { basisShape, standardSchema, type StandardBasis } from './standard.ts'

const { semMultiple, minStationsPassed, excluded } = standardSchema.shape
const rules = { semMultiple, minStationsPassed, excluded }

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
  z.strictObject({ ...basisShape.cohen, ...rules }),
  z.strictObject({ ...basisShape.hofstee, ...rules }),
  z.strictObject({ ...basisShape.angoff, ...rules }),
])
export type Scenario = z.infer<typeof scenarioSchema>

/** What a person gave the method of a scenario, where it asks for something. */
export function basisOf(scenario: Scenario): StandardBasis | undefined {
  switch (scenario.method) {
    case 'cohen':
      return { method: scenario.method, share: scenario.share }
    case 'hofstee':
      return { method: scenario.method, rectangle: scenario.rectangle }
    case 'angoff':
      return { method: scenario.method, judged: scenario.judged }
    default:
      return undefined
  }
}

/**
 * What Cohen's and Hofstee's methods are tried with until a person says otherwise, in the app, on paper and at the command
 * line. `share` is that of Cohen-Schotanus and van der Vleuten 2010.
 */
export const TRIED_FIRST = {
  share: 0.6,
  rectangle: { lowestCut: 50, highestCut: 65, fewestFails: 0, mostFails: 0.2 },
} as const
