import type { StandardInForce } from '../../domain/standard.ts'
import { countOutcomes, outcomesBy } from '../../scoring/outcomes.ts'
import type { ExamData } from '../../scoring/exam-data.ts'
import { concordance } from '../raters/concordance.ts'
import { completePairs } from '../raters/pairs.ts'
import { stringency } from '../raters/stringency.ts'
import type { Statistic } from '../statistic.ts'
import { examinersOf } from './examiner-measures.ts'
import { measureExam } from './exam-measures.ts'
import { scoresOfExam, type ScoresOfExam } from './file-analysis.ts'
import { findingsOf, type Finding } from './findings.ts'
import { groupMeasures } from './group-measures.ts'
import { seenByBoth } from './patient-pairs.ts'
import { reliabilityMeasures, type ReliabilityMeasures } from './reliability-measures.ts'

/** The first page of the analysis: what there is, where the pass mark should be, how sure that is, and what needs a look. */
export type AnalysisOverview = {
  completeness: {
    candidates: number
    stations: number
    /** A score for every candidate at every station that counts. */
    planned: number
    scored: number
    graded: number
    /** Candidates with a score at every station. */
    complete: number
  }
  standard: StandardInForce
  /** The cut that borderline regression proposes for the exam, and its standard error. */
  cut: Statistic
  seCut: Statistic
  scores: ScoresOfExam
  reliability: Omit<ReliabilityMeasures, 'dStudy'>
  /** By the standard in force. */
  outcomes: ReturnType<typeof countOutcomes>
  /** Of everybody who has a score at a station that counts, the lowest first. */
  examScores: number[]
  findings: Finding[]
}

export function analysisOverview(data: ExamData): AnalysisOverview {
  const measures = measureExam(data)
  const { marks, stations, analysis } = measures
  const reliability = reliabilityMeasures(measures)
  const judged = outcomesBy(data, data.standard)
  const outcomes = countOutcomes(judged)
  const pairs = seenByBoth(data, stations).map(({ examiner, patient }) => [examiner, patient] as const)
  const { dStudy: _, ...shown } = reliability
  return {
    completeness: {
      candidates: data.candidates.length,
      stations: stations.length,
      planned: marks.length,
      scored: marks.filter(({ score }) => score !== null).length,
      graded: marks.filter(({ grade }) => grade !== null).length,
      complete: analysis.exam.alphaN,
    },
    standard: data.standard,
    cut: analysis.exam.cut,
    seCut: analysis.exam.seCut,
    scores: scoresOfExam(analysis),
    reliability: shown,
    outcomes,
    examScores: judged.flatMap(({ score: { value } }) => value ?? []).toSorted((a, b) => a - b),
    findings: findingsOf({
      ...measures,
      ...{ reliability, outcomes, standard: data.standard },
      stringency: stringency(marks),
      groups: groupMeasures(data, measures),
      concordance: concordance(completePairs(pairs)),
      examiners: examinersOf(data),
    }),
  }
}
