import { z } from 'zod'
import { MAX_BUNDLE_BYTES } from '#shared/domain/bundle.ts'
import { examSchema } from '#shared/domain/exam.ts'
import { examIdSchema, fileIdSchema } from '#shared/domain/ids.ts'
import { errorCodeSchema } from '../result.ts'
import { channel, fileRefSchema, nothing, uploadUpTo, uploadSchema } from './common.ts'

const director = ['director'] as const
const byExam = z.strictObject({ examId: examIdSchema })

/** Eight letters that stand for a laptop's key. */
const keyCodeSchema = z.string().max(20)

/** A laptop that is believed from now on: whose code was compared, and the name by which the director knows it. */
const trustSchema = z.strictObject({ code: keyCodeSchema, name: z.string().trim().min(1).max(60) })

/** A bundle as it is handed in; of one that is larger than any its size alone, so that the audit tells of its refusal. */
const givenBundleSchema = z.union([
  uploadUpTo(MAX_BUNDLE_BYTES),
  z.strictObject({ name: z.string().min(1).max(255), bytes: z.int().min(MAX_BUNDLE_BYTES + 1) }),
])
export type GivenBundle = z.infer<typeof givenBundleSchema>

/** An absolute path. */
const folderSchema = z.string().trim().min(1).max(1000)

const fileNameSchema = z.string().min(1).max(255)

