import { z } from 'zod'
import { examIdSchema } from '#shared/domain/ids.ts'
import { standardInForceSchema } from '#shared/domain/standard.ts'
import { channel } from './common.ts'
import {
  examinerNamesSchema,
  findingSchema,
  reliabilitySchema,
  reliabilityShownSchema,
  stationMeasuresSchema,
  statisticSchema,
} from './measures.ts'
import { examinersSchema, groupsSchema, patientsSchema } from './people-measures.ts'

const director = ['director'] as const
const byExam = z.strictObject({ examId: examIdSchema })
const count = z.int().min(0)

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
      reliability: reliabilityShownSchema,
      outcomes: z.strictObject({ pass: count, fail: count, incomplete: count, review: count }),
      findings: z.array(findingSchema),
      examiners: examinerNamesSchema,
    }),
  ),
  /** The stations that count, each with its standard setting and the points of its chart. */
  'analysis.stations': channel(director, byExam, z.strictObject({ stations: z.array(stationMeasuresSchema) })),
  /** α, ω, the error of measurement, generalizability as the exam was held and by the number of stations. */
  'analysis.reliability': channel(director, byExam, reliabilitySchema),
  /** How harsh examiners were, by least squares, by the mixed model, and in the Rasch model of the global ratings. */
  'analysis.examiners': channel(director, byExam, examinersSchema),
  /** Whether patients see what examiners see, what became of cues, and what looked like empathy. */
  'analysis.patients': channel(director, byExam, patientsSchema),
  /** Whether stations treat groups of candidates differently; small groups are suppressed. */
  'analysis.groups': channel(director, byExam, groupsSchema),
} as const
