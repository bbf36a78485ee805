import { domainColourSchema, type Rubric, type RubricDomain, type RubricItem } from '#shared/domain/rubric.ts'
import { domainIdSchema, itemIdSchema } from '#shared/domain/ids.ts'

export type Labelled = { id: string; label: string; description: string }
export type Moment = Rubric['moments'][number]

/** How many of each a rubric may have. */
export const limits = {
  points: { least: 3, most: 7 },
  domains: { least: 1, most: 4 },
  items: { least: 1, most: 6 },
  phrases: { least: 0, most: 8 },
  moments: { least: 1, most: 8 },
  lookAlikes: { least: 0, most: 8 },
  redFlags: { least: 0, most: 10 },
} as const

const KEYS = 'ABCDEHIJKMNOPRSTVWXY'.split('')

/** Puts an empty name at the lowest (0) or the highest place, and an empty description into every behaviour. */
export function withPoint(rubric: Rubric, place: number): Rubric {
  return {
    ...rubric,
    points: rubric.points.toSpliced(place, 0, ''),
    domains: everyItem(rubric, (item) => ({ ...item, anchors: item.anchors.toSpliced(place, 0, '') })),
  }
}

/** Takes a point out of the scale, and its description out of every behaviour. */
export function withoutPoint(rubric: Rubric, place: number): Rubric {
  return {
    ...rubric,
    points: rubric.points.toSpliced(place, 1),
    domains: everyItem(rubric, (item) => ({ ...item, anchors: item.anchors.toSpliced(place, 1) })),
  }
}

/** An empty domain in the first colour that is free, with one empty behaviour. */
export function newDomain(rubric: Rubric): RubricDomain {
  const used = new Set(rubric.domains.map(({ colour }) => colour))
  return {
    id: domainIdSchema.parse(freeId('domain', idsOf(rubric))),
    title: '',
    description: '',
    colour: domainColourSchema.options.find((colour) => !used.has(colour)) ?? 'indigo',
    weight: 1,
    items: [newItem(rubric)],
  }
}

/** An empty behaviour. */
export function newItem(rubric: Rubric): RubricItem {
  return {
    id: itemIdSchema.parse(freeId('behaviour', idsOf(rubric))),
    title: '',
    hint: '',
    weight: 1,
    anchors: rubric.points.map(() => ''),
    phrases: [],
    advice: '',
    structural: false,
  }
}

export const newLabelled = (prefix: string, entries: readonly Labelled[]): Labelled => ({
  id: freeId(prefix, new Set(entries.map(({ id }) => id))),
  label: '',
  description: '',
})

/** An empty moment with the first letter that is free. */
export function newMoment(moments: readonly Moment[]): Moment {
  const used = new Set(moments.map(({ key }) => key))
  return { ...newLabelled('moment', moments), key: KEYS.find((key) => !used.has(key)) ?? '', response: 'met' }
}

/** A list with one entry at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const [entry] = list.slice(from, from + 1)
  return entry === undefined ? [...list] : list.toSpliced(from, 1).toSpliced(to, 0, entry)
}

/** How many of everything there are: it changes with what is added and removed, not with what is written. */
export const shapeOf = (rubric: Rubric): string =>
  JSON.stringify([
    rubric.points.length,
    rubric.domains.map(({ items }) => items.map(({ phrases }) => phrases.length)),
    rubric.moments.length,
    rubric.lookAlikes.length,
    rubric.redFlags.length,
  ])

const everyItem = (rubric: Rubric, change: (item: RubricItem) => RubricItem): RubricDomain[] =>
  rubric.domains.map((domain) => ({ ...domain, items: domain.items.map(change) }))

const idsOf = (rubric: Rubric): ReadonlySet<string> =>
  new Set(rubric.domains.flatMap((domain) => [domain.id, ...domain.items.map(({ id }) => id)]))

function freeId(prefix: string, taken: ReadonlySet<string>): string {
  let n = taken.size + 1
  while (taken.has(`${prefix}-${n}`)) n += 1
  return `${prefix}-${n}`
}
