import { z } from 'zod'
import {
  incidentKindSchema,
  markKindSchema,
  missingSchema,
  ratingValueSchema,
  redFlagReviewSchema,
  reviewerNameSchema,
} from './encounter.ts'
import { examStatusSchema, roleSchema } from './exam.ts'
import { goneOnSchema } from './gone-on.ts'
import {
  candidateIdSchema,
  encounterIdSchema,
  eventIdSchema,
  examIdSchema,
  itemIdSchema,
  momentIdSchema,
  personIdSchema,
  stationIdSchema,
} from './ids.ts'
import { setUpHashSchema, signedStatementSchema } from './proof.ts'
import { setUpChangeSchemas } from './set-up-change.ts'
import { standardSchema } from './standard.ts'
import { spAnswerValueSchema, spStatementSchema } from './sp-form.ts'

/** Eight letters that stand for a laptop's key. */
const keyCode = z.string().regex(/^[A-Z\d-]{1,20}$/)

/** Why something was changed after it was submitted. */
export const amendmentReasonSchema = z.string().trim().min(1).max(500)

const clock = z.record(z.string(), z.unknown())

/** Hybrid logical clock: "<13 digits of wall ms>-<4 hex of counter>-<device>"; sorts as text. */
const hlcSchema = z.string().regex(/^\d{13}-[0-9a-f]{4}-[0-9A-Za-z-]{1,64}$/)

/** As many laptops as an exam may have, and half of them twice. */
export const MOST_HEADS = 200

/**
 * What of the encounter was in sight; not told in events of before 2026-12. `upTo`: of each laptop the newest stamp
 * before which nothing of it was missing; `beyond`: the stamps of what lay behind a gap.
 */
const heard = z.strictObject({ upTo: z.array(hlcSchema).max(MOST_HEADS), beyond: z.array(hlcSchema).max(2000) })
export type Heard = z.infer<typeof heard>

/**
 * What can be said of one thing in one way only: said again, it replaces what was said before. A null value takes back
 * what stood there. These are the marks: what may be corrected after it was submitted.
 */
const marks = [
  z.strictObject({ type: z.literal('rating.recorded'), itemId: itemIdSchema, value: ratingValueSchema.nullable() }),
  z.strictObject({ type: z.literal('note.recorded'), itemId: itemIdSchema.nullable(), text: z.string().max(2000) }),
  z.strictObject({
    type: z.literal('mark.annotated'),
    markId: momentIdSchema,
    cue: z.int().min(0).max(5).nullable(),
    quote: z.string().max(500),
  }),
  z.strictObject({ type: z.literal('mark.undone'), markId: momentIdSchema }),
  z.strictObject({ type: z.literal('global-rating.recorded'), value: z.string().max(40).nullable() }),
  z.strictObject({
    type: z.literal('sp-answer.recorded'),
    statement: spStatementSchema,
    value: spAnswerValueSchema.nullable(),
  }),
  z.strictObject({ type: z.literal('sp-comment.recorded'), text: z.string().max(1000) }),
] as const
/** One that was forgotten, and is added after it was submitted: no event of its own, only what a correction says. */
const added = z.strictObject({
  type: z.literal('mark.added'),
  markId: momentIdSchema,
  kind: markKindSchema,
  markType: z.string().min(1).max(40),
  /** About where in the encounter it happened, in milliseconds from its start. */
  atMs: z.int().min(0),
  cue: z.int().min(0).max(5).nullable(),
  quote: z.string().max(500),
})
export const correctionSchema = z.discriminatedUnion('type', [...marks, added])
export type Correction = z.infer<typeof correctionSchema>

const sayings = [
  ...marks,
  z.strictObject({
    type: z.literal('red-flag.reviewed'),
    markId: momentIdSchema,
    review: redFlagReviewSchema.extend({
      /**
       * Under which id the reviewer's name stands in `identity`, where no name is written here: that of the person who
       * signed with a PIN. In reviews from before a PIN was asked for it is the event's, for a name that was typed.
       */
      reviewerId: z.union([personIdSchema, eventIdSchema]).optional(),
      /** As it was written before names stood apart; before they were asked for there is neither. */
      reviewer: reviewerNameSchema.optional(),
    }),
  }),
  z.strictObject({
    type: z.literal('encounter.submitted'),
    missing: z.array(missingSchema).max(100),
    heard: heard.optional(),
  }),
  z.strictObject({ type: z.literal('absence.declared'), reason: z.string().trim().min(3).max(300) }),
  z.strictObject({ type: z.literal('absence.withdrawn') }),
  z.strictObject({
    type: z.literal('identity.confirmed'),
    /** Who stood where, so that the marks are nobody else's; not told in events of before 2026-12. */
    candidateId: candidateIdSchema.optional(),
    stationId: stationIdSchema.optional(),
  }),
  /** Somebody else was at the door: the encounter is as it was before, its clock too. */
  z.strictObject({ type: z.literal('identity.withdrawn') }),
] as const
export const sayingSchema = z.discriminatedUnion('type', [...sayings, added])
export type Saying = z.infer<typeof sayingSchema>

