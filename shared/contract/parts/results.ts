import { z } from 'zod'
import { candidateResultSchema, cohortResultSchema } from '#shared/domain/results.ts'
import {
  candidateIdSchema,
  encounterIdSchema,
  eventIdSchema,
  examIdSchema,
  jobIdSchema,
  momentIdSchema,
  personIdSchema,
} from '#shared/domain/ids.ts'
import { MAX_CHART_BYTES } from '../limits.ts'
import { channel, fileRefSchema, jobSchema, nothing, uploadUpTo } from './common.ts'
import { redFlagReviewSchema } from '#shared/domain/encounter.ts'
import { encounterRecordSchema, spRecordSchema } from '#shared/domain/encounter-record.ts'
import { MOST_HEADS, correctionSchema } from '#shared/domain/ledger-event.ts'
import { savedSchema } from './encounters.ts'

const director = ['director'] as const
const byExam = z.strictObject({ examId: examIdSchema })

/** What leaves: without `names` nobody stands in it by name. */
const leaving = byExam.extend({ names: z.boolean().optional() })

/** What was recorded in an encounter, the SP's part too. */
export const encounterResultSchema = encounterRecordSchema.extend({ sp: spRecordSchema })
export type EncounterResult = z.infer<typeof encounterResultSchema>

/** A red flag that was reviewed is decided anew: the second person reviews, for the reason that is given. */
const decidedAnew = z.strictObject({
  type: z.literal('red-flag.reviewed'),
  markId: momentIdSchema,
  decision: redFlagReviewSchema.shape.decision,
})

const deed = z.strictObject({ encounterId: encounterIdSchema, eventId: eventIdSchema })
/** Blank is refused with a sentence of its own. */
const reason = z.string().max(500)
const pin = z.string().max(64)

export const resultChannels = {
  /** Completeness first, then scores and outcomes of everybody, and what needs a look. */
  'results.cohort': channel(director, byExam, cohortResultSchema),
  /** The page of one candidate; the report prints the same. */
  'results.candidate': channel(
    director,
    z.strictObject({ examId: examIdSchema, candidateId: candidateIdSchema }),
    candidateResultSchema,
  ),
  /** What was recorded so far; its scores are the cohort's to tell, once it is submitted. */
  'results.encounter': channel(director, z.strictObject({ encounterId: encounterIdSchema }), encounterResultSchema),
  /**
   * The first review of a red flag, before the encounter was submitted too: a second person to whoever raised it decides
   * with a reason and signs with their PIN. An examiner or a director of the exam, the one who sits there as well.
   */
  'redFlag.review': channel(
    director,
    deed.extend({
      markId: momentIdSchema,
      decision: redFlagReviewSchema.shape.decision,
      reason,
      reviewerId: personIdSchema,
      pin,
    }),
    savedSchema,
  ),
  /**
   * Changes a mark after it was submitted, the review of a red flag at any time, or gives a mark that was missing: with a reason, and signed by a second person, an
   * examiner or another director of the exam, with their PIN. A closing statement that was made before still holds.
   */
  'mark.correct': channel(
    director,
    deed.extend({
      says: z.union([correctionSchema, decidedAnew]),
      reason,
      secondId: personIdSchema,
      pin,
    }),
    savedSchema,
  ),
  /**
   * Decides between what laptops say differently. `heads` are all that was seen to stand against each other, so that
   * nothing is decided that came meanwhile; `chosen` is the one of them that stands from here on.
   */
  'conflict.resolve': channel(
    director,
    deed.extend({ heads: z.array(eventIdSchema).min(2).max(MOST_HEADS), chosen: eventIdSchema, reason }),
    savedSchema,
  ),

  'report.candidate': channel(
    director,
    z.strictObject({ examId: examIdSchema, candidateId: candidateIdSchema }),
    fileRefSchema,
  ),
  /** One ZIP with a PDF for each candidate, named by candidate number. */
  'report.feedbackBatch': channel(director, byExam, jobSchema),
  'report.cohort': channel(director, leaving, jobSchema),
  /** One ZIP with a letter to each examiner about their own marking, named by examiner. */
  'report.examiners': channel(director, byExam, jobSchema),
  /** What is signed at the end of a session: an examiner's own exam, as this device holds it. No score stands on it. */
  'report.session': channel(['director', 'examiner'], byExam, fileRefSchema),
  /**
   * A chart as a screen drew it, to be saved: its name, without what is after the dot. `namesOf`: the exam whose people
   * stand in it by name or number; null: nobody does.
   */
  'export.chart': channel(
    director,
    uploadUpTo(MAX_CHART_BYTES).extend({ kind: z.enum(['svg', 'png']), namesOf: examIdSchema.nullable() }),
    fileRefSchema,
  ),
  /** Told before a table of the analysis is copied in which people of the exam stand by name or number. */
  'export.tableCopied': channel(director, byExam, nothing),
  /** A table of marks to begin from (CSV), which the analysis of a file reads. */
  'export.marksTemplate': channel(director, z.strictObject({ layout: z.enum(['long', 'wide']) }), fileRefSchema),
  'export.ratings': channel(director, leaving, fileRefSchema),
  'export.results': channel(director, leaving, fileRefSchema),

  'job.list': channel(director, nothing, z.array(jobSchema)),
  'job.cancel': channel(director, z.strictObject({ jobId: jobIdSchema }), jobSchema),
} as const
