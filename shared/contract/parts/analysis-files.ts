import { z } from 'zod'
import { dataProblems, type DataProblem } from '#shared/measurement/data/data-problem.ts'
import type { MarksColumns } from '#shared/measurement/data/marks-columns.ts'
import { reasons } from '#shared/measurement/terms.ts'
import { channel, uploadSchema } from './common.ts'
import {
  borderlineLevelSchema,
  figures,
  reliabilitySchema,
  stationMeasuresSchema,
  statisticSchema,
} from './measures.ts'
import { markedExaminersSchema, markedGroupsSchema } from './people-measures.ts'

const director = ['director'] as const
const count = z.int().min(0)

const place = z.int().min(0).max(20_000)
const column = place.nullable()
/** Which column is what, counted from 0. */
const columnsSchema = z.discriminatedUnion('layout', [
  z.strictObject({
    layout: z.literal('long'),
    ...{ candidate: column, station: column, score: column, examiner: column, grade: column, group: column },
  }),
  z.strictObject({
    layout: z.literal('wide'),
    ...{ candidate: column, group: column, leftOut: z.array(place).max(20_000) },
  }),
]) satisfies z.ZodType<MarksColumns>

const grade = z.number().min(0).max(1000)
const scaleSchema = z.strictObject({
  /** null: the highest score is not known. */
  maxScore: z.number().positive().max(1e12).nullable(),
  grades: z
    .strictObject({ low: z.int().min(0).max(999), high: z.int().min(1).max(1000) })
    .refine(({ low, high }) => low < high),
})

const problemSchema = z.strictObject({
  row: z.int().min(1),
  column: z.string().nullable(),
  code: z.enum(dataProblems),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
}) satisfies z.ZodType<DataProblem>

const station = stationMeasuresSchema.omit({ stationId: true }).extend({
  title: z.string(),
  grades: z.array(z.string()),
  borderline: borderlineLevelSchema.extend({ grade, label: z.string() }),
  // Several examiners of one encounter count with the mean of their grades.
  points: z.array(z.strictObject({ grade: grade.nullable(), score: z.number(), count: z.int().min(1) })),
})

/** A file with what was declared of it. */
const asked = z.strictObject({
  upload: uploadSchema,
  columns: columnsSchema,
  scale: scaleSchema,
  rule: z.strictObject({
    borderline: grade,
    minStationsPassed: z.int().min(0).max(500),
    semMultiple: z.number().min(0).max(10),
  }),
})

/**
 * Marks that were not recorded here, from a CSV or XLSX file that is read for the call and not kept. What a file may do
 * wrong as a whole is refused as a list is: "file-empty", "file-too-large", "file-too-many-rows", "file-not-utf8",
 * "file-not-text", "file-not-a-workbook", "list-quote-open".
 */
export const analysisFileChannels = {
  /** What is in the file, and what is wrong with it, without analysing it. `columns` null: as their names tell. */
  'analysis.readFile': channel(
    director,
    z.strictObject({ upload: uploadSchema, columns: columnsSchema.nullable(), scale: scaleSchema }),
    z.strictObject({
      header: z.array(z.string()),
      columns: columnsSchema,
      rows: count,
      candidates: count,
      stations: z.array(z.string()),
      examiners: count,
      /** Cells with a score, and those without. */
      scored: count,
      missing: count,
      graded: count,
      highest: z.number().nullable(),
      /** The lowest and the highest grade there is. */
      grades: z.tuple([z.number(), z.number()]).nullable(),
      /** The first of them; `problemCount` counts all. */
      problems: z.array(problemSchema).max(100),
      problemCount: count,
      notes: z.array(problemSchema).max(100),
    }),
  ),
  /** The analysis of a file without a problem; one with a problem is "bad-input". */
  'analysis.file': channel(
    director,
    asked,
    z.strictObject({
      exam: z.strictObject({
        candidates: count,
        ...figures('mean', 'sd', 'cut', 'seCut'),
        outcomes: z.strictObject({ pass: count, fail: count, borderline: count, incomplete: count }),
        undecided: count,
      }),
      stations: z.array(station),
      reliability: reliabilitySchema,
      groups: markedGroupsSchema.nullable(),
      candidates: z.array(
        z.strictObject({
          candidate: z.string(),
          mean: statisticSchema,
          stationsPassed: count,
          outcome: z.enum(['pass', 'fail', 'borderline', 'incomplete']).nullable(),
          shortOf: z.array(z.enum(['cut', 'sem', 'stations', 'red-flag'])),
          reason: z.enum(reasons).exactOptional(),
        }),
      ),
    }),
  ),
  /** How harsh the examiners of such a file were; apart, because the Rasch model takes longer than all the rest. */
  'analysis.fileExaminers': channel(director, asked, markedExaminersSchema),
} as const
