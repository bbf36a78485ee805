import { levelsOf } from '../data/levels.ts'
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
  const told = marks.map((mark, at): ToldMark => ({ ...mark, at }))
  const numbers = cueNumbers(marks)
  const shareIn = (own: readonly ToldMark[]) => shareOf(cuesOf(own, numbers))
  const within = told.filter(({ domain }) => domain !== null)
  return {
    all: shareIn(told),
    stations: [...Map.groupBy(told, ({ station }) => station)].map(([station, own]) => ({
      station,
      met: shareIn(own),
    })),
    domains: [...Map.groupBy(within, ({ domain }) => domain ?? '')].map(([domain, own]) => ({
      domain,
      met: shareIn(own),
    })),
    withoutDomain: cuesOf(
      told.filter(({ domain }) => domain === null),
      numbers,
    ).length,
  }
}

type ToldMark = CueMark & { at: number }

/** The number of the cue that each mark is about; marks of one cue of an encounter share it. */
function cueNumbers(marks: readonly CueMark[]): Int32Array {
  const encounters = levelsOf(marks.map(({ encounter }) => encounter))
  const known = new Map<number, number>()
  const most = marks.reduce((highest, { cue }) => Math.max(highest, cue ?? 0), 0) + 1
  let count = 0
  return Int32Array.from(marks, ({ cue }, at) => {
    if (cue === null) return count++
    const code = (encounters.of[at] ?? 0) * most + cue
    const number = known.get(code) ?? count++
    known.set(code, number)
    return number
  })
}

/** Each cue of an encounter once. */
function cuesOf(marks: readonly ToldMark[], numbers: Int32Array): Cue[] {
  const cues = new Map<number, Cue>()
  for (const { candidate, response, at } of marks) {
    const number = numbers[at] ?? 0
    const cue = cues.get(number)
    const met = response === 'met'
    if (cue) cue.met ||= met
    else cues.set(number, { candidate, met })
  }
  return [...cues.values()]
}

function shareOf(cues: readonly Cue[]): Statistic {
  const repeated = new Set(cues.map(({ candidate }) => candidate)).size < cues.length
  const warnings: Warning[] = ['only-what-was-marked', ...(repeated ? (['interval-too-narrow'] as const) : [])]
  return share(cues.filter(({ met }) => met).length, cues.length, warnings)
}