/** What can happen in an encounter. */
const encounterPayloadSchema = z.discriminatedUnion('type', [
  ...sayings,
  z.strictObject({ type: z.literal('clock.changed'), state: clock, reading: clock }),
  z.strictObject({
    type: z.literal('mark.made'),
    markId: momentIdSchema,
    kind: markKindSchema,
    markType: z.string().max(40),
  }),
  z.strictObject({
    type: z.literal('incident.recorded'),
    kind: incidentKindSchema,
    text: z.string().trim().min(1).max(500),
  }),
  z.strictObject({ type: z.literal('sp-form.submitted'), heard: heard.optional() }),
  z.strictObject({
    type: z.literal('mark.amended'),
    /** Corrected after it was submitted, or decided between what two laptops say. */
    cause: z.enum(['correction', 'conflict']),
    /** What stands from here on, and who had said so and when in the encounter; a correction is by whoever made it. */
    says: sayingSchema,
    saidBy: personIdSchema.nullable(),
    saidAtMs: z.int().min(0).nullable(),
    reason: amendmentReasonSchema,
    /** Who signed a correction as the second person. */
    secondId: personIdSchema.nullable(),
    heard: heard.optional(),
  }),
])
export type EncounterPayload = z.infer<typeof encounterPayloadSchema>

/** What outcomes are judged by from here on; what stood before stays in the ledger. */
export const standardDecidedSchema = z.strictObject({
  type: z.literal('standard.decided'),
  standard: standardSchema,
  reason: amendmentReasonSchema,
})

