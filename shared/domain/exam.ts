import { z } from 'zod'
import {
  candidateIdSchema,
  domainIdSchema,
  encounterIdSchema,
  examIdSchema,
  personIdSchema,
  stationIdSchema,
} from './ids.ts'
import { rubricRefSchema } from './rubric.ts'
import { timingPlanSchema } from './timing.ts'

const line = (max: number) => z.string().trim().max(max)
const required = (max: number) => z.string().trim().min(1).max(max)

export const roleSchema = z.enum(['director', 'examiner', 'sp'])
export type Role = z.infer<typeof roleSchema>

/** How marks become an outcome; declared before the exam, stored with it. Scores run from 0 to 100. */
export const passRuleSchema = z.strictObject({
  /** The mean over the scored stations must reach this, and a station counts as passed from here on. */
  passMark: z.number().min(0).max(100),
  /** How many stations must be passed as well; 0: none. */
  minStationsPassed: z.int().min(0).max(60),
})
export type PassRule = z.infer<typeof passRuleSchema>

export const examStatusSchema = z.enum(['draft', 'running', 'closed'])
export const paperSchema = z.enum(['A4', 'LETTER'])
export type Paper = z.infer<typeof paperSchema>

/** What a director edits of an exam itself. */
export const examFieldsSchema = z.strictObject({
  title: required(120),
  /** Day of the exam, ISO "YYYY-MM-DD". */
  heldOn: z.iso.date(),
  site: line(120),
  paper: paperSchema,
  timing: timingPlanSchema,
  passRule: passRuleSchema,
})
export type ExamFields = z.infer<typeof examFieldsSchema>

export const examSchema = examFieldsSchema.extend({
  id: examIdSchema,
  status: examStatusSchema,
  /** True for the sample exam: printed on every page and shown on every screen. */
  sample: z.boolean(),
})
export type Exam = z.infer<typeof examSchema>

/** An empathic opportunity that the standardized patient will give. */
export const cueSchema = z.strictObject({
  text: required(300),
  lookFor: line(300),
  /** What it asks for: a domain of the station's rubric. Left out where it asks for none, so what was stated before stands. */
  domain: z.exactOptional(domainIdSchema),
})
export type Cue = z.infer<typeof cueSchema>

export const stationFieldsSchema = z.strictObject({
  /** Stations of one circuit run at the same time; circuits run one after another. */
  circuit: z.int().min(1).max(9),
  kind: z.enum(['scored', 'rest']),
  title: required(80),
  /** What the candidate reads at the door. */
  candidateTask: line(2000),
  /** What the examiner reads: what to look for. */
  examinerBrief: line(4000),
  /** The script: who the patient is, what they say, how it unfolds. */
  script: line(12_000),
  /** How to play it: affect, limits, when to give the cues. */
  spBrief: line(4000),
  cues: z.array(cueSchema).max(6),
  /** What the patient cannot change alone: work hours, transport, rent, insurance. */
  structuralBarriers: z.array(required(200)).max(8),
  rubric: rubricRefSchema.nullable(),
  /** Emotionally heavy to play: the planner gives it breaks, the SP a de-role prompt. */
  heavy: z.boolean(),
})
export type StationFields = z.infer<typeof stationFieldsSchema>

export const stationSchema = stationFieldsSchema.extend({
  id: stationIdSchema,
  examId: examIdSchema,
  /** 1, 2, 3 … over the whole exam; the number on the door. */
  number: z.int().min(1).max(60),
})
export type Station = z.infer<typeof stationSchema>

/** Stands where a name was erased. */
export const NAMELESS = '—'

export const candidateFieldsSchema = z.strictObject({
  /** The number on the candidate's badge, unique in the exam. */
  number: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,19}$/),
  name: required(120),
  group: line(60),
  /** Accommodation: extra time in every encounter, in percent of its length. */
  extraTimePercent: z.int().min(0).max(200),
})
export type CandidateFields = z.infer<typeof candidateFieldsSchema>

export const candidateSchema = candidateFieldsSchema.extend({ id: candidateIdSchema, examId: examIdSchema })
export type Candidate = z.infer<typeof candidateSchema>

export const personFieldsSchema = z.strictObject({
  role: z.enum(['examiner', 'sp']),
  name: required(120),
  /** The stations this person is assigned to. */
  stationIds: z.array(stationIdSchema).max(60),
})
export type PersonFields = z.infer<typeof personFieldsSchema>

export const personSchema = personFieldsSchema.extend({ id: personIdSchema, examId: examIdSchema })
export type Person = z.infer<typeof personSchema>

/**
 * Where an encounter stands. "scheduled": nobody came yet; "open": identity confirmed, marks may come;
 * "submitted": the examiner finished; "absent": the candidate did not come, declared with a reason.
 */
export const encounterStatusSchema = z.enum(['scheduled', 'open', 'submitted', 'absent'])
export type EncounterStatus = z.infer<typeof encounterStatusSchema>

/** One candidate at one station in one round. */
export const encounterSlotSchema = z.strictObject({
  id: encounterIdSchema,
  examId: examIdSchema,
  stationId: stationIdSchema,
  candidateId: candidateIdSchema,
  /** 1, 2, 3 … over the whole day. */
  round: z.int().min(1),
  /** Planned start, seconds after midnight of the exam's day. */
  startsAtSecond: z.int().min(0),
})
export type EncounterSlot = z.infer<typeof encounterSlotSchema>
