import { z } from 'zod'
import { candidateSchema } from '#shared/domain/exam.ts'
import { candidateIdSchema, domainIdSchema, personIdSchema, stationIdSchema } from '#shared/domain/ids.ts'
import { spStatementSchema } from '#shared/domain/sp-form.ts'
import { iccForms } from '#shared/measurement/raters/icc.ts'
import { reasons, warnings } from '#shared/measurement/terms.ts'
import { examinerNamesSchema, figures, statisticSchema } from './measures.ts'

const count = z.int().min(0)
const label = z.string().max(80)

const perFacet = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ candidates: value, stations: value, examiners: value })

const fit = {
  n: count,
  se: z.number(),
  infit: z.number(),
  outfit: z.number(),
  infitZ: z.number().nullable(),
  outfitZ: z.number().nullable(),
}

/** Ids are those of candidates, stations and examiners; measures in logits. */
function raschSchema(id: z.ZodString) {
  const ids = z.array(id)
  const element = z.strictObject({ id, measure: z.number(), fair: z.number().nullable(), ...fit })
  return z.strictObject({
    method: z.literal('rasch-joint-likelihood'),
    n: count,
    leftOut: count,
    reason: z.enum(reasons).exactOptional(),
    warnings: z.array(z.enum(warnings)),
    candidates: z.array(element),
    stations: z.array(element),
    examiners: z.array(element),
    thresholds: z.array(z.strictObject({ category: z.number(), measure: z.number(), se: z.number() })),
    categories: z.array(
      z.strictObject({ category: z.number(), count, meanMeasure: z.number(), outfit: z.number().nullable() }),
    ),
    unusedCategories: z.array(z.number()),
    logLikelihood: z.number().nullable(),
    iterations: count,
    maxResidual: z.number().nullable(),
    separation: perFacet(statisticSchema),
    strata: perFacet(statisticSchema),
    reliability: perFacet(statisticSchema),
    fixed: perFacet(z.strictObject({ chiSquare: statisticSchema, df: z.number().nullable(), p: statisticSchema })),
    subsets: z.array(z.strictObject({ candidates: count, stations: ids, examiners: ids })),
    comparable: z.strictObject({ candidates: z.array(count), stations: z.array(ids), examiners: z.array(ids) }),
    extreme: z.array(
      z.strictObject({
        facet: z.enum(['candidates', 'stations', 'examiners']),
        id,
        end: z.enum(['lowest', 'highest']),
        measure: z.number().nullable(),
        method: z.literal('rasch-extreme-adjusted'),
      }),
    ),
  })
}

const examinerFigures = { set: count.nullable(), stations: count, ...figures('rawMean', 'leastSquares', 'mixed') }
const betweenExaminers = {
  ...{ number: count, examiners: count },
  ...figures('examinerEta2', 'examinerOmega2', 'examinerF', 'examinerP'),
}
const examined = {
  effect: z.strictObject({ ...figures('f', 'p'), df: z.tuple([z.number(), z.number()]).nullable() }),
  components: z.strictObject(figures('candidate', 'examiner', 'residual')),
  ...figures('residualSd', 'share'),
  grades: z.array(z.string().nullable()),
}
const id = z.string().max(64)

export const examinersSchema = z.strictObject({
  ...examined,
  names: examinerNamesSchema,
  examiners: z.array(z.strictObject({ personId: personIdSchema, ...examinerFigures })),
  stations: z.array(z.strictObject({ stationId: stationIdSchema, title: label, ...betweenExaminers })),
  candidates: z.array(z.strictObject({ id: candidateIdSchema, number: candidateSchema.shape.number })),
  sets: z.array(z.array(id)),
  rasch: raschSchema(id),
})

/** The same of a file, in which everybody is called as they are called there. */
export const markedExaminersSchema = z.strictObject({
  ...examined,
  examiners: z.array(z.strictObject({ personId: z.string(), ...examinerFigures })),
  stations: z.array(z.strictObject({ stationId: z.string(), title: z.string(), ...betweenExaminers })),
  candidates: z.array(z.strictObject({ id: z.string(), number: z.string() })),
  sets: z.array(z.array(z.string())),
  rasch: raschSchema(z.string()),
})

