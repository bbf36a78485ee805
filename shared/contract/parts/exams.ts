import { z } from 'zod'
import {
  candidateFieldsSchema,
  candidateSchema,
  encounterSlotSchema,
  examFieldsSchema,
  examSchema,
  personFieldsSchema,
  personSchema,
  stationFieldsSchema,
  stationSchema,
} from '#shared/domain/exam.ts'
import { candidateIdSchema, domainIdSchema, examIdSchema, personIdSchema, stationIdSchema } from '#shared/domain/ids.ts'
import { importRowSchema } from '#shared/domain/import-row.ts'
import { readinessSchema } from '#shared/domain/readiness.ts'
import { rubricRefSchema, rubricSchema } from '#shared/domain/rubric.ts'
import { channel, fileRefSchema, nothing, uploadSchema } from './common.ts'

const director = ['director'] as const
const byExam = z.strictObject({ examId: examIdSchema })

export const examSummarySchema = z.strictObject({
  exam: examSchema,
  /** It stands apart from the exams in use. */
  putAway: z.boolean(),
  /** Of whoever signed its package, while nobody has compared them: none of its people signs in before. */
  letters: z.string().optional(),
  /** It came in a package: here it is handed over and put away, and everything else is done where it belongs. */
  elsewhere: z.literal(true).optional(),
  stations: z.int(),
  candidates: z.int(),
  encounters: z.int(),
  submitted: z.int(),
  absent: z.int(),
})
export type ExamSummary = z.infer<typeof examSummarySchema>

/** A person of the exam on the start screen: what signing in needs, and nothing of a candidate. */
export const rosterEntrySchema = z.strictObject({
  person: personSchema.pick({ id: true, role: true, name: true }),
  /** The numbers of the stations where they work, in their order. */
  stations: z.array(z.int()),
  /** "sample": it is the one that the start screen tells. */
  pin: z.enum(['none', 'own', 'sample']),
})
export type RosterEntry = z.infer<typeof rosterEntrySchema>

export const rotationSchema = z.strictObject({
  /** True where stations, candidates or timing changed since it was made. */
  outdated: z.boolean(),
  rounds: z.int().min(0),
  /** Seconds after midnight at which the last round ends. */
  endsAtSecond: z.int().min(0),
  slots: z.array(encounterSlotSchema),
})
export type Rotation = z.infer<typeof rotationSchema>

export const rubricEntrySchema = z.strictObject({
  ref: rubricRefSchema,
  title: z.string(),
  /** Came with the app, and cannot be edited: duplicate it. */
  shipped: z.boolean(),
  /** An encounter was already opened with it, or a package took it to other laptops: its words stay as they are. */
  inUse: z.boolean(),
  items: z.int(),
  domains: z.array(z.strictObject({ id: domainIdSchema, title: z.string() })),
})
export type RubricEntry = z.infer<typeof rubricEntrySchema>

export const importKindSchema = z.enum(['candidates', 'people'])
export const importPreviewSchema = z.strictObject({
  previewId: z.string(),
  kind: importKindSchema,
  columns: z.array(z.string()),
  rows: z.array(importRowSchema),
  good: z.int(),
  bad: z.int(),
})
export type ImportPreview = z.infer<typeof importPreviewSchema>