/** What is done about an exam as a whole, or about this installation. Ids alone: never a name. */
export const administrativePayloadSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('exam.status-changed'),
    status: examStatusSchema,
    /** What stands for the set-up as it was then; not told of an exam that is in preparation again. */
    setUp: setUpHashSchema,
  }),
  standardDecidedSchema,
  /** Name and number are gone, on purpose and for good. */
  z.strictObject({ type: z.literal('candidate.erased'), candidateId: candidateIdSchema }),
  z.strictObject({ type: z.literal('exam.names-erased') }),
  /**
   * The data was exchanged: for the backup of this file name, or, where that is null, for what an undoing brought back.
   * `missing`: how many events went aside with the other data; null where they could not be counted.
   */
  z.strictObject({
    type: z.literal('backup.restored'),
    backup: z.string().max(255).nullable(),
    missing: z.int().min(0).nullable(),
    /** Absent: none did. */
    goneOn: z.array(goneOnSchema).optional(),
  }),
  z.strictObject({ type: z.literal('package.exported'), examId: examIdSchema }),
  /** When the director's clock said that it was made. */
  z.strictObject({
    type: z.literal('package.imported'),
    examId: examIdSchema,
    exportedAt: z.iso.datetime(),
    /** By whose key it is signed; not told in events of before 2026-12. */
    signer: keyCode.optional(),
    /** What stands for the set-up that came with it; not told of an exam that is still in preparation. */
    setUp: setUpHashSchema,
  }),
  /** Somebody compared the letters of whoever signed: the director's, or somebody else's, and then the exam is gone. */
  z.strictObject({ type: z.literal('package.compared'), examId: examIdSchema, signer: keyCode, same: z.boolean() }),
  /** Why: a code of the contract. */
  z.strictObject({ type: z.literal('package.refused'), problem: z.string().max(40) }),
  /** What this laptop recorded of an exam was saved for its director, or put into a folder. */
  z.strictObject({ type: z.literal('bundle.exported'), examId: examIdSchema, events: z.int().min(0) }),
  z.strictObject({
    type: z.literal('bundle.imported'),
    examId: examIdSchema,
    devices: z.array(z.string().max(64)).max(100),
    /** How far each of their chains was here without a gap after it; not told in events of before 2026-12. */
    heads: z
      .array(
        z.strictObject({
          device: z.string().max(64),
          seq: z.int().min(1),
          hash: z.string().regex(/^[0-9a-f]{64}$/),
        }),
      )
      .max(100)
      .optional(),
    added: z.int().min(0),
    known: z.int().min(0),
  }),
  /**
   * Why: a code of the contract; and the letters of the laptop that signed it, where that could be read. The name of the
   * file is not told: whoever saved it chose that, it may be a person's, and no erasing would reach it here.
   */
  z.strictObject({ type: z.literal('bundle.refused'), problem: z.string().max(40), code: keyCode.optional() }),
  /** The letters of a laptop were compared: what its key signs is believed from now on. Its name stands elsewhere. */
  z.strictObject({ type: z.literal('laptop.trusted'), code: keyCode, devices: z.array(z.string().max(64)).max(100) }),
  z.strictObject({ type: z.literal('laptop.renamed'), code: keyCode }),
  /** Its name was taken away: its next bundle is a stranger's. */
  z.strictObject({ type: z.literal('laptop.released'), code: keyCode }),
  /** A file, or a copied table, in which people stand by their names was made on purpose. Of which exam; null: about the installation. */
  z.strictObject({
    type: z.literal('names.exported'),
    examId: examIdSchema.nullable(),
    what: z.enum([
      'ratings',
      'results',
      'cohort',
      'feedback',
      'feedback-of-all',
      'examiners',
      'audit',
      'exam',
      'chart',
      // Of the analysis, copied.
      'table',
    ]),
    form: z.enum(['csv', 'pdf', 'zip', 'json', 'svg', 'png', 'clipboard']),
    /** Whose feedback. */
    candidateId: candidateIdSchema.optional(),
  }),
  z.strictObject({ type: z.literal('retention.set'), examId: examIdSchema, date: z.iso.date().nullable() }),
  /** The second folder for backups: another one was set, or it was taken away. Its path may hold a name. */
  z.strictObject({ type: z.literal('second-folder.changed'), set: z.boolean() }),
  z.strictObject({ type: z.literal('data.encrypted') }),
  z.strictObject({ type: z.literal('data.decrypted') }),
  z.strictObject({ type: z.literal('data.passphrase-changed') }),
  /** The closing statement of an exam. It stands in the chain of the installation, so that it outlives the exam's own. */
  z.strictObject({ type: z.literal('exam.stated'), signed: signedStatementSchema }),
  /** The closing statement that another laptop made of what it held, come with its bundle. */
  z.strictObject({ type: z.literal('statement.received'), signed: signedStatementSchema }),
  /** Somebody signed in, or unlocked a window. */
  z.strictObject({ type: z.literal('session.began') }),
  z.strictObject({ type: z.literal('session.ended') }),
  /** "new-pin": somebody got another PIN, and is asked for it. */
  z.strictObject({ type: z.literal('session.locked'), cause: z.enum(['idle', 'asked', 'new-pin']) }),
  /**
   * A PIN or the recovery key was wrong. In whose name; null for somebody who is not here, and for the recovery key.
   * `waitSeconds`: until the next try counts.
   */
  z.strictObject({
    type: z.literal('sign-in.refused'),
    with: z.enum(['pin', 'recovery-key']),
    personId: personIdSchema.nullable(),
    waitSeconds: z.int().min(0),
  }),
  /** How many of these events, from "session.began" on, a disk that took no writes kept out. */
  z.strictObject({ type: z.literal('sign-ins.unrecorded'), count: z.int().min(1) }),
  z.strictObject({
    type: z.literal('pin.set'),
    personId: personIdSchema,
    cause: z.enum(['handed-out', 'changed', 'recovered']),
  }),
  z.strictObject({ type: z.literal('recovery-key.made') }),
  z.strictObject({ type: z.literal('director.added'), personId: personIdSchema }),
  z.strictObject({ type: z.literal('director.renamed'), personId: personIdSchema }),
  z.strictObject({ type: z.literal('director.removed'), personId: personIdSchema }),
  ...setUpChangeSchemas,
])
export type AdministrativePayload = z.infer<typeof administrativePayloadSchema>

const stampSchema = z.strictObject({
  id: eventIdSchema,
  /** The installation that wrote it, and its place in that installation's sequence of the exam (1, 2, 3 …, no gaps). */
  device: z.string().regex(/^[0-9A-Za-z-]{1,64}$/),
  seq: z.int().min(1),
  hlc: hlcSchema,
  /** Who did it; null where the role alone is known, and for what the app did by itself ("system"). */
  raterId: personIdSchema.nullable(),
  role: z.enum([...roleSchema.options, 'system']),
  /** Milliseconds from the start of the encounter phase on the monotonic clock; null outside it. */
  offsetMs: z.int().min(0).nullable(),
  /** The events whose value this one replaces. */
  supersedes: z.array(eventIdSchema).max(MOST_HEADS),
})

const encounterEventSchema = stampSchema.extend({
  examId: examIdSchema,
  encounterId: encounterIdSchema,
  payload: encounterPayloadSchema,
})
export type EncounterEvent = z.infer<typeof encounterEventSchema>

/** What an encounter adds up to is made of this much of its events. */
export type FoldedEvent = Pick<
  EncounterEvent,
  'id' | 'device' | 'hlc' | 'encounterId' | 'raterId' | 'offsetMs' | 'supersedes' | 'payload'
>

const administrativeEventSchema = stampSchema.extend({
  /** null: it is about the installation. */
  examId: examIdSchema.nullable(),
  encounterId: z.null(),
  payload: administrativePayloadSchema,
})

/** One line of the ledger: appended once, never changed. */
export const ledgerEventSchema = z.union([encounterEventSchema, administrativeEventSchema])
export type LedgerEvent = z.infer<typeof ledgerEventSchema>
