import { z } from 'zod'
import { roleSchema, type Role } from '#shared/domain/exam.ts'
import { examIdSchema, fileIdSchema, jobIdSchema } from '#shared/domain/ids.ts'
import { MAX_UPLOAD_BYTES } from '../limits.ts'

/** Who may call a channel: the roles, with or without a window that nobody sits at; or everybody. */
export type Access = 'anyone' | readonly (Role | 'nobody')[]

export type Channel<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  access: Access
  input: I
  output: O
}

export const channel = <I extends z.ZodType, O extends z.ZodType>(
  access: Access,
  input: I,
  output: O,
): Channel<I, O> => ({ access, input, output })

export const nothing = z.strictObject({})
export const everyRole = roleSchema.options

/** A file that the host has ready: saved by a native dialog or downloaded by the browser. */
export const fileRefSchema = z.strictObject({
  id: fileIdSchema,
  name: z.string().min(1).max(200),
  mime: z.string().max(100),
  bytes: z.int().min(0),
})
export type FileRef = z.infer<typeof fileRefSchema>

/** A file of so many bytes at most that a person chose: its name and content. */
export const uploadUpTo = (maxBytes: number) =>
  z.strictObject({ name: z.string().min(1).max(255), base64: z.base64().max(Math.ceil(maxBytes / 3) * 4) })
export const uploadSchema = uploadUpTo(MAX_UPLOAD_BYTES)
export type Upload = z.infer<typeof uploadSchema>

export const jobSchema = z.strictObject({
  id: jobIdSchema,
  /** Whose file it makes. */
  examId: examIdSchema,
  kind: z.enum(['feedback-batch', 'cohort-report', 'examiner-letters']),
  status: z.enum(['running', 'done', 'failed', 'cancelled']),
  done: z.int().min(0),
  total: z.int().min(0),
  file: fileRefSchema.nullable(),
  failure: z
    .strictObject({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
})
export type Job = z.infer<typeof jobSchema>