export const examChannels = {
  'exam.list': channel('anyone', nothing, z.array(examSummarySchema)),
  'exam.roster': channel('anyone', byExam, z.array(rosterEntrySchema)),
  'exam.get': channel(
    director,
    byExam,
    z.strictObject({
      exam: examSchema,
      stations: z.array(stationSchema),
      candidates: z.array(candidateSchema),
      people: z.array(personSchema),
      /** True once something was recorded: what has marks cannot be removed, and the rotation only takes in who came late. */
      hasMarks: z.boolean(),
      /**
       * Once a package of this exam was made here: to which stations whom it sends. Laptops may have marks of them, so
       * they stay, like its people; null before.
       */
      packageOut: z
        .strictObject({ stations: z.array(stationIdSchema), candidates: z.array(candidateIdSchema) })
        .nullable(),
    }),
  ),
  'exam.create': channel(director, examFieldsSchema.partial(), examSchema),
  'exam.update': channel(
    director,
    z.strictObject({ examId: examIdSchema, fields: examFieldsSchema.partial() }),
    examSchema,
  ),
  'exam.remove': channel(director, byExam, nothing),
  'exam.setStatus': channel(
    director,
    z.strictObject({ examId: examIdSchema, status: examSchema.shape.status }),
    examSchema,
  ),
  /** Nothing of the exam changes but its place on the start screen; `away: false` brings it back. */
  'exam.putAway': channel(director, z.strictObject({ examId: examIdSchema, away: z.boolean() }), nothing),
  'exam.readiness': channel(director, byExam, z.array(readinessSchema)),
  'exam.importFile': channel(director, z.strictObject({ upload: uploadSchema }), examSchema),
  /** Without `names`, candidates and people stand in it by pseudonyms. */
  'exam.exportFile': channel(director, byExam.extend({ names: z.boolean().optional() }), fileRefSchema),
  /** From the start screen, or by a director: it adds an exam that runs. */
  'exam.loadSample': channel(['director', 'nobody'], nothing, examSchema),

  'station.add': channel(
    director,
    z.strictObject({ examId: examIdSchema, fields: stationFieldsSchema.partial() }),
    stationSchema,
  ),
  'station.update': channel(
    director,
    z.strictObject({ stationId: stationIdSchema, fields: stationFieldsSchema.partial() }),
    stationSchema,
  ),
  'station.move': channel(
    director,
    z.strictObject({ stationId: stationIdSchema, toNumber: z.int().min(1) }),
    z.array(stationSchema),
  ),
  'station.remove': channel(director, z.strictObject({ stationId: stationIdSchema }), nothing),

  'candidate.add': channel(
    director,
    z.strictObject({ examId: examIdSchema, fields: candidateFieldsSchema }),
    candidateSchema,
  ),
  'candidate.update': channel(
    director,
    z.strictObject({ candidateId: candidateIdSchema, fields: candidateFieldsSchema.partial() }),
    candidateSchema,
  ),
  'candidate.remove': channel(director, z.strictObject({ candidateId: candidateIdSchema }), nothing),

  'person.add': channel(director, z.strictObject({ examId: examIdSchema, fields: personFieldsSchema }), personSchema),
  'person.update': channel(
    director,
    z.strictObject({ personId: personIdSchema, fields: personFieldsSchema.partial() }),
    personSchema,
  ),
  'person.remove': channel(director, z.strictObject({ personId: personIdSchema }), nothing),

  /** Reads a list and says what each row would become; writes nothing. */
  'import.preview': channel(
    director,
    z.strictObject({
      examId: examIdSchema,
      kind: importKindSchema,
      source: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('text'), text: z.string().max(5_000_000) }),
        z.strictObject({ kind: z.literal('file'), upload: uploadSchema }),
      ]),
    }),
    importPreviewSchema,
  ),
  /** Writes the good rows of a preview in one transaction. */
  'import.apply': channel(
    director,
    z.strictObject({ examId: examIdSchema, previewId: z.string().max(64) }),
    z.strictObject({ added: z.int() }),
  ),

  'rotation.generate': channel(director, byExam, rotationSchema),
  'rotation.get': channel(director, byExam, rotationSchema),

  'rubric.list': channel(director, nothing, z.array(rubricEntrySchema)),
  'rubric.get': channel(director, rubricRefSchema, z.strictObject({ rubric: rubricSchema, entry: rubricEntrySchema })),
  'rubric.duplicate': channel(
    director,
    z.strictObject({ ref: rubricRefSchema, title: z.string().trim().min(1).max(80) }),
    rubricSchema,
  ),
  /** Saves one's own rubric; refused once it is in use. The checksum given is ignored and made anew. */
  'rubric.save': channel(director, z.strictObject({ rubric: rubricSchema }), rubricSchema),
  'rubric.remove': channel(director, rubricRefSchema, nothing),
} as const
