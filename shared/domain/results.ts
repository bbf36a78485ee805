import { z } from 'zod'
import { amendmentSchema, conflictSchema } from './amendment.ts'
import { incidentSchema, markSchema, missingSchema } from './encounter.ts'
import { candidateSchema, encounterStatusSchema, examSchema, stationSchema } from './exam.ts'
import { candidateIdSchema, domainIdSchema, encounterIdSchema, itemIdSchema, stationIdSchema } from './ids.ts'
import { rubricSchema } from './rubric.ts'
import { domainScoreSchema, outcomeSchema, scoreSchema, unmetSchema } from './scores.ts'
import { spAnswerSchema } from './sp-form.ts'
import { standardInForceSchema } from './standard.ts'

/** The middle half of a cohort: quartiles of the scores that exist; null below four of them. */
export const quartilesSchema = z.strictObject({
  n: z.int().min(0),
  q1: z.number().nullable(),
  median: z.number().nullable(),
  q3: z.number().nullable(),
})
export type Quartiles = z.infer<typeof quartilesSchema>

/** A behaviour as one candidate showed it in one encounter, with the anchor reached and the next one. */
export const itemFeedbackSchema = z.strictObject({
  itemId: itemIdSchema,
  domainId: domainIdSchema,
  title: z.string(),
  value: z.int(),
  anchor: z.string(),
  /** null at the top of the scale. */
  nextAnchor: z.string().nullable(),
  advice: z.string(),
  note: z.string(),
  /** It is another level than the one that was submitted. */
  corrected: z.boolean(),
})
export type ItemFeedback = z.infer<typeof itemFeedbackSchema>

/** One encounter in the candidate's report. */
export const stationResultSchema = z.strictObject({
  stationId: stationIdSchema,
  encounterId: encounterIdSchema,
  status: encounterStatusSchema,
  score: scoreSchema,
  domains: z.array(domainScoreSchema),
  passed: z.boolean().nullable(),
  globalRating: z.string().nullable(),
  sp: scoreSchema,
  spAnswers: z.array(spAnswerSchema),
  spComment: z.string(),
  marks: z.array(markSchema),
  /** Best and weakest rated behaviour; null where nothing was rated. */
  strength: itemFeedbackSchema.nullable(),
  change: itemFeedbackSchema.nullable(),
  /** What the examiner wrote down of what was said, with the behaviour it stands under; once submitted. */
  quote: z.strictObject({ text: z.string(), title: z.string() }).nullable(),
  /** The examiner's note on the encounter as a whole; empty until it was submitted. */
  generalNote: z.string(),
  missing: z.array(missingSchema),
  /** Length of the encounter phase in milliseconds, extra time included: the right end of the timeline. */
  lengthMs: z.int().min(0),
  /** What of this was corrected after it was submitted, by subject. */
  corrected: z.array(z.string()),
})
export type StationResult = z.infer<typeof stationResultSchema>

export const candidateResultSchema = z.strictObject({
  exam: examSchema,
  standard: standardInForceSchema,
  candidate: candidateSchema,
  stations: z.array(stationSchema),
  rubrics: z.array(rubricSchema),
  outcome: outcomeSchema,
  unmet: unmetSchema,
  /** Mean over the scored stations. */
  score: scoreSchema,
  stationsPassed: z.int().min(0),
  stationsScored: z.int().min(0),
  domains: z.array(
    z.strictObject({
      domainId: domainIdSchema,
      title: z.string(),
      colour: z.string(),
      score: scoreSchema,
      cohort: quartilesSchema,
    }),
  ),
  sp: scoreSchema,
  results: z.array(stationResultSchema),
  strongest: encounterIdSchema.nullable(),
  weakest: encounterIdSchema.nullable(),
  /** Three things to practise, weakest behaviours first, each with where it showed. */
  actionPlan: z.array(
    z.strictObject({
      itemId: itemIdSchema,
      title: z.string(),
      /** Mean level, on a scale of so many points. */
      mean: z.number(),
      points: z.int(),
      n: z.int(),
      advice: z.string(),
      nextAnchor: z.string().nullable(),
      stationNumbers: z.array(z.int()),
    }),
  ),
})
export type CandidateResult = z.infer<typeof candidateResultSchema>

