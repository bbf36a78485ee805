import { z } from 'zod'

/** One row of a pasted or chosen list, and what is wrong with it. */
export const importRowSchema = z.strictObject({
  /** As a person counts in the file, header included. */
  row: z.int().min(1),
  values: z.record(z.string(), z.string()),
  problems: z.array(
    z.strictObject({
      code: z.enum([
        'number-missing',
        'number-invalid',
        'number-twice-in-file',
        'number-taken',
        'name-missing',
        'name-too-long',
        'group-too-long',
        'extra-time-invalid',
        /** A spreadsheet keeps 100 % as 1: a bare number as small as that may mean either. */
        'extra-time-unclear',
        'role-missing',
        'role-invalid',
        'station-unknown',
        'person-taken',
      ]),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
})
export type ImportRow = z.infer<typeof importRowSchema>
