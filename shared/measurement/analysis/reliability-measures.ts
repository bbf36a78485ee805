import { dStudy, type DStudyRow } from '../generalizability/d-study.ts'
import { gStudy, type GStudy } from '../generalizability/g-study.ts'
import type { Mark } from '../mark.ts'
import type { ExamAnalysis } from './exam-analysis.ts'
import type { ExamMeasures } from './exam-measures.ts'

/** How reliable the result is, where the variance of the scores comes from, and what more or fewer stations would do. */
export type ReliabilityMeasures = Pick<
  ExamAnalysis['exam'],
  'alpha' | 'alphaStandardized' | 'alphaN' | 'alphaLeftOut' | 'omega' | 'sem' | 'semTotal'
> & {
  stations: number
  gStudy: GStudy
  /**
   * For each number of stations from 1 up, one row for each number of raters that is tried: one, two, and as many as the
   * exam had. Where raters are no facet there is one row, and its raters are null.
   */
  dStudy: DStudyRow[]
}

/** Numbers of stations that a table shows. */
const TRIED = [4, 6, 8, 10, 12, 16, 20, 24] as const
/** The curve is drawn to twice the stations there are, and to this many at least. */
const LEAST_CURVE = 24

export const reliabilityMeasures = ({ stations, marks, analysis }: ExamMeasures): ReliabilityMeasures =>
  reliabilityOf(analysis, marks, stations.length)

export function reliabilityOf(
  { exam }: Pick<ExamAnalysis, 'exam'>,
  marks: readonly Mark[],
  stations: number,
): ReliabilityMeasures {
  const { alpha, alphaStandardized, alphaN, alphaLeftOut, omega, sem, semTotal } = exam
  const study = gStudy(marks)
  const longest = Math.max(LEAST_CURVE, 2 * stations)
  return {
    ...{ alpha, alphaStandardized, alphaN, alphaLeftOut, omega, sem, semTotal },
    stations,
    gStudy: study,
    dStudy: dStudy(study, {
      stations: Array.from({ length: longest }, (_, i) => i + 1),
      raters: [...new Set([1, 2, Math.round(study.held?.raters ?? 1)])],
    }),
  }
}

/** A row of the D study, and whether that is how the exam was held. */
export type TriedExam = DStudyRow & { asHeld: boolean }

/** The rows of the D study that a table shows: the usual numbers of stations, and the number there was. */
export function triedExams({
  gStudy: { held },
  dStudy: rows,
}: Pick<ReliabilityMeasures, 'gStudy' | 'dStudy'>): TriedExam[] {
  const whole = (count: number | null | undefined) => (typeof count === 'number' ? Math.round(count) : null)
  const [stations, raters] = [whole(held?.stations), whole(held?.raters)]
  return rows
    .map((row) => ({ ...row, asHeld: row.stations === stations && row.raters === raters }))
    .filter((row) => row.stations === stations || TRIED.some((tried) => tried === row.stations))
}
