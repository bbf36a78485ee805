import type { StationId } from '../../domain/ids.ts'
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
  }
  lookAlikes: (Omit<LookAlikeCount, 'station'> & { stationId: StationId; label: string | null })[]
}

/** From the cues that a station's script provides for, over its encounters, to those that met a response. */
export type CueFunnel = {
  stationId: StationId
  number: number
  title: string
  encounters: number
  /** Cues of the script × encounters; whether the SP gave each of them is not recorded. */
  planned: number
  /** Those of them that no touch names. */
  unmarked: number
  /** Cues that an examiner marked, each once, and how many of them met a response. */
  marked: number
  met: number
  share: Statistic
  /** Touches of each kind, in the order of the rubric. */
  moments: { type: string; label: string; response: 'met' | 'unmet'; count: number }[]
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
    },
    lookAlikes: byStation.flatMap((own) => (own[0] ? lookAlikesOf(own[0], own) : [])),
  }
}

function cueMarksOf({ rubric, station, encounter: { slot, record } }: SeenByBoth): CueMark[] {
  const responses = new Map(rubric.moments.map(({ id, response }) => [id, response]))
  return record.marks.flatMap(({ kind, type, cue }) => {
    const response = kind === 'moment' ? responses.get(type) : undefined
    if (response === undefined) return []
    // A moment belongs to no domain of the rubric: nobody is asked for one.
    return [{ candidate: slot.candidateId, encounter: slot.id, station: station.id, domain: null, cue, response }]
  })
}

function funnelOf({ station, rubric }: SeenByBoth, own: readonly SeenByBoth[], share: Statistic): CueFunnel {
  const touches = own.flatMap(({ encounter }) => encounter.record.marks.filter(({ kind }) => kind === 'moment'))
  return {
    stationId: station.id,
    number: station.number,
    title: station.title,
    encounters: own.length,
    planned: station.cues.length * own.length,
    unmarked: own.reduce(
      (sum, { encounter }) => sum + station.cues.length - namedCues(encounter, station.cues.length),
      0,
    ),
    marked: share.n,
    met: Math.round((share.value ?? 0) * share.n),
    share,
    moments: rubric.moments.map(({ id, label, response }) => ({
      ...{ type: id, label, response },
      count: touches.filter(({ type }) => type === id).length,
    })),
  }
}

/** Cues of the script that a touch names; one that has since left the script is none of them. */
const namedCues = ({ record: { marks } }: SeenByBoth['encounter'], inScript: number): number =>
  new Set(marks.flatMap(({ kind, cue }) => (kind === 'moment' && cue !== null && cue < inScript ? [cue] : []))).size

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
