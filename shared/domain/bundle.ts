import { z } from 'zod'
import { examIdSchema, stationIdSchema } from './ids.ts'
import { signedStatementSchema } from './proof.ts'

export const BUNDLE_VERSION = 1

/** More than any exam's station can record, and little enough to be held in memory. */
export const MAX_BUNDLE_EVENTS = 200_000
export const MAX_BUNDLE_BYTES = 256_000_000
/** Of a line, several times what the largest event or header takes: JSON of more can end a process that reads it. */
export const MAX_BUNDLE_LINE_BYTES = 1_000_000

/** The first line of a bundle: whose events of which exam it holds. */
export const bundleHeaderSchema = z.strictObject({
  format: z.literal('attune-bundle'),
  formatVersion: z.int().min(1),
  examId: examIdSchema,
  /** Ed25519, 32 bytes as base64: the signature in the last line is by this key. */
  publicKey: z.base64().length(44),
  /** The names under which that installation wrote, with the end of each chain. */
  heads: z
    .array(
      z.strictObject({
        device: z.string().regex(/^[0-9A-Za-z-]{1,64}$/),
        seq: z.int().min(1),
        hash: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(100),
  /** The letters of the ledger that these heads stand for, as that laptop's reports bear them; null where there is none. */
  ledgerCode: z
    .string()
    .regex(/^[A-Z]{4}-[A-Z]{4}$/)
    .nullable(),
  events: z.int().min(0),
  /** By the laptop's clock. */
  exportedAt: z.iso.datetime(),
  software: z.string().max(40),
  /** With which words the stations in it were rated: the checksum of each one's rubric. */
  rubrics: z
    .array(z.strictObject({ stationId: stationIdSchema, checksum: z.string().regex(/^[0-9a-f]{64}$/) }))
    .max(200),
  /** What the laptop stated when the exam was closed on it. */
  statement: signedStatementSchema.optional(),
})
export type BundleHeader = z.infer<typeof bundleHeaderSchema>
