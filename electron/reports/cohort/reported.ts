import type { CohortResult } from '#shared/domain/results.ts'
import { TRIED_FIRST } from '#shared/domain/scenario.ts'
import { measureExam, type ExamMeasures } from '#shared/measurement/analysis/exam-measures.ts'
import { examinerMeasures, type ExaminerMeasures } from '#shared/measurement/analysis/examiner-measures.ts'
import { groupMeasures, type GroupMeasures } from '#shared/measurement/analysis/group-measures.ts'
import { analysisOverview, type AnalysisOverview } from '#shared/measurement/analysis/overview.ts'
import { patientMeasures, type PatientMeasures } from '#shared/measurement/analysis/patient-measures.ts'
import { reliabilityMeasures, type ReliabilityMeasures } from '#shared/measurement/analysis/reliability-measures.ts'
import { scenarioStandard } from '#shared/measurement/analysis/scenario-standard.ts'
import { whatIf, type WhatIf } from '#shared/measurement/analysis/what-if.ts'
import type { Statistic } from '#shared/measurement/statistic.ts'
import { cohortResult } from '#shared/scoring/cohort-result.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'

/** What the cohort report is made of: the exam's results, and the figures of each part of the analysis, as the app shows them. */
export type Reported = {
  cohort: CohortResult
  measures: ExamMeasures
  findings: AnalysisOverview['findings']
  reliability: ReliabilityMeasures
  examiners: ExaminerMeasures
  patients: PatientMeasures
  groups: GroupMeasures
  /** Borderline regression under the rule in force. */
  proposal: WhatIf
  /** The cut of the exam by other methods, with the stations that count. */
  otherCuts: Readonly<Record<'borderline-group' | 'cohen' | 'hofstee', Statistic>>
  /** The cut by the method in force, of the marks as they are now; null where that method computes none from them. */
  cutNow: Statistic | null
}

export function reportedOf(data: ExamData): Reported {
  const measures = measureExam(data)
  const { semMultiple, minStationsPassed, excluded } = data.standard
  return {
    cohort: cohortResult(data),
    measures,
    findings: analysisOverview(data).findings,
    reliability: reliabilityMeasures(measures),
    examiners: examinerMeasures(data, measures),
    patients: patientMeasures(data, measures),
    groups: groupMeasures(data, measures),
    proposal: whatIf(data, { method: 'borderline-regression', semMultiple, minStationsPassed, excluded }),
    otherCuts: otherCuts(data),
    cutNow: cutNow(data, measures),
  }
}

function otherCuts(data: ExamData): Reported['otherCuts'] {
  const { semMultiple, minStationsPassed, excluded } = data.standard
  const rules = { semMultiple, minStationsPassed, excluded }
  const { share, rectangle } = TRIED_FIRST
  return {
    'borderline-group': scenarioStandard(data, { method: 'borderline-group', ...rules }).cut,
    cohen: scenarioStandard(data, { method: 'cohen', share, ...rules }).cut,
    hofstee: scenarioStandard(data, { method: 'hofstee', rectangle, ...rules }).cut,
  }
}

function cutNow(data: ExamData, measures: ExamMeasures): Statistic | null {
  switch (data.standard.method) {
    case 'borderline-regression':
      return measures.analysis.exam.cut
    case 'borderline-group':
      return measureExam(data, { standard: { method: 'borderline-group', average: 'mean' } }).analysis.exam.cut
    default:
      return null
  }
}
