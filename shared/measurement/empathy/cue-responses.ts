import type { Statistic } from '../statistic.ts'
import type { Warning } from '../terms.ts'
import { share } from '../wilson.ts'

/** One touch of an examiner: what became of a cue. */
export type CueMark = {
  candidate: string
  encounter: string
  station: string
  /** The domain that the cue, or what was done with it, belongs to; null where nobody said. */
  domain: string | null
  /** Which of the station's cues; null where nobody said: it is then a cue of its own. */
  cue: number | null
  response: 'met' | 'unmet'
}

/** The share of cues that met a response, 0 to 1; `n` counts cues. */
export type CueResponses = {
  all: Statistic
  /** By the order of the first mark. */
  stations: { station: string; met: Statistic }[]
  domains: { domain: string; met: Statistic }[]
  /** Cues that belong to no domain. */
  withoutDomain: number
}

type Cue = { candidate: string; met: boolean }

/**
 * What share of the cues that examiners marked met a response (named, explored, checked back, acted on) with Wilson's
 * interval. A cue marked more than once counts once, and as met when any of its marks is. Cues that nobody marked are in
 * neither number.
 */
export function cueResponses(marks: readonly CueMark[]): CueResponses {
  const within = marks.filter(({ domain }) => domain !== null)
  return {
    all: shareOf(cuesOf(marks)),
    stations: [...Map.groupBy(marks, ({ station }) => station)].map(([station, own]) => ({
      station,
      met: shareOf(cuesOf(own)),
    })),
    domains: [...Map.groupBy(within, ({ domain }) => domain ?? '')].map(([domain, own]) => ({
      domain,
      met: shareOf(cuesOf(own)),
    })),
    withoutDomain: cuesOf(marks.filter(({ domain }) => domain === null)).length,
  }
}

/** Each cue of an encounter once. */
function cuesOf(marks: readonly CueMark[]): Cue[] {
  const loose: Cue[] = []
  const cues = new Map<string, Cue>()
  for (const { candidate, encounter, cue: index, response } of marks) {
    const met = response === 'met'
    if (index === null) {
      loose.push({ candidate, met })
      continue
    }
    const key = JSON.stringify([encounter, index])
    const cue = cues.get(key)
    if (cue) cue.met ||= met
    else cues.set(key, { candidate, met })
  }
  return [...cues.values(), ...loose]
}

function shareOf(cues: readonly Cue[]): Statistic {
  const repeated = new Set(cues.map(({ candidate }) => candidate)).size < cues.length
  const warnings: Warning[] = ['only-what-was-marked', ...(repeated ? (['interval-too-narrow'] as const) : [])]
  return share(cues.filter(({ met }) => met).length, cues.length, warnings)
}