const fTest = z.strictObject({ f: z.number(), df1: z.number(), df2: z.number(), p: z.number() }).nullable()
const tTest = z.strictObject({ t: z.number(), df: z.number(), p: z.number() }).nullable()
const correlation = statisticSchema.extend({ test: tTest })
const icc = statisticSchema.extend({ test: fTest })

const agreement = {
  ...figures('bias', 'lower', 'upper', 'ccc'),
  proportional: statisticSchema.extend({ intercept: z.number().nullable(), p: z.number().nullable() }),
  pearson: correlation,
  spearman: correlation,
  leftOut: count,
  icc: z.strictObject({ agreement: icc, consistency: icc }),
}

const krippendorff = statisticSchema.extend({
  observed: z.number().nullable(),
  expected: z.number().nullable(),
  unitsUsed: count,
  unitsLeftOut: count,
})
const kappa = statisticSchema.extend({
  observed: z.number().nullable(),
  expected: z.number().nullable(),
  test: z.strictObject({ se0: z.number(), z: z.number(), p: z.number() }).nullable(),
})
/** Examiner and SP as two raters: of their scores, and of the bands these fall into. */
const twoRaters = z.strictObject({
  icc: z.record(z.enum(iccForms), icc),
  interval: krippendorff,
  ratio: krippendorff,
  ordinal: krippendorff,
  nominal: krippendorff,
  kappa: z.strictObject({ none: kappa, linear: kappa, quadratic: kappa }),
})

const relation = z.strictObject({
  encounters: statisticSchema,
  candidates: z.strictObject({ pearson: correlation, spearman: correlation }),
})

const cueTally = {
  ...{ encounters: count, planned: count, unmarked: count, marked: count, met: count },
  share: statisticSchema,
}

export const patientsSchema = z.strictObject({
  overall: z.strictObject(agreement).nullable(),
  raters: twoRaters,
  stations: z.array(z.strictObject({ stationId: stationIdSchema, number: count, title: label, ...agreement })),
  domains: z.array(z.strictObject({ domainId: domainIdSchema, title: label, ...agreement })),
  points: z.array(z.strictObject({ examiner: z.number(), patient: z.number(), count: z.int().min(1) })),
  relations: z.strictObject({
    alliance: relation,
    statements: z.array(z.strictObject({ statement: spStatementSchema, relation })),
  }),
  cues: z.strictObject({
    all: statisticSchema,
    stations: z.array(
      z.strictObject({
        stationId: stationIdSchema,
        number: count,
        title: label,
        ...cueTally,
        moments: z.array(
          z.strictObject({ type: z.string().max(40), label, response: z.enum(['met', 'unmet']), count }),
        ),
      }),
    ),
    domains: z.array(z.strictObject({ domainId: domainIdSchema, title: label, ...cueTally })),
    withoutDomain: count,
  }),
  lookAlikes: z.array(
    z.strictObject({
      stationId: stationIdSchema,
      /** null: all of them together. */
      lookAlike: z.string().max(40).nullable(),
      label: label.nullable(),
      count,
      ...figures('perEncounter', 'encounters'),
    }),
  ),
})

const comparison = {
  number: count,
  ancova: statisticSchema.extend({ test: fTest, slopes: fTest }),
  mantelHaenszel: z.strictObject({
    ...figures('oddsRatio', 'delta'),
    test: z.strictObject({ chiSquare: z.number(), df: z.literal(1), p: z.number() }).nullable(),
    size: z.enum(['A', 'B', 'C']).nullable(),
  }),
  hedgesG: statisticSchema,
  holm: z.strictObject({ ancova: z.number().nullable(), mantelHaenszel: z.number().nullable() }),
}

/** `group` is what a group may be called, `station` what names a station. */
const groupsBy = <Station extends z.ZodRawShape>(group: z.ZodString, station: Station) =>
  z.strictObject({
    reference: group.nullable(),
    reason: z.enum(reasons).nullable(),
    ...{ minimum: count, strata: count, ungrouped: count, severalGroups: count },
    groups: z.array(z.strictObject({ name: group, candidates: count, ...figures('mean', 'sd') })),
    comparisons: z.array(z.strictObject({ ...station, reference: group, focal: group, ...comparison })),
  })

export const groupsSchema = groupsBy(z.string().max(60), { stationId: stationIdSchema, title: label })
/** The same of a file, in which everything is called as it is called there. */
export const markedGroupsSchema = groupsBy(z.string(), { stationId: z.string(), title: z.string() })
