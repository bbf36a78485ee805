import type { Output } from '#shared/contract/contract.ts'
import type { ComparedExam } from '#shared/measurement/analysis/compare-exams.ts'

/** Scores of an exam of this laptop are in per cent. */
const HIGHEST_HERE = 100

export function comparedFile(
  { exam, stations, reliability }: Output<'analysis.file'>,
  highest: number | null,
): ComparedExam {
  const { candidates, outcomes, cut, seCut, mean, sd } = exam
  const { alpha, sem, gStudy } = reliability
  return {
    candidates,
    highest,
    outcomes,
    stations,
    cut,
    seCut,
    mean,
    sd,
    alpha,
    sem,
    erho2: gStudy.erho2,
    phi: gStudy.phi,
  }
}

export function comparedExam(
  { completeness, cut, seCut, scores, reliability, outcomes }: Output<'analysis.overview'>,
  stations: Output<'analysis.stations'>['stations'],
): ComparedExam {
  const { alpha, sem, gStudy } = reliability
  return {
    ...{ candidates: completeness.candidates, highest: HIGHEST_HERE, outcomes, stations, cut, seCut, ...scores },
    ...{ alpha, sem, erho2: gStudy.erho2, phi: gStudy.phi },
  }
}
