import { z } from 'zod'
import { clockSnapshotSchema } from '#shared/clock/snapshot.ts'
import { clockCommandSchema } from '#shared/clock/state.ts'
import {
  incidentKindSchema,
  markKindSchema,
  markSchema,
  missingSchema,
  ratingValueSchema,
  spFormStatusSchema,
} from '#shared/domain/encounter.ts'
import { encounterRecordSchema } from '#shared/domain/encounter-record.ts'
import {
  candidateSchema,
  cueSchema,
  encounterSlotSchema,
  encounterStatusSchema,
  personSchema,
  stationSchema,
} from '#shared/domain/exam.ts'
import {
  candidateIdSchema,
  encounterIdSchema,
  eventIdSchema,
  examIdSchema,
  itemIdSchema,
  momentIdSchema,
} from '#shared/domain/ids.ts'
import { rubricSchema } from '#shared/domain/rubric.ts'
import { domainScoreSchema, scoreSchema } from '#shared/domain/scores.ts'
import { phaseSchema } from '#shared/domain/timing.ts'
import { spAnswerSchema, spAnswerValueSchema, spStatementSchema } from '#shared/domain/sp-form.ts'
import { channel, nothing } from './common.ts'

const examiner = ['examiner', 'director'] as const
/** What is judged is judged by the person assigned alone: so a red flag has a name that its review must not have. */
const rater = ['examiner'] as const
const sp = ['sp'] as const
const byEncounter = z.strictObject({ encounterId: encounterIdSchema })

/**
 * Milliseconds from the start of the encounter at which a mark was made, where it may reach the disk later; null: made
 * before the encounter began; absent: now.
 */
const madeAtMs = z.int().min(0).nullable().optional()

/** What is marked belongs to the candidate as confirmed then: by the event of that confirmation. Absent: whoever is now. */
const confirmation = eventIdSchema.optional()

/** What every write says: to which encounter it belongs, and which event it is, so that sent again it is the same one. */
const deed = byEncounter.extend({ eventId: eventIdSchema })
const markDeed = deed.extend({ confirmation })

/** What a write answers once it is on disk. */
export const savedSchema = z.strictObject({
  eventId: eventIdSchema,
  /** Milliseconds from the start of the encounter phase; null outside it. */
  atMs: z.int().min(0).nullable(),
})
export type Saved = z.infer<typeof savedSchema>

export const scheduleRowSchema = z.strictObject({
  slot: encounterSlotSchema,
  stationNumber: z.int(),
  stationTitle: z.string(),
  candidateNumber: z.string(),
  candidateName: z.string(),
  status: encounterStatusSchema,
  /** Behaviours without a mark in an open encounter, the global rating counted in; else 0. */
  openItems: z.int(),
  spStatus: spFormStatusSchema,
})
export type ScheduleRow = z.infer<typeof scheduleRowSchema>

/** The app was away while the clock of an encounter ran on: for how long, and what that took from which phase. */
export const awaySchema = z.strictObject({
  ms: z.int().min(0),
  lost: z.strictObject({ phase: phaseSchema, ms: z.int().min(0) }),
})
export type Away = z.infer<typeof awaySchema>

export const encounterViewSchema = z.strictObject({
  slot: encounterSlotSchema,
  station: stationSchema,
  candidate: candidateSchema,
  rubric: rubricSchema,
  record: encounterRecordSchema,
  clock: clockSnapshotSchema,
  away: awaySchema.nullable(),
  /** The standardized patients of the station: one of them gets the device. */
  sps: z.array(personSchema.pick({ id: true, name: true })),
})
export type EncounterView = z.infer<typeof encounterViewSchema>

/** Shown only after the global rating was given and the encounter submitted. */
export const encounterScoresSchema = z.strictObject({ station: scoreSchema, domains: z.array(domainScoreSchema) })
export type EncounterScores = z.infer<typeof encounterScoresSchema>

export const spScheduleRowSchema = z.strictObject({
  slot: encounterSlotSchema,
  stationNumber: z.int(),
  stationTitle: z.string(),
  candidateNumber: z.string(),
  spStatus: spFormStatusSchema,
  /** Once it is open it can be rated. */
  status: encounterStatusSchema,
})
export type SpScheduleRow = z.infer<typeof spScheduleRowSchema>

