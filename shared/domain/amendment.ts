import { z } from 'zod'
import { markKindSchema } from './encounter.ts'
import { roleSchema } from './exam.ts'
import { eventIdSchema, personIdSchema } from './ids.ts'
import { sayingSchema, type Saying } from './ledger-event.ts'

/** Who said something; the id is null where the role alone is known. */
const speakerSchema = z.strictObject({
  id: personIdSchema.nullable(),
  name: z.string(),
  role: z.enum([...roleSchema.options, 'system']),
})
export type Speaker = z.infer<typeof speakerSchema>

/** One thing that was said of a subject: by whom, on which laptop, and when by that laptop's clock. */
export const saidSchema = z.strictObject({
  eventId: eventIdSchema,
  says: sayingSchema,
  /** Said by submitting without a word of it. */
  isSilence: z.boolean(),
  by: speakerSchema,
  at: z.iso.datetime(),
  /** Milliseconds from the start of the encounter phase; null outside it. */
  atMs: z.int().min(0).nullable(),
  device: z.string(),
  /** As the director named it; null for one that was never named. */
  laptop: z.string().nullable(),
  own: z.boolean(),
})
export type Said = z.infer<typeof saidSchema>

/** The moment, look-alike or red flag that it is about; null for what is about none. */
const about = z.strictObject({ kind: markKindSchema, type: z.string() }).nullable()

/** What was changed after it was submitted, or decided between laptops; what stood before stays beside it. */
export const amendmentSchema = z.strictObject({
  eventId: eventIdSchema,
  cause: z.enum(['correction', 'conflict']),
  subject: z.string(),
  about,
  /** What it replaces: none where nothing had been said, several where laptops contradicted each other. */
  was: z.array(saidSchema),
  is: sayingSchema,
  by: speakerSchema,
  /** Who signed a correction as the second person. */
  second: speakerSchema.nullable(),
  reason: z.string(),
  at: z.iso.datetime(),
})
export type Amendment = z.infer<typeof amendmentSchema>

/** What two laptops or more say differently of one subject, neither knowing of the other. */
export const conflictSchema = z.strictObject({ subject: z.string(), about, heads: z.array(saidSchema).min(2) })
export type Conflict = z.infer<typeof conflictSchema>

/** Why, unless the value says so itself: a decision about a red flag tells its own reason. */
export const reasonApart = ({ is, reason }: Pick<Amendment, 'is' | 'reason'>): string | null =>
  is.type === 'red-flag.reviewed' && is.review.reason === reason ? null : reason

/** What carries no point: a conflict about it leaves the scores as they are. A red flag can fail a candidate. */
const carriesNoPoint = ({ heads, about }: Conflict): boolean =>
  (about !== null && about.kind !== 'red-flag') || heads.every(({ says }) => words.has(says.type))
const words: ReadonlySet<Saying['type']> = new Set(['note.recorded', 'sp-comment.recorded'])

/** Whether there is no score while laptops stand against each other about one of these. */
export const withholdsScore = (conflicts: readonly Conflict[]): boolean =>
  conflicts.some((conflict) => !carriesNoPoint(conflict))
