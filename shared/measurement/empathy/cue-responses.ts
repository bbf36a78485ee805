import { combine, levelsOf, type Combined } from '../data/levels.ts'
import { at } from '../data/vector.ts'
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

/**
 * What share of the cues that examiners marked met a response (named, explored, checked back, acted on) with Wilson's
 * interval. A cue marked more than once counts once, and as met when any of its marks is. Cues that nobody marked are in
 * neither number.
 */
export function cueResponses(marks: readonly CueMark[]): CueResponses {
  const tally = tallyOf(marks)
  const each = (column: (string | null)[]) =>
    membersOf(column).map(([name, own]) => ({ name, met: shareOf(tally(own)) }))
  const none = marks.flatMap(({ domain }, place) => (domain === null ? [place] : []))
  return {
    all: shareOf(tally(marks.keys())),
    stations: each(marks.map(({ station }) => station)).map(({ name, met }) => ({ station: name, met })),
    domains: each(marks.map(({ domain }) => domain)).map(({ name, met }) => ({ domain: name, met })),
    withoutDomain: tally(none).cues,
  }
}

/** The marks with each name, by their places. */
function membersOf(column: readonly (string | null)[]): [name: string, places: number[]][] {
  const members = new Map<string, number[]>()
  column.forEach((name, place) => {
    if (name === null) return
    const own = members.get(name)
    if (own) own.push(place)
    else members.set(name, [place])
  })
  return [...members]
}

/** The cues that some marks are about, how many of them met a response, and whether a candidate has several of them. */
type Tally = { cues: number; met: number; repeated: boolean }

/** Counts any of the marks, named by their places. */
function tallyOf(marks: readonly CueMark[]): (places: Iterable<number>) => Tally {
  const numbers = cueNumbers(marks)
  const candidates = levelsOf(marks.map(({ candidate }) => candidate))
  // In which count each was met last.
  const cueIn = new Int32Array(numbers.size)
  const metIn = new Int32Array(numbers.size)
  const candidateIn = new Int32Array(candidates.names.length)
  let count = 0
  return (places) => {
    count++
    const tally = { cues: 0, met: 0, repeated: false }
    for (const place of places) {
      const cue = at(numbers.of, place)
      const candidate = at(candidates.of, place)
      if (cueIn[cue] !== count) {
        cueIn[cue] = count
        tally.cues++
        if (candidateIn[candidate] === count) tally.repeated = true
        candidateIn[candidate] = count
      }
      if (marks[place]?.response === 'met' && metIn[cue] !== count) {
        metIn[cue] = count
        tally.met++
      }
    }
    return tally
  }
}

/** The number of the cue that each mark is about; marks of one cue of an encounter share it. */
function cueNumbers(marks: readonly CueMark[]): Combined {
  const encounters = levelsOf(marks.map(({ encounter }) => encounter))
  let places = encounters.names.length
  // Where nobody said which cue, the mark has a place of its own.
  const where = encounters.of.map((encounter, i) => (marks[i]?.cue === null ? places++ : encounter))
  const cues = Int32Array.from(marks, ({ cue }) => cue ?? 0)
  return combine(where, places, cues, cues.reduce((highest, cue) => Math.max(highest, cue), 0) + 1)
}

function shareOf({ cues, met, repeated }: Tally): Statistic {
  const warnings: Warning[] = ['only-what-was-marked', ...(repeated ? (['interval-too-narrow'] as const) : [])]
  return share(met, cues, warnings)
}
