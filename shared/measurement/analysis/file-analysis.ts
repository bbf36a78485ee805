import { describeScores } from '../descriptive.ts'
import type { Mark } from '../mark.ts'
import type { Statistic } from '../statistic.ts'
import { analyseExam, type ExamAnalysis, type ExamRule } from './exam-analysis.ts'
import { examTable } from './exam-table.ts'
import { markedGroups, type GroupMeasures } from './group-measures.ts'
import { reliabilityOf, type ReliabilityMeasures } from './reliability-measures.ts'
import type { StationAnalysis } from './station-analysis.ts'
import { scorePoints, type ScorePoint } from './station-measures.ts'

/** A station of a file, numbered from 1 in the order of the file, with the points of its chart. */
export type FileStation = Omit<StationAnalysis, 'station'> & {
  number: number
  title: string
  grades: string[]
  borderline: { grade: number; label: string; named: boolean }
  points: ScorePoint[]
}

/** The same for a screen: with the charts' points and curve, and what the candidates' exam scores look like. */
export type FileMeasures = {
  exam: Pick<ExamAnalysis['exam'], 'cut' | 'seCut' | 'outcomes' | 'undecided'> & ScoresOfExam & { candidates: number }
  stations: FileStation[]
  reliability: ReliabilityMeasures
  groups: GroupMeasures<string> | null
  candidates: ExamAnalysis['candidates']
}

/** Mean and standard deviation of the exam scores of everybody who has a score at every station. */
export type ScoresOfExam = { mean: Statistic; sd: Statistic }

export function scoresOfExam({ candidates, stations }: ExamAnalysis): ScoresOfExam {
  const whole = candidates.flatMap(({ mean }) => (mean.value !== null && mean.n === stations.length ? mean.value : []))
  const { mean, sd } = describeScores(whole)
  return { mean, sd }
}

/**
 * Analyses marks that were not recorded here. `grades` is the scale of the grades, which labels the chart; `byGroup` asks for
 * groups, whose stations are passed at their own cuts.
 */
export function fileMeasures(
  marks: readonly Mark[],
  rule: ExamRule,
  { grades, byGroup }: { grades: { low: number; high: number }; byGroup: boolean },
): FileMeasures {
  const analysis = analyseExam(marks, rule)
  const { exam, stations, candidates } = analysis
  const { cut, seCut, outcomes, undecided } = exam
  const columns = new Map(examTable(marks).columns.map((column) => [column.station, column]))
  const labels = Array.from({ length: grades.high - grades.low + 1 }, (_, at) => String(grades.low + at))
  return {
    exam: { ...scoresOfExam(analysis), cut, seCut, outcomes, undecided, candidates: candidates.length },
    stations: stations.map(({ station, ...figures }, at) => {
      const { scores = [], grades: given = [] } = columns.get(station) ?? {}
      return {
        ...figures,
        ...{ number: at + 1, title: station, grades: labels },
        borderline: { grade: rule.borderline, label: String(rule.borderline), named: true },
        points: scorePoints(scores.map((score, row) => ({ score, grade: given[row] ?? null }))),
      }
    }),
    reliability: reliabilityOf(analysis, marks, stations.length),
    groups: byGroup ? markedGroups(marks, analysis) : null,
    candidates,
  }
}
