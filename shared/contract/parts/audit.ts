import { z } from 'zod'
import { auditKindSchema } from '#shared/domain/audit.ts'
import { roleSchema } from '#shared/domain/exam.ts'
import { candidateIdSchema, eventIdSchema, examIdSchema, personIdSchema, stationIdSchema } from '#shared/domain/ids.ts'
import { channel, fileRefSchema } from './common.ts'

const director = ['director'] as const
const byExam = z.strictObject({ examId: examIdSchema })
const device = z.string().regex(/^[0-9A-Za-z-]{1,64}$/)
const actorSchema = z.enum([...roleSchema.options, 'system'])

/** Which entries of the audit view; null: whatever it is. */
export const auditFilterSchema = z.strictObject({
  /** null: what is about the installation. */
  examId: examIdSchema.nullable(),
  personId: personIdSchema.nullable(),
  candidateId: candidateIdSchema.nullable(),
  stationId: stationIdSchema.nullable(),
  kind: auditKindSchema.nullable(),
  device: device.nullable(),
  /** Included; `to` is not. */
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
  /** Words that all stand in what is shown; empty: no search. */
  text: z.string().max(100),
})
export type AuditFilter = z.infer<typeof auditFilterSchema>

export const auditEntrySchema = z.strictObject({
  id: eventIdSchema,
  /** Its place in the order of all events. */
  stamp: z.string().max(100),
  at: z.iso.datetime(),
  device,
  /** Its number among the events of its device. */
  seq: z.int().min(1),
  /** null where the role alone is known. */
  person: z.string().nullable(),
  role: actorSchema,
  kind: auditKindSchema,
  candidate: z.string().nullable(),
  station: z.int().nullable(),
  /** What was done, to stand behind the name. What people wrote is isolated (U+2068 … U+2069). */
  did: z.string(),
  was: z.string().nullable(),
  is: z.string().nullable(),
})
export type AuditEntry = z.infer<typeof auditEntrySchema>

export const auditPageSchema = z.strictObject({
  entries: z.array(auditEntrySchema),
  /** Where the next page begins; null on the last. */
  older: z.string().max(100).nullable(),
  /** null where a text is searched for. */
  total: z.int().min(0).nullable(),
})
export type AuditPage = z.infer<typeof auditPageSchema>

/** What can be chosen in the filter. */
const auditChoicesSchema = z.strictObject({
  people: z.array(z.strictObject({ id: personIdSchema, name: z.string(), role: z.string() })),
  candidates: z.array(z.strictObject({ id: candidateIdSchema, number: z.string() })),
  stations: z.array(z.strictObject({ id: stationIdSchema, number: z.int(), title: z.string() })),
  /** `name`: of a laptop that the director named. */
  devices: z.array(z.strictObject({ device, own: z.boolean(), name: z.string().nullable() })),
})
export type AuditChoices = z.infer<typeof auditChoicesSchema>

const statementCheckSchema = z.strictObject({
  examId: examIdSchema,
  /** Of the exam; empty where it is gone. */
  exam: z.string(),
  statedAt: z.iso.datetime(),
  code: z.string(),
  keyCode: z.string(),
  eventsAfter: z.int().min(0),
  problem: z.enum(['forged', 'other-key', 'cut', 'rewritten', 'miscounted', 'set-up-changed']).nullable(),
})

/** Where the ledger does not hold. */
export const brokenEventSchema = z.strictObject({
  /** null for one that is gone. */
  id: z.string().nullable(),
  device: z.string(),
  seq: z.int(),
  problem: z.enum(['altered', 'unlinked', 'gap', 'removed', 'replaced']),
})
export type BrokenPlace = z.infer<typeof brokenEventSchema>

/** What a walk through the whole ledger found. */
export const ledgerCheckSchema = z.strictObject({
  sound: z.boolean(),
  events: z.int().min(0),
  chains: z.array(
    z.strictObject({
      device,
      own: z.boolean(),
      examId: examIdSchema.nullable(),
      exam: z.string(),
      events: z.int().min(1),
      missing: z.int().min(0),
      code: z.string(),
    }),
  ),
  /** The first event that does not hold. */
  broken: brokenEventSchema
    .extend({
      /** What it says now; null where it says nothing that can be read. */
      says: z.string().nullable(),
    })
    .nullable(),
  /** What the screens show and the ledger does not say: how many rows, and the events of the first of them in words. */
  differing: z.int().min(0),
  differingSay: z.array(z.string()),
  statements: z.array(statementCheckSchema),
  /**
   * Exams whose set-up or status is another than the ledger says, with the event that last told of it in words, and
   * those whose closing statement is gone, with the close.
   */
  setUps: z.array(
    z.strictObject({
      exam: z.string(),
      problem: z.enum(['set-up', 'status', 'unstated']),
      says: z.string().nullable(),
    }),
  ),
  /** What the code that was typed stood for: undefined where none was, null where it never stood for what is here. */
  found: z
    .strictObject({ exam: z.string().nullable(), writtenAt: z.iso.datetime(), eventsAfter: z.int().min(0) })
    .nullable()
    .optional(),
})
export type LedgerCheck = z.infer<typeof ledgerCheckSchema>

/** What stands for an exam's ledger now. */
export const proofSchema = z.strictObject({
  /** null where nothing was recorded. */
  code: z.string().nullable(),
  events: z.int().min(0),
  chains: z.int().min(0),
  statement: z
    .strictObject({
      statedAt: z.iso.datetime(),
      code: z.string(),
      keyCode: z.string(),
      eventsAfter: z.int().min(0),
      /** Of these, corrections and decisions between laptops. */
      amendedAfter: z.int().min(0),
    })
    .nullable(),
})
export type Proof = z.infer<typeof proofSchema>

export const auditChannels = {
  'audit.list': channel(
    director,
    z.strictObject({ filter: auditFilterSchema, before: z.string().max(100).nullable() }),
    auditPageSchema,
  ),
  'audit.choices': channel(director, z.strictObject({ examId: examIdSchema.nullable() }), auditChoicesSchema),
  /** Without `names` nobody stands in it by name. */
  'audit.export': channel(
    director,
    z.strictObject({ filter: auditFilterSchema, names: z.boolean().optional() }),
    fileRefSchema,
  ),
  /** Walks the whole ledger. `code`: from paper, to be looked for; in any writing. */
  'ledger.verify': channel(director, z.strictObject({ code: z.string().max(20).optional() }), ledgerCheckSchema),
  'ledger.proof': channel(director, byExam, proofSchema),
  /** Makes a closing statement of a closed exam. */
  'ledger.state': channel(director, byExam, proofSchema),
  /** The newest closing statement, as signed JSON. */
  'ledger.statement': channel(director, byExam, fileRefSchema),
} as const
