import { dStudy, type DStudyRow } from '../generalizability/d-study.ts'
import { gStudy, type GStudy } from '../generalizability/g-study.ts'
import type { ExamAnalysis } from './exam-analysis.ts'
import type { ExamMeasures } from './exam-measures.ts'

/** How reliable the result is, where the variance of the scores comes from, and what more or fewer stations would do. */
export type ReliabilityMeasures = Pick<
  ExamAnalysis['exam'],
  'alpha' | 'alphaStandardized' | 'alphaN' | 'alphaLeftOut' | 'omega' | 'sem' | 'semTotal'
> & {
  stations: number
  gStudy: GStudy
  /** One row for each number of stations from 1 up. */
  dStudy: DStudyRow[]
}

/** The curve is drawn to twice the stations there are, and to this many at least. */
export const LEAST_CURVE = 20

export function reliabilityMeasures({ stations, marks, analysis: { exam } }: ExamMeasures): ReliabilityMeasures {
  const { alpha, alphaStandardized, alphaN, alphaLeftOut, omega, sem, semTotal } = exam
  const study = gStudy(marks)
  const longest = Math.max(LEAST_CURVE, 2 * stations.length)
  return {
    ...{ alpha, alphaStandardized, alphaN, alphaLeftOut, omega, sem, semTotal },
    stations: stations.length,
    gStudy: study,
    dStudy: dStudy(study, { stations: Array.from({ length: longest }, (_, i) => i + 1) }),
  }
}
