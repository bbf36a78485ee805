import type { DomainId, StationId } from '../../domain/ids.ts'
import { cueResponses, type CueMark } from '../empathy/cue-responses.ts'
import { lookAlikes, type LookAlikeCount } from '../empathy/look-alikes.ts'
import type { Statistic } from '../statistic.ts'
import type { SeenByBoth } from './patient-pairs.ts'

/** What became of the cues that SPs gave, and what looked like empathy, at submitted encounters. */
export type CueMeasures = {
  cues: {
    /** The share of cues that met a response, of those that were marked. */
    all: Statistic
    stations: CueFunnel[]
    /** By the domains that cues of the script ask for, in the order of the rubric. */
    domains: DomainFunnel[]
    /** Cues that an examiner marked and that belong to no domain. */
    withoutDomain: number
  }
  lookAlikes: (Omit<LookAlikeCount, 'station'> & { stationId: StationId; label: string | null })[]
}

/** From the cues that a station's script provides for, over its encounters, to those that met a response. */
export type CueFunnel = CueTally & {
  stationId: StationId
  number: number
  title: string
  /** Touches of each kind, in the order of the rubric. */
  moments: { type: string; label: string; response: 'met' | 'unmet'; count: number }[]
}

export type DomainFunnel = CueTally & { domainId: DomainId; title: string }

type CueTally = {
  /** Those whose script has such a cue. */
  encounters: number
  /** Cues of the script × encounters; whether the SP gave each of them is not recorded. */
  planned: number
  /** Those of them that no touch names. */
  unmarked: number
  /** Cues that an examiner marked, each once, and how many of them met a response. */
  marked: number
  met: number
  share: Statistic
}

export function cueMeasures(seen: readonly SeenByBoth[]): CueMeasures {
  const marks = seen.flatMap(cueMarksOf)
  const found = cueResponses(marks)
  const shares = new Map(found.stations.map(({ station, met }) => [station, met]))
  const byStation = [...Map.groupBy(seen, ({ station }) => station.id).values()]
  return {
    cues: {
      all: found.all,
      stations: byStation.flatMap((own) => {
        const share = shares.get(own[0]?.station.id ?? '') ?? cueResponses([]).all
        return own[0] ? [funnelOf(own[0], own, share)] : []
      }),
      domains: domainFunnels(seen, new Map(found.domains.map(({ domain, met }) => [domain, met]))),
      withoutDomain: found.withoutDomain,
    },
    lookAlikes: byStation.flatMap((own) => (own[0] ? lookAlikesOf(own[0], own) : [])),
  }
}

function cueMarksOf({ rubric, station, encounter: { slot, record } }: SeenByBoth): CueMark[] {
  const responses = new Map(rubric.moments.map(({ id, response }) => [id, response]))
  return record.marks.flatMap(({ kind, type, cue }) => {
    const response = kind === 'moment' ? responses.get(type) : undefined
    if (response === undefined) return []
    const domain = cue === null ? null : domainOf({ rubric, station }, cue)
    return [{ candidate: slot.candidateId, encounter: slot.id, station: station.id, domain, cue, response }]
  })
}

/** The domain that a cue asks for; null for none, and for one that the rubric no longer has. */
function domainOf({ rubric, station }: Pick<SeenByBoth, 'rubric' | 'station'>, cue: number): DomainId | null {
  const named = station.cues[cue]?.domain
  return rubric.domains.find(({ id }) => id === named)?.id ?? null
}

function domainFunnels(seen: readonly SeenByBoth[], shares: ReadonlyMap<string, Statistic>): DomainFunnel[] {
  const titles = new Map(seen.flatMap(({ rubric }) => rubric.domains.map(({ id, title }) => [id, title])))
  return [...titles].flatMap(([domainId, title]) => {
    const scripts = seen.map((one) => ({
      encounter: one.encounter,
      cues: one.station.cues.flatMap((_, cue) => (domainOf(one, cue) === domainId ? [cue] : [])),
    }))
    const own = scripts.filter(({ cues }) => cues.length > 0)
    if (own.length === 0) return []
    const share = shares.get(domainId) ?? cueResponses([]).all
    return [{ domainId, title, ...tallyOf(own, share) }]
  })
}

function tallyOf(
  scripts: readonly { encounter: SeenByBoth['encounter']; cues: readonly number[] }[],
  share: Statistic,
): CueTally {
  const sum = (count: (one: (typeof scripts)[number]) => number) => scripts.reduce((all, one) => all + count(one), 0)
  return {
    encounters: scripts.length,
    planned: sum(({ cues }) => cues.length),
    unmarked: sum(({ encounter, cues }) => {
      const named = namedCues(encounter)
      return cues.filter((cue) => !named.has(cue)).length
    }),
    marked: share.n,
    met: Math.round((share.value ?? 0) * share.n),
    share,
  }
}

function funnelOf({ station, rubric }: SeenByBoth, own: readonly SeenByBoth[], share: Statistic): CueFunnel {
  const touches = own.flatMap(({ encounter }) => encounter.record.marks.filter(({ kind }) => kind === 'moment'))
  return {
    stationId: station.id,
    number: station.number,
    title: station.title,
    ...tallyOf(
      own.map(({ encounter }) => ({ encounter, cues: [...station.cues.keys()] })),
      share,
    ),
    moments: rubric.moments.map(({ id, label, response }) => ({
      ...{ type: id, label, response },
      count: touches.filter(({ type }) => type === id).length,
    })),
  }
}

/** Cues that a touch names; one that has since left the script is among them, and in no tally of the script's. */
const namedCues = ({ record: { marks } }: SeenByBoth['encounter']): ReadonlySet<number> =>
  new Set(marks.flatMap(({ kind, cue }) => (kind === 'moment' && cue !== null ? [cue] : [])))

function lookAlikesOf({ station, rubric }: SeenByBoth, own: readonly SeenByBoth[]): CueMeasures['lookAlikes'] {
  const labels = new Map<string | null, string>(rubric.lookAlikes.map(({ id, label }) => [id, label]))
  const marked = own.map(({ encounter }) => ({
    station: station.id,
    lookAlikes: encounter.record.marks.flatMap(({ kind, type }) => (kind === 'look-alike' ? [type] : [])),
  }))
  return lookAlikes(
    marked,
    rubric.lookAlikes.map(({ id }) => id),
  ).map(({ station: _, ...count }) => ({
    ...count,
    stationId: station.id,
    label: labels.get(count.lookAlike) ?? null,
  }))
}
