import type { ShownRasch } from '#shared/measurement/analysis/examiner-measures.ts'
import { fitClass, type FitClass } from '#shared/measurement/rasch/misfit.ts'
import type { RaschElement, RaschExtreme } from '#shared/measurement/rasch/rasch.ts'
import { written } from '../measures/figure-words.ts'
import { count } from '../words.ts'

/** What the elements of the model, and the grades, are called on this paper. */
export type RaschNames = {
  candidate: (id: string) => string
  station: (id: string) => string
  examiner: (id: string) => string
  grade: (category: number) => string
}

export const fitWord: Readonly<Record<FitClass, string>> = {
  fits: 'fits',
  erratic: 'erratic: misfit',
  misleading: 'too erratic: misleads',
  regular: 'too regular',
}

/** Those who are more erratic than the model expects. */
export const misfits = (all: readonly RaschElement[]): RaschElement[] =>
  all.filter((one) => ['erratic', 'misleading'].includes(fitClass(one)))

/** Which parts share nothing, and within which groups measures compare. */
export function partSentences({ subsets, comparable }: ShownRasch, names: RaschNames): string[] {
  const parts =
    subsets.length < 2
      ? []
      : [
          `${subsets.length} parts share no candidate, station or examiner: ${subsets
            .map(
              ({ candidates, stations, examiners }) =>
                `${count(candidates, 'candidate', 'candidates')} at ${listed(stations.map(names.station))}${examiners.length === 0 ? '' : ` with ${listed(examiners.map(names.examiner))}`}`,
            )
            .join('; ')}.`,
        ]
  const groups = (['stations', 'examiners'] as const).flatMap((facet) => {
    const own = comparable[facet]
    if (own.length < 2) return []
    const nameOf = facet === 'stations' ? names.station : names.examiner
    return own.every(({ length }) => length === 1)
      ? [`No two ${facet} compare with each other.`]
      : [
          `${facet === 'stations' ? 'Stations' : 'Examiners'} compare only within these groups: ${own.map((ids) => listed(ids.map(nameOf))).join('; ')}.`,
        ]
  })
  const candidates =
    comparable.candidates.length < 2
      ? []
      : [
          `Candidates compare only within ${comparable.candidates.length} groups, of ${listed(comparable.candidates.map(String))}.`,
        ]
  return [...parts, ...groups, ...candidates]
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`

const facetWord: Readonly<Record<RaschExtreme['facet'], { one: string; many: string }>> = {
  candidates: { one: 'Candidate', many: 'Candidates' },
  stations: { one: 'Station', many: 'Stations' },
  examiners: { one: 'Examiner', many: 'Examiners' },
}

/** Who was left out of the estimation, and where they would stand by convention. */
export function extremeSentences({ extreme }: Pick<ShownRasch, 'extreme'>, names: RaschNames): string[] {
  const nameOf = { candidates: names.candidate, stations: names.station, examiners: names.examiner }
  return [...Map.groupBy(extreme, ({ facet, end }) => `${facet} ${end}`).values()].flatMap((own) => {
    const [first] = own
    if (!first) return []
    const who = own.map(
      ({ id, measure }) =>
        `${nameOf[first.facet](id)}${measure === null ? '' : ` (would stand at ${written(measure, 'difference')})`}`,
    )
    const { one, many } = facetWord[first.facet]
    return [`${own.length === 1 ? one : many} with only the ${first.end} grade: ${listed(who)}.`]
  })
}
