import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import { heatMeasures } from '#shared/measurement/analysis/heat-measures.ts'
import { analysisOverview } from '#shared/measurement/analysis/overview.ts'
import { groupMeasures } from '#shared/measurement/analysis/group-measures.ts'
import { patientMeasures } from '#shared/measurement/analysis/patient-measures.ts'
import { reliabilityMeasures } from '#shared/measurement/analysis/reliability-measures.ts'
import { whatIf } from '#shared/measurement/analysis/what-if.ts'
import { stationMeasures } from '#shared/measurement/analysis/station-measures.ts'
import type { Output } from '#shared/contract/contract.ts'
import { sessionSchema } from '#shared/domain/session.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { fakeBridge, type Answers, type FakeBridge } from '#tests/support/fake-bridge.ts'
import { allRated, recordedExam } from '#tests/support/recorded-exam.ts'

const levels = ['clear-fail', 'borderline', 'pass', 'good', 'excellent']
type Point = 1 | 2 | 3 | 4 | 5
/** Every behaviour's point, and the grade, 1 the worst; null: nobody was seen. */
type Seen = [points: Point, grade: Point] | null

/** Each row a candidate, each cell a station. */
export const examOf = (...rows: Seen[][]): ExamData =>
  recordedExam({
    stations: (rows[0] ?? []).map(() => ({})),
    candidates: rows.map(() => ({})),
    record: (candidate, station) => {
      const seen = rows[candidate]?.[station]
      if (!seen) return undefined
      return { status: 'submitted', ratings: allRated(seen[0]), globalRating: levels[seen[1] - 1] ?? '' }
    },
  })

/** Six candidates at three stations, each better in grade where better in points. */
export const soundExam = (): ExamData =>
  examOf(
    [
      [1, 1],
      [1, 1],
      [2, 2],
    ],
    [
      [2, 2],
      [1, 1],
      [2, 2],
    ],
    [
      [3, 3],
      [2, 2],
      [3, 3],
    ],
    [
      [3, 3],
      [4, 4],
      [3, 3],
    ],
    [
      [4, 4],
      [4, 4],
      [5, 5],
    ],
    [
      [5, 5],
      [5, 5],
      [5, 5],
    ],
  )

export const overviewOf = (data: ExamData): Output<'analysis.overview'> => ({
  ...analysisOverview(data),
  decided: [],
  examiners: [],
})

/** Its set-up, as the host has it. */
export const setUpOf = ({ exam, stations, candidates }: ExamData): Output<'exam.get'> => ({
  ...{ exam, stations, candidates },
  ...{ people: [], hasMarks: true, packageOut: null },
})

/** A host at which a director sits, with the analysis of this exam. */
export const analysisBridge = (data: ExamData, more: Answers = {}): FakeBridge =>
  fakeBridge({
    'app.info': {
      version: '0.1.0',
      host: 'web',
      storage: { state: 'ok', events: 10, lastWriteAt: null, reserve: 'kept', broken: null },
    },
    'settings.get': { soundVolume: 0.5, paper: 'A4', idleLockMinutes: 10 },
    'session.get': sessionSchema.parse({ role: 'director', examId: null, personId: null, handedOver: null }),
    'exam.list': [],
    'analysis.overview': () => overviewOf(data),
    'analysis.stations': () => {
      const measures = measureExam(data)
      return { stations: stationMeasures(measures), heat: heatMeasures(data, measures) }
    },
    'analysis.reliability': () => reliabilityMeasures(measureExam(data)),
    'analysis.patients': () => patientMeasures(data, measureExam(data)),
    'analysis.groups': () => groupMeasures(data, measureExam(data)),
    'exam.get': setUpOf(data),
    'analysis.whatIf': ({ scenario }) => whatIf(data, scenario),
    ...more,
  })

export const at = ({ exam }: ExamData, section = ''): string => `/exams/${exam.id}/analysis/${section}`
