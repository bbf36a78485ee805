import type { CandidateId, PersonId, StationId } from '../../domain/ids.ts'
import type { ExamData } from '../../scoring/exam-data.ts'
import type { Mark } from '../mark.ts'
import { mixedStringency, type MixedStringency } from '../raters/stringency-mixed.ts'
import { stringency, type Stringency } from '../raters/stringency.ts'
import { rasch, type Rasch } from '../rasch/rasch.ts'
import { withheld, type Statistic } from '../statistic.ts'
import type { ExamMeasures } from './exam-measures.ts'
import type { StationAnalysis } from './station-analysis.ts'

/** How harsh examiners were: by least squares, by the mixed model, and in the Rasch model of the global ratings. */
export type ExaminerMeasures<
  Person extends string = PersonId,
  At extends string = StationId,
  Seen extends string = CandidateId,
> = {
  /** In the order of their ids. `leastSquares` and `mixed` in score points, above 0 harsh. */
  examiners: {
    personId: Person
    rawMean: Statistic
    leastSquares: Statistic
    mixed: Statistic
    /** Which of the sets; null alone. */
    set: number | null
    /** At how many stations they gave a score. */
    stations: number
  }[]
  /** In the order of their numbers, with how much of the differences in score lies between their examiners. */
  stations: ({
    stationId: At
    number: number
    title: string
    /** How many gave a score there. */
    examiners: number
  } & Pick<StationAnalysis, 'examinerEta2' | 'examinerOmega2' | 'examinerF' | 'examinerP'>)[]
  /** Whom the Rasch model names by id. */
  candidates: { id: Seen; number: string }[]
  /** Who can be compared with whom by least squares. */
  sets: string[][]
  effect: Stringency['effect']
  residualSd: Statistic
  components: MixedStringency['components']
  share: Statistic
  rasch: ShownRasch
  grades: (string | null)[]
}

/** The Rasch model with its candidates counted, where it says which of them belong together. */
export type ShownRasch = Omit<Rasch, 'subsets' | 'comparable'> & {
  subsets: { candidates: number; stations: string[]; examiners: string[] }[]
  comparable: { candidates: number[]; stations: string[][]; examiners: string[][] }
}

export function examinerMeasures(data: ExamData, { stations, marks, analysis }: ExamMeasures): ExaminerMeasures {
  const people = new Map<string, PersonId>(examinersOf(data).map((id) => [id, id]))
  const found = markedExaminers(marks, analysis.stations)
  return {
    ...found,
    examiners: found.examiners.flatMap((one) => {
      const personId = people.get(one.personId)
      return personId === undefined ? [] : [{ ...one, personId }]
    }),
    stations: found.stations.flatMap((one) => {
      const known = stations.find(({ station }) => station.id === one.stationId)?.station
      return known ? [{ ...one, stationId: known.id, number: known.number, title: known.title }] : []
    }),
    candidates: data.candidates.map(({ id, number }) => ({ id, number })),
    grades: gradeNames(stations),
  }
}

/** The same of marks that know their examiners, stations and candidates by what they are called. */
export function markedExaminers(
  marks: readonly Mark[],
  analysed: readonly StationAnalysis[],
): ExaminerMeasures<string, string, string> {
  const met = meetings(marks)
  const { examiners, sets, effect, residualSd } = stringency(marks)
  const mixed = mixedStringency(marks)
  const byMixed = new Map(mixed.examiners.map((one) => [one.examiner, one.stringency]))
  return {
    examiners: examiners.map(({ examiner: personId, rawMean, stringency: leastSquares, set }) => {
      const blup = byMixed.get(personId) ?? withheld('blup', 0, 'no-data')
      return { personId, rawMean, leastSquares, mixed: blup, set, stations: met.stationsOf.get(personId)?.size ?? 0 }
    }),
    stations: analysed.map(({ station, examinerEta2, examinerOmega2, examinerF, examinerP }, at) => ({
      ...{ stationId: station, number: at + 1, title: station, examiners: met.examinersAt.get(station)?.size ?? 0 },
      ...{ examinerEta2, examinerOmega2, examinerF, examinerP },
    })),
    candidates: [...new Set(marks.map(({ candidate }) => candidate))].map((id) => ({ id, number: id })),
    ...{ sets, effect, residualSd, components: mixed.components, share: mixed.share },
    rasch: shown(rasch(marks.flatMap(({ grade, ...mark }) => (grade === null ? [] : [{ ...mark, category: grade }])))),
    grades: [],
  }
}

/** What the grades 1, 2, 3 … are called, the worst first; null where stations call them differently. */
export function gradeNames(stations: ExamMeasures['stations']): (string | null)[] {
  const scales = stations.map(({ rubric }) => rubric.globalRating.map(({ label }) => label))
  return Array.from({ length: Math.max(0, ...scales.map(({ length }) => length)) }, (_, at) => {
    const [name, ...others] = new Set(scales.map((scale) => scale[at]))
    return name === undefined || others.length > 0 ? null : name
  })
}

/** Everybody who examined. */
export const examinersOf = ({ encounters }: Pick<ExamData, 'encounters'>): PersonId[] => [
  ...new Set(encounters.flatMap(({ examinerId }) => examinerId ?? [])),
]

/** Who gave a score where. */
function meetings(marks: readonly Mark[]) {
  const stationsOf = new Map<string, Set<string>>()
  const examinersAt = new Map<string, Set<string>>()
  const put = (into: Map<string, Set<string>>, key: string, value: string) => {
    const own = into.get(key) ?? new Set<string>()
    into.set(key, own.add(value))
  }
  for (const { examiner, station, score } of marks) {
    if (examiner === null || score === null) continue
    put(stationsOf, examiner, station)
    put(examinersAt, station, examiner)
  }
  return { stationsOf, examinersAt }
}

const shown = ({ subsets, comparable, ...found }: Rasch): ShownRasch => ({
  ...found,
  subsets: subsets.map((subset) => ({ ...subset, candidates: subset.candidates.length })),
  comparable: { ...comparable, candidates: comparable.candidates.map(({ length }) => length) },
})
