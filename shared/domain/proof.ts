import { z } from 'zod'
import { canonicalJson } from './canonical-json.ts'
import { examIdSchema } from './ids.ts'

/** What an exam holds at its scored stations. `marks`: ratings of behaviours and global ratings that stand. */
export const examCountsSchema = z.strictObject({
  encounters: z.int().min(0),
  submitted: z.int().min(0),
  absent: z.int().min(0),
  open: z.int().min(0),
  marks: z.int().min(0),
  spForms: z.int().min(0),
})
export type ExamCounts = z.infer<typeof examCountsSchema>

const deviceSchema = z.string().regex(/^[0-9A-Za-z-]{1,64}$/)

const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** The hash of an exam's set-up, without that of its rubrics; not told in events of before 2026-12. */
export const setUpHashSchema = hash.optional()

/** What stands for the set-up of an exam, and for each rubric by which was rated: SHA-256 over canonical JSON, in hex. */
const statedSetUpSchema = z.strictObject({
  hash,
  rubrics: z.array(z.strictObject({ id: z.string().max(200), version: z.int(), hash })).max(200),
})
export type StatedSetUp = z.infer<typeof statedSetUpSchema>

/** What an installation says of a closed exam: how much of it there was, and where each chain of it ended. */
const closingStatementSchema = z.strictObject({
  format: z.literal('attune-closing-statement'),
  formatVersion: z.literal(1),
  examId: examIdSchema,
  title: z.string().max(200),
  /** ISO day. */
  heldOn: z.string().max(10),
  statedAt: z.iso.datetime(),
  software: z.string().max(40),
  device: deviceSchema,
  counts: examCountsSchema,
  heads: z
    .array(
      z.strictObject({
        device: deviceSchema,
        seq: z.int().min(1),
        hash,
        /** How many events of the chain were here, up to this one: fewer than `seq` where some had not come yet. */
        events: z.int().min(1).optional(),
      }),
    )
    .max(1000),
  /** Not told in statements of before 2026-12. */
  setUp: statedSetUpSchema.optional(),
  /** The letters that stand for all of them. */
  code: z.string().max(9),
})
export type ClosingStatement = z.infer<typeof closingStatementSchema>

export const signedStatementSchema = z.strictObject({
  statement: closingStatementSchema,
  /** Ed25519: 32 bytes, base64. */
  publicKey: z.string().max(64),
  /** Base64, over `statementText`. */
  signature: z.string().max(128),
})
export type SignedStatement = z.infer<typeof signedStatementSchema>

/** What is signed, as UTF-8: the first line says what for, so that the signature stands for nothing else. */
export const statementText = (statement: ClosingStatement): string =>
  `attune closing statement\n${canonicalJson(statement)}`

/** A signed statement as a file of its own, to be kept apart and checked anywhere. */
export const statementFile = (signed: SignedStatement): string => `${JSON.stringify(signed, null, 2)}\n`
