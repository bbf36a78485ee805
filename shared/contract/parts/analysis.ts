import { z } from 'zod'
import { candidateIdSchema, eventIdSchema, examIdSchema, stationIdSchema } from '#shared/domain/ids.ts'
import { scenarioSchema } from '#shared/domain/scenario.ts'
import { outcomeSchema, scoreSchema, unmetSchema } from '#shared/domain/scores.ts'
import { standardInForceSchema, standardSchema } from '#shared/domain/standard.ts'
import { reasons } from '#shared/measurement/terms.ts'
import { channel } from './common.ts'
import {
  examinerNamesSchema,
  figures,
  findingSchema,
  heatSchema,
  reliabilitySchema,
  reliabilityShownSchema,
  stationMeasuresSchema,
  statisticSchema,
} from './measures.ts'
import { examinersSchema, groupsSchema, patientsSchema } from './people-measures.ts'

const director = ['director'] as const
const byExam = z.strictObject({ examId: examIdSchema })
const count = z.int().min(0)

const outcomesSchema = z.strictObject({ pass: count, fail: count, incomplete: count, review: count })

/** How one candidate stands by a standard. */
const standing = z.strictObject({
  outcome: outcomeSchema,
  unmet: unmetSchema,
  score: scoreSchema,
  stationsPassed: count,
  stationsScored: count,
})

/** Whether the result can be believed; all of it computed afresh from what was recorded. Scores run from 0 to 100. */
export const analysisChannels = {
  /** Completeness, the cut that borderline regression proposes, reliability, outcomes by the standard in force, findings. */
  'analysis.overview': channel(
    director,
    byExam,
    z.strictObject({
      completeness: z.strictObject({
        candidates: count,
        stations: count,
        planned: count,
        scored: count,
        graded: count,
        complete: count,
      }),
      standard: standardInForceSchema,
      /** Every standard that was decided, the newest first: that one is in force. */
      decided: z.array(standardInForceSchema),
      cut: statisticSchema,
      seCut: statisticSchema,
      /** Of the exam scores of everybody who has a score at every station. */
      scores: z.strictObject(figures('mean', 'sd')),
      reliability: reliabilityShownSchema,
      outcomes: outcomesSchema,
      /** Exam scores by the standard in force, the lowest first; of who is incomplete, the mean of the stations there are. */
      examScores: z.array(z.number().min(0).max(100)),
      findings: z.array(findingSchema),
      examiners: examinerNamesSchema,
    }),
  ),
  /** The stations that count, each with its standard setting and the points of its chart; and who lost marks at which. */
  'analysis.stations': channel(
    director,
    byExam,
    z.strictObject({ stations: z.array(stationMeasuresSchema), heat: heatSchema }),
  ),
  /** α, ω, the error of measurement, generalizability as the exam was held and by the number of stations. */
  'analysis.reliability': channel(director, byExam, reliabilitySchema),
  /** How harsh examiners were, by least squares, by the mixed model, and in the Rasch model of the global ratings. */
  'analysis.examiners': channel(director, byExam, examinersSchema),
  /** Whether patients see what examiners see, what became of cues, and what looked like empathy. */
  'analysis.patients': channel(director, byExam, patientsSchema),
  /** Whether stations treat groups of candidates differently; small groups are suppressed. */
  'analysis.groups': channel(director, byExam, groupsSchema),
  /**
   * What another standard would be, and everybody whose outcome would be another. Changes nothing. `standard` is null where
   * a figure that it stands on is withheld, and `reason` says why. Refused with "not-found" for stations of another exam.
   */
  'analysis.whatIf': channel(
    director,
    byExam.extend({ scenario: scenarioSchema }),
    z.strictObject({
      standard: standardSchema.nullable(),
      reason: z.enum(reasons).nullable(),
      cut: statisticSchema,
      stations: z.array(z.strictObject({ stationId: stationIdSchema, cut: statisticSchema })),
      sem: statisticSchema,
      before: outcomesSchema,
      after: outcomesSchema.nullable(),
      changes: z.array(
        z.strictObject({ candidateId: candidateIdSchema, number: z.string().max(20), from: standing, to: standing }),
      ),
    }),
  ),
  /**
   * Decides on the standard that a scenario comes to now: outcomes follow it from here on. Comes back as it is in force.
   * Refused with "standard-withheld" where it comes to none, "reason-missing", and "not-found" for stations of another exam.
   */
  'analysis.decide': channel(
    director,
    byExam.extend({
      eventId: eventIdSchema,
      scenario: scenarioSchema,
      /** Blank is refused with a sentence of its own. */
      reason: z.string().max(500),
    }),
    standardInForceSchema,
  ),
} as const
