import { z } from 'zod'
import { personIdSchema, stationIdSchema } from '#shared/domain/ids.ts'
import { findingCodes } from '#shared/measurement/analysis/findings.ts'
import type { Statistic } from '#shared/measurement/statistic.ts'
import { methods, reasons, warnings } from '#shared/measurement/terms.ts'

/** How figures of measurement cross: as they are. */
export const statisticSchema = z.strictObject({
  value: z.number().nullable(),
  n: z.int().min(0),
  method: z.enum(methods),
  reason: z.enum(reasons).exactOptional(),
  se: z.number().exactOptional(),
  ci95: z.tuple([z.number(), z.number()]).exactOptional(),
  warnings: z.array(z.enum(warnings)),
}) satisfies z.ZodType<Statistic>

/** A figure for each of the names. */
export const figures = <Name extends string>(...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, statisticSchema])) as Record<Name, typeof statisticSchema>

const count = z.int().min(0)
const label = z.string().max(80)

const raters = [
  ...(['unnamed', 'one-examiner', 'one-a-station', 'several-a-station'] as const),
  ...(['crossed', 'partly-crossed', 'nested', 'ignored'] as const),
] as const
const designNames = ['p×s', 'p×s×r', 'p×(r:s)'] as const

const gStudySchema = z.strictObject({
  design: z
    .strictObject({
      name: z.enum(designNames),
      raters: z.enum(raters),
      balanced: z.boolean(),
      candidates: count,
      stations: count,
      examiners: count,
      scores: count,
    })
    .nullable(),
  name: z.enum(designNames),
  components: z.record(z.string().max(10), statisticSchema),
  anova: z
    .array(z.strictObject({ effect: z.string().max(10), df: z.number(), ss: z.number(), ms: z.number() }))
    .nullable(),
  held: z.strictObject({ stations: z.number(), raters: z.number().nullable() }).nullable(),
  ...figures('erho2', 'phi'),
})

/** Reliability without the curve: what the overview shows. */
export const reliabilityShownSchema = z.strictObject({
  stations: count,
  alphaN: count,
  alphaLeftOut: count,
  ...figures('alpha', 'alphaStandardized', 'omega', 'sem', 'semTotal'),
  gStudy: gStudySchema,
})

export const reliabilitySchema = reliabilityShownSchema.extend({
  dStudy: z.array(
    z.strictObject({
      stations: count,
      raters: count.nullable(),
      ...figures('relativeErrorVariance', 'absoluteErrorVariance', 'relativeSem', 'absoluteSem', 'erho2', 'phi'),
    }),
  ),
})

export const borderlineLevelSchema = z.strictObject({ grade: z.int().min(1), label, named: z.boolean() })

const gradeLineSchema = z.strictObject({
  n: count,
  slope: z.number(),
  intercept: z.number(),
  meanGrade: z.number(),
  meanScore: z.number(),
  spread: z.number(),
  residualSd: z.number().nullable(),
})

export const stationMeasuresSchema = z.strictObject({
  stationId: stationIdSchema,
  number: count,
  title: label,
  grades: z.array(label),
  borderline: borderlineLevelSchema,
  n: count,
  missing: count,
  ...figures('mean', 'sd', 'median', 'q1', 'q3', 'min', 'max'),
  ...figures('cut', 'seCut', 'slope', 'seSlope', 'slopePercent', 'intercept', 'r2'),
  line: gradeLineSchema.nullable(),
  ...figures('borderlineGroup', 'borderlineGroupMedian', 'fails', 'alphaIfDeleted', 'stationTotal'),
  ...figures('examinerEta2', 'examinerOmega2', 'examinerF', 'examinerP'),
  points: z.array(z.strictObject({ grade: z.int().min(1).nullable(), score: z.number(), count: z.int().min(1) })),
})

/** Candidates × stations, the weakest first: one by one, or, of many, in bands (`number` is null). */
export const heatSchema = z.strictObject({
  mark: z.number(),
  leftOut: count,
  rows: z.array(
    z.strictObject({
      number: z.string().max(20).nullable(),
      candidates: z.int().min(1),
      ...{ from: z.number(), to: z.number(), total: z.number().nullable() },
      scores: z.array(z.number().nullable()),
    }),
  ),
})

export const findingSchema = z.strictObject({
  code: z.enum(findingCodes),
  stationId: stationIdSchema.nullable(),
  personId: personIdSchema.nullable(),
  reason: z.enum(reasons).nullable(),
  figures: z.record(z.string().max(20), z.number()),
})

/** Who examined, by name; whose name was erased has a dash. */
export const examinerNamesSchema = z.array(z.strictObject({ id: personIdSchema, name: z.string() }))
