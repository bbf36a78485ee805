import type { PersonId } from '../../domain/ids.ts'
import type { ExamData } from '../../scoring/exam-data.ts'
import { mixedStringency, type MixedStringency } from '../raters/stringency-mixed.ts'
import { stringency, type Stringency } from '../raters/stringency.ts'
import { rasch, type Rasch } from '../rasch/rasch.ts'
import { withheld, type Statistic } from '../statistic.ts'
import type { ExamMeasures } from './exam-measures.ts'

/** How harsh examiners were: by least squares, by the mixed model, and in the Rasch model of the global ratings. */
export type ExaminerMeasures = {
  /** In the order of their ids. `leastSquares` and `mixed` in score points, above 0 harsh. */
  examiners: {
    personId: PersonId
    rawMean: Statistic
    leastSquares: Statistic
    mixed: Statistic
    /** Which of the sets; null alone. */
    set: number | null
  }[]
  /** Who can be compared with whom by least squares. */
  sets: string[][]
  effect: Stringency['effect']
  residualSd: Statistic
  components: MixedStringency['components']
  share: Statistic
  rasch: ShownRasch
}

/** The Rasch model with its candidates counted, where it says which of them belong together. */
export type ShownRasch = Omit<Rasch, 'subsets' | 'comparable'> & {
  subsets: { candidates: number; stations: string[]; examiners: string[] }[]
  comparable: { candidates: number[]; stations: string[][]; examiners: string[][] }
}

export function examinerMeasures(data: ExamData, { marks }: ExamMeasures): ExaminerMeasures {
  const known = new Map<string, PersonId>(examinersOf(data).map((id) => [id, id]))
  const { examiners, sets, effect, residualSd } = stringency(marks)
  const mixed = mixedStringency(marks)
  const byMixed = new Map(mixed.examiners.map((one) => [one.examiner, one.stringency]))
  return {
    examiners: examiners.flatMap(({ examiner, rawMean, stringency: leastSquares, set }) => {
      const personId = known.get(examiner)
      if (personId === undefined) return []
      return [{ personId, rawMean, leastSquares, mixed: byMixed.get(examiner) ?? withheld('blup', 0, 'no-data'), set }]
    }),
    ...{ sets, effect, residualSd, components: mixed.components, share: mixed.share },
    rasch: shown(rasch(marks.flatMap(({ grade, ...mark }) => (grade === null ? [] : [{ ...mark, category: grade }])))),
  }
}

/** Everybody who examined. */
export const examinersOf = ({ encounters }: Pick<ExamData, 'encounters'>): PersonId[] => [
  ...new Set(encounters.flatMap(({ examinerId }) => examinerId ?? [])),
]

const shown = ({ subsets, comparable, ...found }: Rasch): ShownRasch => ({
  ...found,
  subsets: subsets.map((subset) => ({ ...subset, candidates: subset.candidates.length })),
  comparable: { ...comparable, candidates: comparable.candidates.map(({ length }) => length) },
})
