import { meanOf } from '../descriptive.ts'
import type { Mark } from '../mark.ts'
import { alphaAnalysis } from '../reliability/alpha.ts'
import { omegaTotal } from '../reliability/omega.ts'
import { stationCovariances } from '../reliability/score-matrix.ts'
import {
  decide,
  type ConjunctiveRule,
  type CandidateOutcome,
  type ExamOutcome,
} from '../standard-setting/exam-outcome.ts'
import { isBelow } from '../standard-setting/failures.ts'
import { hofsteeCut } from '../standard-setting/hofstee.ts'
import { examCutOf } from '../standard-setting/station-standard.ts'
import { standardErrorOf, type Statistic } from '../statistic.ts'
import { examTable, type ExamTable } from './exam-table.ts'
import { analyseStation, type CutRule, type StationAnalysis } from './station-analysis.ts'

/** The rule of an exam as it was declared before the results were seen. */
export type ExamRule = CutRule & ConjunctiveRule

export type CandidateAnalysis = CandidateOutcome & {
  candidate: string
  /** Of the station scores; where a station is missing, of the others, with a warning. `n` counts them. */
  mean: Statistic
  /** At how many stations the score reached the station's cut; a station without a score or without a cut is not counted. */
  stationsPassed: number
}

export type ExamAnalysis = {
  stations: StationAnalysis[]
  exam: {
    cut: Statistic
    seCut: Statistic
    alpha: Statistic
    /** From how many complete candidates α, ω and the SEM are, and how many were left out because a station is missing. */
    alphaN: number
    alphaLeftOut: number
    alphaStandardized: Statistic
    omega: Statistic
    /** Of the mean over the stations, the unit of the cut; `semTotal` is that of their sum. */
    sem: Statistic
    semTotal: Statistic
    outcomes: Record<ExamOutcome, number>
    /** Candidates whose outcome hangs on a cut or a SEM that is withheld; with the outcomes they are all candidates. */
    undecided: number
  }
  candidates: CandidateAnalysis[]
}

/**
 * Everything about standard setting and reliability of one exam from its marks. Every station counts the same. Stations and
 * candidates come in the order in which the marks name them first; the order changes no figure. `redFlags` are the
 * candidates with a red flag that was upheld.
 */
export function analyseExam(
  marks: readonly Mark[],
  rule: ExamRule,
  redFlags: ReadonlySet<string> = new Set(),
): ExamAnalysis {
  const table = examTable(marks)
  const rows = table.candidates.map((_, row) => table.columns.map(({ scores }) => scores[row] ?? null))
  const data = stationCovariances(rows)
  const reliability = alphaAnalysis(data)
  const ofWhole = rule.standard.method === 'hofstee' ? hofsteeCut(wholeMeans(rows), rule.standard.rectangle).cut : null
  const stations = reliability.items.flatMap((item, at) => {
    const column = table.columns[at]
    return column ? [analyseStation(column, rule, item, ofWhole)] : []
  })
  const cut = ofWhole ?? examCutOf(rule.standard, stations)
  const candidates = candidateAnalyses(table, rows, { rule, redFlags, stations, cut, sem: reliability.semMean })
  const counted = (outcome: ExamOutcome | null) => candidates.filter((one) => one.outcome === outcome).length
  return {
    stations,
    exam: {
      cut,
      seCut: standardErrorOf(
        cut,
        rule.standard.method === 'hofstee' ? 'method-without-error' : 'station-without-error',
      ),
      alpha: reliability.alpha,
      alphaN: data.complete,
      alphaLeftOut: data.leftOut,
      alphaStandardized: reliability.standardized,
      omega: omegaTotal(data),
      sem: reliability.semMean,
      semTotal: reliability.semTotal,
      outcomes: {
        pass: counted('pass'),
        fail: counted('fail'),
        borderline: counted('borderline'),
        incomplete: counted('incomplete'),
      },
      undecided: counted(null),
    },
    candidates,
  }
}

/** The mean of everybody who has a score at every station. */
const wholeMeans = (rows: readonly (readonly (number | null)[])[]): number[] =>
  rows.flatMap((row) => {
    const { value, n } = meanOf(row.filter((score) => score !== null))
    return value === null || n < row.length ? [] : [value]
  })

type Deciding = {
  rule: ConjunctiveRule
  redFlags: ReadonlySet<string>
  stations: readonly StationAnalysis[]
  cut: Statistic
  sem: Statistic
}

function candidateAnalyses(
  { candidates }: ExamTable,
  rows: readonly (readonly (number | null)[])[],
  { rule, redFlags, stations, cut, sem }: Deciding,
): CandidateAnalysis[] {
  const cuts = stations.map((station) => station.cut.value)
  return candidates.map((candidate, at) => {
    const row = rows[at] ?? []
    const scores = row.filter((score) => score !== null)
    const complete = scores.length === stations.length
    const mean = meanOf(scores, complete || scores.length === 0 ? [] : ['stations-missing'])
    const stationsPassed = row.filter((score, station) => {
      const stationCut = cuts[station] ?? null
      return score !== null && stationCut !== null && !isBelow(score, stationCut)
    }).length
    const standing = { mean: mean.value, complete, stationsPassed, redFlag: redFlags.has(candidate) }
    return { candidate, mean, stationsPassed, ...decide(standing, rule, cut, sem) }
  })
}
