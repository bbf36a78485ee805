import { z } from 'zod'
import { domainIdSchema, itemIdSchema, rubricIdSchema } from './ids.ts'
import { isKeptKey } from './rubric-keys.ts'

/**
 * A rubric is data: domains, behaviours ("items") and a described anchor for every point.
 * An exam keeps the (id, version) pair it was built with; a published version is never edited.
 */

const text = (max: number) => z.string().trim().min(1).max(max)
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)

export const rubricItemSchema = z.strictObject({
  id: itemIdSchema,
  title: text(60),
  /** What to look and listen for, one sentence. */
  hint: text(300),
  /** Relative weight inside its domain. */
  weight: z.number().positive().max(100),
  /** One description for each point of the scale, lowest first. */
  anchors: z.array(text(240)).min(3).max(7),
  /** Short phrases the examiner can drop into the note with one touch. */
  phrases: z.array(text(60)).max(8),
  /** Advice to the candidate whose rating was low: what to try next time. */
  advice: text(300),
  /** True where the behaviour is rated against a station's structural barriers, if it has any. */
  structural: z.boolean(),
})

export const domainColourSchema = z.enum(['indigo', 'magenta', 'ochre', 'teal'])

export const rubricDomainSchema = z.strictObject({
  id: domainIdSchema,
  title: text(40),
  description: text(400),
  colour: domainColourSchema,
  /** Relative weight inside the station score. */
  weight: z.number().positive().max(100),
  items: z.array(rubricItemSchema).min(1).max(6),
})

const labelled = z.strictObject({ id: slug, label: text(60), description: text(300) })

/** What became of a cue; `response` says whether the loop went on ("met") or broke ("unmet"). */
const momentSchema = z.strictObject({
  id: slug,
  label: text(30),
  description: text(300),
  /** One capital letter: the key on the keyboard and the sign on the timeline. */
  key: z.string().regex(/^[A-Z]$/),
  response: z.enum(['met', 'unmet']),
})

export const rubricSchema = z
  .strictObject({
    format: z.literal('attune-rubric'),
    formatVersion: z.literal(1),
    id: rubricIdSchema,
    version: z.int().min(1).max(9999),
    title: text(80),
    language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
    /** The names of the points, lowest first; their number is the length of every `anchors`. */
    points: z.array(text(40)).min(3).max(7),
    noOpportunity: z.strictObject({ label: text(40), description: text(300) }),
    domains: z.array(rubricDomainSchema).min(1).max(4),
    /** Overall judgement, worst first; never computed. */
    globalRating: z.array(z.strictObject({ id: slug, label: text(40), description: text(300) })).length(5),
    moments: z.array(momentSchema).min(1).max(8),
    lookAlikes: z.array(labelled).max(8),
    redFlags: z.array(labelled).max(10),
    /** SHA-256 (hex) over the canonical JSON of everything else. */
    checksum: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .superRefine((rubric, ctx) => {
    const seen = new Map<string, string>()
    rubric.domains.forEach((domain, d) => {
      if (seen.has(domain.id)) {
        ctx.addIssue({ code: 'custom', path: ['domains', d, 'id'], message: `the id "${domain.id}" is used twice` })
      }
      seen.set(domain.id, domain.title)
      domain.items.forEach((item, i) => {
        const path = ['domains', d, 'items', i]
        if (seen.has(item.id)) {
          ctx.addIssue({ code: 'custom', path: [...path, 'id'], message: `the id "${item.id}" is used twice` })
        }
        seen.set(item.id, item.title)
        if (item.anchors.length !== rubric.points.length) {
          ctx.addIssue({
            code: 'custom',
            path: [...path, 'anchors'],
            message: `"${item.title}" describes ${item.anchors.length} of ${rubric.points.length} points`,
          })
        }
      })
    })
    for (const [field, entries] of [
      ['moments', rubric.moments],
      ['lookAlikes', rubric.lookAlikes],
      ['redFlags', rubric.redFlags],
      ['globalRating', rubric.globalRating],
    ] as const) {
      entries.forEach((entry, i) => {
        if (entries.findIndex((other) => other.id === entry.id) !== i) {
          ctx.addIssue({ code: 'custom', path: [field, i, 'id'], message: `the id "${entry.id}" is used twice` })
        }
      })
    }
    rubric.moments.forEach((moment, i) => {
      if (rubric.moments.findIndex((other) => other.key === moment.key) !== i || isKeptKey(moment.key)) {
        ctx.addIssue({ code: 'custom', path: ['moments', i, 'key'], message: `the key "${moment.key}" is taken` })
      }
    })
  })

export type Rubric = z.infer<typeof rubricSchema>
export type RubricDomain = Rubric['domains'][number]
export type RubricItem = RubricDomain['items'][number]

/** Which version of a rubric an exam was built with. */
export const rubricRefSchema = z.strictObject({ id: rubricIdSchema, version: z.int().min(1) })
export type RubricRef = z.infer<typeof rubricRefSchema>

/** A version of a rubric as one value, for maps and lists. */
export const rubricKey = ({ id, version }: RubricRef): string => `${id} ${version}`

/** Whether both name the same version of the same rubric; nothing names none. */
export const sameRubric = (a: RubricRef | null | undefined, b: RubricRef | null | undefined): boolean =>
  a?.id !== undefined && a.id === b?.id && a.version === b.version

/** The rubric that a station is rated with; undefined for a rest station. */
export const rubricOf = (
  { rubrics }: { rubrics: readonly Rubric[] },
  station: { rubric: RubricRef | null } | undefined,
): Rubric | undefined => rubrics.find((rubric) => sameRubric(rubric, station?.rubric))

/** Points of the shortest and of the longest scale of some rubrics; null for none. */
export function scaleLengths(rubrics: readonly Rubric[]): { least: number; most: number } | null {
  const lengths = rubrics.map(({ points }) => points.length)
  return lengths.length === 0 ? null : { least: Math.min(...lengths), most: Math.max(...lengths) }
}

/** Every behaviour of a rubric in reading order. */
export const rubricItems = (rubric: Rubric): RubricItem[] => rubric.domains.flatMap((domain) => domain.items)
