import { describeScores, type Description } from '../descriptive.ts'
import { betweenExaminers, type BetweenExaminers } from '../raters/between-examiners.ts'
import type { AlphaAnalysis } from '../reliability/alpha.ts'
import { standardErrorOf, type Statistic } from '../statistic.ts'
import type { Warning } from '../terms.ts'
import { borderlineGroup } from '../standard-setting/borderline-group.ts'
import { borderlineRegression, type BorderlineRegression } from '../standard-setting/borderline-regression.ts'
import { failures } from '../standard-setting/failures.ts'
import { stationCut, type StationStandard } from '../standard-setting/station-standard.ts'
import { gradedScores, type StationColumn } from './exam-table.ts'

/**
 * How the cuts of the stations are set: the grade that is borderline, and the highest score there is, null if not known.
 * `borderlineOf` names stations at which another grade is.
 */
export type CutRule = {
  standard: StationStandard
  borderline: number
  borderlineOf?: ReadonlyMap<string, number>
  highest: number | null
}

/**
 * What measurement says of one station. `n` counts the candidates with a score, `missing` those without. `cut` is by the
 * declared method; slope, intercept and R² are always those of borderline regression.
 */
export type StationAnalysis = Description &
  Omit<BorderlineRegression, 'cut' | 'seCut'> & {
    station: string
    missing: number
    cut: Statistic
    seCut: Statistic
    borderlineGroup: Statistic
    borderlineGroupMedian: Statistic
    /** How many scored below the cut. */
    fails: Statistic
    alphaIfDeleted: Statistic
    stationTotal: Statistic
    examinerEta2: Statistic
    examinerOmega2: Statistic
    examinerF: Statistic
    examinerP: Statistic
  }

/**
 * Analyses one station; `withinExam` is what the whole exam says of it, `exam` the cut of the exam where that is set first.
 */
export function analyseStation(
  column: StationColumn,
  { standard, borderline: usual, borderlineOf, highest }: CutRule,
  withinExam: AlphaAnalysis['items'][number],
  exam: Statistic | null,
): StationAnalysis {
  const { station } = column
  const borderline = borderlineOf?.get(station) ?? usual
  const scores = column.scores.filter((score) => score !== null)
  const warnings: Warning[] = column.averaged ? ['mean-of-examiners'] : []
  const pairs = gradedScores(column)
  const { cut: regression, seCut: _, ...line } = borderlineRegression(pairs, borderline, highest, warnings)
  const group = borderlineGroup(pairs, borderline, warnings)
  const cut = stationCut(standard, { station, scores, regression, group, exam })
  return {
    station,
    ...describeScores(scores, warnings),
    missing: column.scores.length - scores.length,
    cut,
    seCut: standardErrorOf(cut, hasError(standard) ? 'too-few' : 'method-without-error'),
    ...line,
    borderlineGroup: group.mean,
    borderlineGroupMedian: group.median,
    fails: failures(column.scores, cut),
    alphaIfDeleted: withinExam.alphaIfDeleted,
    stationTotal: withinExam.itemRest,
    ...examinerFigures(betweenExaminers(column.byExaminer)),
  }
}

/** Whether a method gives its cut a standard error, where there are scores enough. */
const hasError = (standard: StationStandard): boolean =>
  standard.method === 'borderline-regression' ||
  standard.method === 'angoff' ||
  (standard.method === 'borderline-group' && standard.average === 'mean')

const examinerFigures = ({ etaSquared, omegaSquared, f, p }: BetweenExaminers) => ({
  examinerEta2: etaSquared,
  examinerOmega2: omegaSquared,
  examinerF: f,
  examinerP: p,
})
