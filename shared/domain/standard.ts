import { z } from 'zod'
import type { Exam } from './exam.ts'
import { eventIdSchema, personIdSchema, stationIdSchema } from './ids.ts'

/** How a pass mark was found; "declared": by hand, before the exam. */
const standardMethodSchema = z.enum([
  'declared',
  'borderline-regression',
  'borderline-group',
  'cohen',
  'hofstee',
  'angoff',
])

const score = z.number().min(0).max(100)
const share = z.number().min(0).max(1)
/** So many judges may say what a borderline candidate would reach. */
export const MOST_JUDGES = 30

/** What methods ask a person for. */
export const basisShape = {
  /** Cohen's method: of what the best reach (P95), at each station. */
  cohen: { method: z.literal('cohen'), share },
  /** Hofstee's method: acceptable cuts of the exam, 0 to 100, and acceptable shares of fails. */
  hofstee: {
    method: z.literal('hofstee'),
    rectangle: z.strictObject({ lowestCut: score, highestCut: score, fewestFails: share, mostFails: share }),
  },
  /** Angoff's method: what each judge gave for each station, the judges in the same order; a station that is not named has no cut. */
  angoff: {
    method: z.literal('angoff'),
    judged: z
      .array(z.strictObject({ stationId: stationIdSchema, cuts: z.array(score).min(1).max(MOST_JUDGES) }))
      .max(60)
      .refine((judged) => new Set(judged.map(({ cuts }) => cuts.length)).size < 2),
  },
} as const

const basisSchema = z.discriminatedUnion('method', [
  z.strictObject(basisShape.cohen),
  z.strictObject(basisShape.hofstee),
  z.strictObject(basisShape.angoff),
])
export type StandardBasis = z.infer<typeof basisSchema>

/**
 * A standard as it is recorded: the rule with every figure that it stands on, so that it stays what it was whatever marks
 * come later. A candidate passes whose score reaches `cut` + `semMultiple` × `sem`, who passed enough stations, and for
 * whom no red flag was upheld.
 */
export const standardSchema = z.strictObject({
  method: standardMethodSchema,
  /** Of the exam, 0 to 100. */
  cut: score,
  /** From where on each counted station is passed. */
  stations: z.array(z.strictObject({ stationId: stationIdSchema, cut: score })).max(60),
  /** Stations that count for nobody. */
  excluded: z.array(stationIdSchema).max(60),
  /** Standard error of measurement of an exam score, in its points; null where it was not computed. */
  sem: score.nullable(),
  semMultiple: z.number().min(0).max(3),
  minStationsPassed: z.int().min(0).max(60),
  /** What a person gave the method, where it asks for something; decisions of earlier versions do not have it. */
  basis: basisSchema.optional(),
})
export type Standard = z.infer<typeof standardSchema>

/** Who decided on a standard, when and why. */
const decisionSchema = z.strictObject({
  eventId: eventIdSchema,
  by: z.strictObject({ id: personIdSchema.nullable(), name: z.string() }),
  at: z.iso.datetime(),
  reason: z.string(),
})

/** What results are judged by: the standard that was decided last, or the rule declared with the exam (no decision). */
export const standardInForceSchema = standardSchema.extend({ decision: decisionSchema.nullable() })
export type StandardInForce = z.infer<typeof standardInForceSchema>

/** The rule declared with an exam as a standard: one mark for the exam and for every station. */
export const declaredStandard = ({ passRule }: Pick<Exam, 'passRule'>): StandardInForce => ({
  method: 'declared',
  cut: passRule.passMark,
  stations: [],
  excluded: [],
  sem: null,
  semMultiple: 0,
  minStationsPassed: passRule.minStationsPassed,
  decision: null,
})

/** What an exam score must reach. */
export const markToPass = ({ cut, sem, semMultiple }: Standard): number => cut + (sem ?? 0) * semMultiple

/** What a score at a station must reach; the mark of the exam where the station has none of its own. */
export const stationMark = ({ cut, stations }: Standard, stationId: string): number =>
  stations.find((station) => station.stationId === stationId)?.cut ?? cut