export const spFormSchema = z.strictObject({
  encounterId: encounterIdSchema,
  stationNumber: z.int(),
  stationTitle: z.string(),
  candidateNumber: z.string(),
  heavy: z.boolean(),
  answers: z.array(spAnswerSchema),
  comment: z.string(),
  /** As in the encounter's record. */
  confirmation: eventIdSchema.nullable(),
  status: spFormStatusSchema,
  /** The exam is closed: the form is read, not changed. */
  closed: z.boolean(),
})
export type SpForm = z.infer<typeof spFormSchema>

/** What a standardized patient reads of a station to play it; nothing of how it is rated. */
export const spPartSchema = stationSchema
  .pick({ number: true, title: true, heavy: true, spBrief: true, script: true })
  .extend({ cues: z.array(cueSchema.shape.text) })

export const encounterChannels = {
  /** An examiner sees the encounters of own stations, a director all of them. */
  'encounter.schedule': channel(examiner, z.strictObject({ examId: examIdSchema }), z.array(scheduleRowSchema)),
  'encounter.open': channel(examiner, byEncounter, encounterViewSchema),
  'encounter.confirmIdentity': channel(examiner, deed, encounterRecordSchema),
  /** The wrong candidate was confirmed. Refused while a mark stands; the clock goes back to not started. */
  'encounter.withdrawIdentity': channel(examiner, deed, encounterRecordSchema),
  'encounter.declareAbsent': channel(
    examiner,
    deed.extend({ reason: z.string().trim().min(3).max(300) }),
    encounterRecordSchema,
  ),
  'encounter.withdrawAbsence': channel(examiner, deed, encounterRecordSchema),
  /** Finishes the encounter. Every item has a mark or is declared missing with a reason; the global rating too. */
  'encounter.submit': channel(
    examiner,
    deed.extend({ missing: z.array(missingSchema).max(40) }),
    encounterScoresSchema,
  ),
  'encounter.scores': channel(examiner, byEncounter, encounterScoresSchema),

  /** An SP hears the signals of the own station too. */
  'clock.get': channel([...examiner, ...sp], byEncounter, clockSnapshotSchema),
  /** The numbers of the stations at which the candidate's time of the encounter is already measured, to its end. */
  'clock.ofCandidate': channel(['director'], z.strictObject({ candidateId: candidateIdSchema }), z.array(z.int())),
  /** Time is given back once only, and only while nobody has touched the clock since the app came back. */
  'clock.command': channel(examiner, deed.extend({ command: clockCommandSchema }), clockSnapshotSchema),
  /** What the clock lost while the app was away stays lost: no window asks about it any more. */
  'clock.leaveLost': channel(examiner, byEncounter, z.strictObject({})),

  'rating.record': channel(
    rater,
    markDeed.extend({
      itemId: itemIdSchema,
      /** null takes the mark back. */
      value: ratingValueSchema.nullable(),
      madeAtMs,
    }),
    savedSchema,
  ),
  'globalRating.record': channel(rater, markDeed.extend({ value: z.string().max(40).nullable() }), savedSchema),
  'note.record': channel(
    rater,
    markDeed.extend({ itemId: itemIdSchema.nullable(), text: z.string().max(2000) }),
    savedSchema,
  ),
  'mark.make': channel(
    rater,
    markDeed.extend({ markId: momentIdSchema, kind: markKindSchema, type: z.string().max(40), madeAtMs }),
    markSchema,
  ),
  'mark.annotate': channel(
    rater,
    markDeed.extend({ markId: momentIdSchema, cue: z.int().min(0).max(5).nullable(), quote: z.string().max(500) }),
    savedSchema,
  ),
  'mark.undo': channel(rater, markDeed.extend({ markId: momentIdSchema }), savedSchema),
  'incident.record': channel(
    examiner,
    deed.extend({ kind: incidentKindSchema, text: z.string().trim().min(1).max(500), madeAtMs }),
    savedSchema,
  ),

  'sp.schedule': channel(sp, nothing, z.array(spScheduleRowSchema)),
  /** The parts of the own stations, in the order of their numbers. */
  'sp.parts': channel(sp, nothing, z.array(spPartSchema)),
  'sp.open': channel(sp, byEncounter, spFormSchema),
  'sp.answer': channel(
    sp,
    markDeed.extend({ statement: spStatementSchema, value: spAnswerValueSchema.nullable() }),
    savedSchema,
  ),
  'sp.comment': channel(sp, markDeed.extend({ text: z.string().max(1000) }), savedSchema),
  'sp.submit': channel(sp, deed, spFormSchema),
} as const
