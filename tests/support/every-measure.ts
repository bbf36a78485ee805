import { analyseExam } from '#shared/measurement/analysis/exam-analysis.ts'
import { describeScores } from '#shared/measurement/descriptive.ts'
import { agreementByDomain } from '#shared/measurement/empathy/domain-agreement.ts'
import { empathyRelations } from '#shared/measurement/empathy/relation.ts'
import { dStudy } from '#shared/measurement/generalizability/d-study.ts'
import { gStudy } from '#shared/measurement/generalizability/g-study.ts'
import { differentialFunctioning } from '#shared/measurement/groups/differential-functioning.ts'
import type { Mark } from '#shared/measurement/mark.ts'
import { agreement } from '#shared/measurement/raters/agreement.ts'
import { blandAltman } from '#shared/measurement/raters/bland-altman.ts'
import { intraclassCorrelations } from '#shared/measurement/raters/icc.ts'
import { cohenKappa, gradeTable } from '#shared/measurement/raters/kappa.ts'
import { krippendorffAlpha, measurementLevels } from '#shared/measurement/raters/krippendorff.ts'
import { completePairs } from '#shared/measurement/raters/pairs.ts'
import { mixedStringency } from '#shared/measurement/raters/stringency-mixed.ts'
import { stringency } from '#shared/measurement/raters/stringency.ts'
import { rasch } from '#shared/measurement/rasch/rasch.ts'
import { angoffCut } from '#shared/measurement/standard-setting/angoff.ts'
import { cohenCut } from '#shared/measurement/standard-setting/cohen.ts'
import { hofsteeCut } from '#shared/measurement/standard-setting/hofstee.ts'

const rule = { borderline: 2, highest: 100, minStationsPassed: 1, semMultiple: 1 }

/** Every public measure of some marks, by name. */
export const everyMeasure: Readonly<Record<string, (marks: readonly Mark[]) => unknown>> = {
  'borderline regression': (marks) => analyseExam(marks, { ...rule, standard: { method: 'borderline-regression' } }),
  'borderline group': (marks) =>
    analyseExam(marks, { ...rule, standard: { method: 'borderline-group', average: 'median' } }),
  Cohen: (marks) => cohenCut(scoresOf(marks), 0.6),
  Angoff: (marks) => angoffCut(scoresOf(marks)),
  Hofstee: (marks) => {
    const scores = scoresOf(marks).toSorted((a, b) => a - b)
    const [lowestCut, highestCut] = [scores[Math.floor(scores.length / 5)] ?? 0, scores.at(-1) ?? 1]
    return hofsteeCut(scoresOf(marks), { lowestCut, highestCut, fewestFails: 0.1, mostFails: 0.6 })
  },
  description: (marks) => describeScores(scoresOf(marks)),
  'six ICCs': (marks) => intraclassCorrelations(rowsOf(marks)),
  Krippendorff: (marks) => measurementLevels.map((level) => krippendorffAlpha(rowsOf(marks), level)),
  kappa: (marks) => {
    const { table } = gradeTable(pairsOf(marks, 'grade'), [1, 2, 3, 4, 5])
    return (['none', 'linear', 'quadratic'] as const).map((weights) => cohenKappa(table, weights))
  },
  agreement: (marks) => {
    const pairs = pairsOf(marks, 'score')
    return [agreement(pairs), blandAltman(completePairs(pairs))]
  },
  'least squares': stringency,
  'mixed model': mixedStringency,
  'G study': (marks) =>
    [undefined, 'p×s', 'p×s×r', 'p×(r:s)'].map((name) => {
      const study = gStudy(marks, name as Parameters<typeof gStudy>[1])
      return [study, dStudy(study, { stations: [1, 4], raters: [1, 2], fixedStations: name === 'p×s×r' })]
    }),
  Rasch: (marks) =>
    rasch(marks.flatMap(({ grade, ...mark }) => (grade === null ? [] : [{ ...mark, category: grade }]))),
  groups: (marks) => {
    const scores = scoresOf(marks).toSorted((a, b) => a - b)
    const cuts = new Map(marks.map(({ station }) => [station, scores[Math.floor(scores.length / 2)] ?? 0]))
    return differentialFunctioning(marks, { cuts, minimum: 1, strata: 2 })
  },
  relations: (marks) =>
    empathyRelations(
      marks.map(({ candidate, score, grade }) => ({
        candidate,
        examiner: score,
        answers: { listened: grade, helped: grade, 'feelings-recognised': grade === null ? null : 5 - grade },
      })),
    ),
  domains: (marks) =>
    agreementByDomain(
      marks.map(({ candidate, station, score, grade }) => ({
        candidate,
        domain: station,
        examiner: score,
        patient: grade,
      })),
    ),
}

const scoresOf = (marks: readonly Mark[]): number[] => marks.flatMap(({ score }) => score ?? [])

type Cell = Pick<Mark, 'score' | 'grade'>

/** Candidates by stations, whatever the order of the marks; of several marks in a cell the one that comes first by itself. */
function tableOf(marks: readonly Mark[]): (Cell | undefined)[][] {
  const sorted = marks.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  const candidates = [...new Set(sorted.map(({ candidate }) => candidate))]
  const stations = [...new Set(sorted.map(({ station }) => station))].toSorted()
  return candidates.map((candidate) =>
    stations.map((station) => sorted.find((mark) => mark.candidate === candidate && mark.station === station)),
  )
}

const rowsOf = (marks: readonly Mark[]) => tableOf(marks).map((row) => row.map((cell) => cell?.score ?? null))

const pairsOf = (marks: readonly Mark[], key: keyof Cell): [number | null, number | null][] =>
  tableOf(marks).flatMap((row) =>
    row
      .slice(1)
      .map((cell, before): [number | null, number | null] => [row[before]?.[key] ?? null, cell?.[key] ?? null]),
  )
