import type { DesignName } from './design.ts'

/** The facets of an effect as bits: the levels of two effects together are those of their union. */
export const PERSON = 1
export const STATION = 2
export const RATER = 4

/** An effect of a design. The last of a design is the residual as well. */
export type Effect = { key: string; facets: number }

const p = { key: 'p', facets: PERSON }
const s = { key: 's', facets: STATION }
const ps = { key: 'ps', facets: PERSON | STATION }
const highest = PERSON | STATION | RATER

/** The effects of each design; what an effect is nested in, or an interaction of, stands before it. */
export const effectsOf: Readonly<Record<DesignName, readonly Effect[]>> = {
  'p×s': [p, s, ps],
  'p×s×r': [
    p,
    s,
    { key: 'r', facets: RATER },
    ps,
    { key: 'pr', facets: PERSON | RATER },
    { key: 'sr', facets: STATION | RATER },
    { key: 'psr', facets: highest },
  ],
  'p×(r:s)': [p, s, { key: 'r:s', facets: STATION | RATER }, ps, { key: 'pr:s', facets: highest }],
}

/** Whether `part` is another effect all of whose facets are among those of `whole`. */
export const isPartOf = (part: Effect, whole: Effect): boolean =>
  part.facets !== whole.facets && (part.facets & whole.facets) === part.facets