export const importedBundleSchema = z.strictObject({
  examId: examIdSchema,
  /** Whose it is: as the director named it. */
  laptop: z.string(),
  /** The letters of that laptop's ledger of the exam, to be compared with those on its paper. */
  ledgerCode: z.string().nullable(),
  /** Events of the file that were written just now, and those that were here already: together all of it. */
  new: z.int().min(0),
  known: z.int().min(0),
  /** How many of those two stand, as it is now, in a contradiction between laptops that nobody has decided. */
  conflicting: z.int().min(0),
  /** Events that this laptop wrote before the last one here, and that are not here: a file of it is missing. */
  missing: z.int().min(0),
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

/** A bundle that lay in the watched folder, and what became of it: what it brought, or why it was not taken in. */
export const arrivedBundleSchema = z.strictObject({
  name: fileNameSchema,
  imported: importedBundleSchema.nullable(),
  failure: z
    .strictObject({ code: errorCodeSchema, params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
})
export type ArrivedBundle = z.infer<typeof arrivedBundleSchema>

export const laptopSchema = z.strictObject({
  device: z.string(),
  /** null: nobody has named it. */
  name: z.string().nullable(),
  own: z.boolean(),
  /** Those that are here, and those before the last one that are not. */
  events: z.int().min(0),
  missing: z.int().min(0),
  /** Of its chain's last event here. */
  lastAt: z.iso.datetime().nullable(),
  code: z.string(),
  /**
   * What is known of its clock, in milliseconds; null: nothing. `off`: how far it goes ahead of most stations that began
   * the same rounds, negative: behind. `apart`: how far it and one other differ, of which either may be right. `ahead`:
   * its newest event carries a moment that has not come here yet, so that it goes ahead of this laptop by as much at
   * least.
   */
  clock: z.strictObject({ kind: z.enum(['off', 'apart', 'ahead']), ms: z.int() }).nullable(),
})

export const laptopsSchema = z.strictObject({
  /** Whether this installation is the one that collects the exam: the one it was built on. */
  collects: z.boolean(),
  laptops: z.array(laptopSchema),
  coverage: z.array(coverageSchema),
  /** The folder whose bundles are taken in by themselves; null: none is watched. */
  watched: z
    .strictObject({
      path: z.string(),
      /** false: it cannot be read just now, a stick that was pulled out for one. */
      there: z.boolean(),
      /** What came there since the app was started, the last one first. */
      arrived: z.array(arrivedBundleSchema),
    })
    .nullable(),
})
export type Laptops = z.infer<typeof laptopsSchema>

export const laptopChannels = {
  /** The exam as one file for its stations' laptops, sealed with the code that comes with it. */
  'package.export': channel(
    director,
    byExam,
    /** `signerCode`: the letters by which a station knows that this laptop made it. */
    z.strictObject({ file: fileRefSchema, code: z.string(), signerCode: keyCodeSchema }),
  ),
  /**
   * Makes this laptop one of the exam's stations, or brings it up to date. Nobody need have signed in on it before; where
   * it has a director, an exam that is not here yet is brought by one alone.
   */
  'package.import': channel(
    ['director', 'nobody'],
    /** `signer`: the letters of whoever must have signed it, where somebody has compared them already. */
    z.strictObject({ upload: uploadSchema, code: z.string().max(40), signer: keyCodeSchema.optional() }),
    z.strictObject({
      exam: examSchema,
      /** This laptop's clock is behind the director's by so much at least. */
      behindMs: z.int().min(0),
      /** Who signed, while nobody has said here that it is the director: see `package.compare`. null: that is known. */
      signerCode: keyCodeSchema.nullable(),
    }),
  ),
  /**
   * Whether the letters of whoever signed an exam's first package are the director's. The same: the exam's people may sign
   * in, and its packages are taken from there alone. Not the same: the exam and its signer are forgotten.
   */
  'package.compare': channel(
    ['director', 'nobody'],
    z.strictObject({ examId: examIdSchema, same: z.boolean() }),
    nothing,
  ),
  /** What this laptop recorded of an exam, sealed for its director: all of it, or what came since the last time. */
  'bundle.export': channel(
    ['examiner', 'director'],
    z.strictObject({ examId: examIdSchema, since: z.enum(['start', 'last']) }),
    z.strictObject({ file: fileRefSchema, events: z.int().min(0), ledgerCode: z.string().nullable() }),
  ),
  /** The person has saved a bundle that was made: what is in it counts as handed over. */
  'bundle.saved': channel(['examiner', 'director'], z.strictObject({ fileId: fileIdSchema }), nothing),
  /** Puts a bundle that was made into a folder, where it is read back before it counts as handed over. */
  'bundle.put': channel(
    ['examiner', 'director'],
    z.strictObject({ fileId: fileIdSchema, folder: folderSchema }),
    z.strictObject({ path: z.string() }),
  ),
  /**
   * Takes a bundle in. One of a laptop that is not known yet is refused with its code, until it is given with a name; of
   * several the one counts whose laptop signed. A refusal tells `events` and `signer` where the signature holds.
   */
  'bundle.import': channel(
    director,
    // A window hands in less: see `MAX_UPLOAD_BYTES`.
    z.strictObject({
      upload: givenBundleSchema,
      trust: z.union([trustSchema, z.array(trustSchema).max(200)]).nullable(),
    }),
    importedBundleSchema,
  ),
  /** Takes in a bundle that lies in the watched folder, of a laptop that was not known when it came. */
  'bundle.fetch': channel(
    director,
    z.strictObject({ name: fileNameSchema, trust: trustSchema.nullable() }),
    importedBundleSchema,
  ),
  /** From now on, bundles that come into this folder are taken in by themselves; null: none are. */
  'bundle.watch': channel(director, z.strictObject({ path: folderSchema.nullable() }), nothing),
  /** Which laptops have been heard of, and what has come of each station and round. */
  'laptop.list': channel(director, byExam, laptopsSchema),
  /** This device is no longer the laptop that was named: its next bundle is a stranger's, what came from it stays. */
  'laptop.release': channel(director, z.strictObject({ device: z.string().min(1).max(100) }), nothing),
  /** By which eight letters the director knows this laptop; for who hands over, the folder where bundles were put last. */
  'laptop.own': channel('anyone', nothing, z.strictObject({ code: z.string(), folder: z.string().nullable() })),
} as const
