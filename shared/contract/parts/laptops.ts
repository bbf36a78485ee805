import { z } from 'zod'
import { examSchema } from '#shared/domain/exam.ts'
import { examIdSchema } from '#shared/domain/ids.ts'
import { channel, fileRefSchema, nothing, uploadSchema } from './common.ts'

const director = ['director'] as const
const byExam = z.strictObject({ examId: examIdSchema })

/** Eight letters that stand for a laptop's key. */
const keyCodeSchema = z.string().max(20)

export const importedBundleSchema = z.strictObject({
  examId: examIdSchema,
  /** Whose it is: as the director named it. */
  laptop: z.string(),
  new: z.int().min(0),
  known: z.int().min(0),
  /** How many marks of the exam stand against each other now. */
  conflicting: z.int().min(0),
  /** How far that laptop's clock was ahead of this one's, in milliseconds; 0 where it was not. */
  aheadMs: z.int().min(0),
})
export type ImportedBundle = z.infer<typeof importedBundleSchema>

/** What has come of the encounters of a station in a round. */
export const coverageSchema = z.strictObject({
  stationNumber: z.int(),
  round: z.int(),
  state: z.enum(['complete', 'partial', 'missing', 'conflicting']),
})
export type Coverage = z.infer<typeof coverageSchema>

export const laptopSchema = z.strictObject({
  device: z.string(),
  /** null: nobody has named it. */
  name: z.string().nullable(),
  own: z.boolean(),
  events: z.int().min(0),
  /** Of its chain's last event here. */
  lastAt: z.iso.datetime().nullable(),
  code: z.string(),
})

export const laptopsSchema = z.strictObject({
  /** Whether this installation is the one that collects the exam: the one it was built on. */
  collects: z.boolean(),
  laptops: z.array(laptopSchema),
  coverage: z.array(coverageSchema),
})
export type Laptops = z.infer<typeof laptopsSchema>

export const laptopChannels = {
  /** The exam as one file for its stations' laptops, sealed with the code that comes with it. */
  'package.export': channel(director, byExam, z.strictObject({ file: fileRefSchema, code: z.string() })),
  /** Makes this laptop one of the exam's stations, or brings it up to date. Nobody need have signed in on it before. */
  'package.import': channel(
    ['director', 'nobody'],
    z.strictObject({ upload: uploadSchema, code: z.string().max(40) }),
    examSchema,
  ),
  /** What this laptop recorded of an exam, sealed for its director: all of it, or what came since the last time. */
  'bundle.export': channel(
    ['examiner', 'director'],
    z.strictObject({ examId: examIdSchema, since: z.enum(['start', 'last']) }),
    z.strictObject({ file: fileRefSchema, events: z.int().min(0) }),
  ),
  /** Takes a bundle in. One of a laptop that is not known yet is refused with its code, until it is given with a name. */
  'bundle.import': channel(
    director,
    z.strictObject({
      upload: uploadSchema,
      trust: z.strictObject({ code: keyCodeSchema, name: z.string().trim().min(1).max(60) }).nullable(),
    }),
    importedBundleSchema,
  ),
  /** Which laptops have been heard of, and what has come of each station and round. */
  'laptop.list': channel(director, byExam, laptopsSchema),
  /** By which eight letters the director knows this laptop. */
  'laptop.own': channel('anyone', nothing, z.strictObject({ code: z.string() })),
} as const