export const cellSchema = z.strictObject({
  encounterId: encounterIdSchema,
  candidateId: candidateIdSchema,
  stationId: stationIdSchema,
  status: encounterStatusSchema,
  /** Behaviours (and the global rating) without a mark, declared missing or not. */
  openItems: z.int().min(0),
  score: scoreSchema,
  passed: z.boolean().nullable(),
  globalRating: z.string().nullable(),
  sp: scoreSchema,
  missing: z.array(missingSchema),
  /** Of how many things laptops say something different, undecided. */
  conflicts: z.int().min(0),
})
export type Cell = z.infer<typeof cellSchema>

/** Something a person should read before results go out. */
export const attentionSchema = z.strictObject({
  kind: z.enum([
    'conflict',
    'red-flag',
    'incident',
    'missing',
    'sp-comment',
    'note-low',
    'note-encounter',
    'absence',
    'partial',
    'disagreement',
  ]),
  encounterId: encounterIdSchema,
  stationNumber: z.int(),
  candidateNumber: z.string(),
  /** What was written; of a behaviour with its title in front. */
  text: z.string(),
  /** The mark that it is about: one declared missing, or a behaviour with a note at the lowest level. */
  item: missingSchema.shape.item.nullable(),
  mark: markSchema.nullable(),
  incident: incidentSchema.nullable(),
  conflict: conflictSchema.nullable(),
})
export type Attention = z.infer<typeof attentionSchema>

const distributionSchema = z.strictObject({
  n: z.int().min(0),
  mean: z.number().nullable(),
  sd: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  quartiles: quartilesSchema,
  /** Counts in ten bins of ten points, 0–10 … 90–100. */
  bins: z.array(z.int().min(0)).length(10),
})
export type Distribution = z.infer<typeof distributionSchema>

export const cohortResultSchema = z.strictObject({
  exam: examSchema,
  standard: standardInForceSchema,
  stations: z.array(stationSchema),
  rubrics: z.array(rubricSchema),
  completeness: z.strictObject({
    planned: z.int(),
    /** Scored stations that a candidate has no encounter at, counted over all candidates. */
    unplanned: z.int(),
    submitted: z.int(),
    open: z.int(),
    scheduled: z.int(),
    absent: z.int(),
    /**
     * Marks that submitted encounters lack, and should hold: every behaviour and the global rating. What is still to come
     * or open lacks nothing yet.
     */
    itemsMissing: z.int(),
    itemsPlanned: z.int(),
    spForms: z.int(),
    /** Things about which laptops contradict each other, undecided. */
    conflicts: z.int().min(0),
  }),
  candidates: z.array(
    z.strictObject({
      candidate: candidateSchema,
      outcome: outcomeSchema,
      unmet: unmetSchema,
      score: scoreSchema,
      stationsPassed: z.int(),
      domains: z.array(domainScoreSchema),
      sp: scoreSchema,
    }),
  ),
  cells: z.array(cellSchema),
  scores: distributionSchema,
  domains: z.array(
    z.strictObject({
      domainId: domainIdSchema,
      title: z.string(),
      colour: z.string(),
      distribution: distributionSchema,
    }),
  ),
  perStation: z.array(
    z.strictObject({
      stationId: stationIdSchema,
      score: distributionSchema,
      sp: distributionSchema,
      passed: z.int(),
      failed: z.int(),
      /** Encounters that have both scores, and each side's mean over them; null where there are none. */
      pairs: z.int(),
      pairedMeans: z.strictObject({ examiner: z.number(), sp: z.number() }).nullable(),
      /** Pearson correlation and mean difference (examiner − SP) over the pairs; null below three. */
      correlation: z.number().nullable(),
      meanDifference: z.number().nullable(),
    }),
  ),
  outcomes: z.strictObject({ pass: z.int(), fail: z.int(), incomplete: z.int(), review: z.int() }),
  attention: z.array(attentionSchema),
  /** Everything that was corrected after it was submitted or decided between laptops, by station and candidate. */
  amendments: z.array(
    z.strictObject({
      stationId: stationIdSchema,
      stationNumber: z.int(),
      candidateNumber: z.string(),
      amendment: amendmentSchema,
    }),
  ),
})
export type CohortResult = z.infer<typeof cohortResultSchema>
