import { AttuneError } from '#shared/contract/result.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import type { Scenario } from '#shared/domain/scenario.ts'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import { examinerMeasures } from '#shared/measurement/analysis/examiner-measures.ts'
import { groupMeasures } from '#shared/measurement/analysis/group-measures.ts'
import { analysisOverview } from '#shared/measurement/analysis/overview.ts'
import { heatMeasures } from '#shared/measurement/analysis/heat-measures.ts'
import { patientMeasures } from '#shared/measurement/analysis/patient-measures.ts'
import { reliabilityMeasures } from '#shared/measurement/analysis/reliability-measures.ts'
import { scenarioStandard } from '#shared/measurement/analysis/scenario-standard.ts'
import { stationMeasures } from '#shared/measurement/analysis/station-measures.ts'
import { whatIf } from '#shared/measurement/analysis/what-if.ts'
import { scoredStations, type ExamData } from '#shared/scoring/exam-data.ts'
import { readExamData } from '#electron/store/read-exam-data.ts'
import type { Repositories } from '#electron/store/store.ts'

/** The parts of the analysis of an exam, read from the store. A module of its own: it brings the libraries of measurement. */
export const analysisReadings = {
  overview: (store: Repositories, examId: ExamId) => {
    const data = readExamData(store, examId)
    return {
      ...analysisOverview(data),
      decided: store.standards.decided(examId),
      examiners: examinerNames(store, examId),
    }
  },
  stations: (store: Repositories, examId: ExamId) => {
    const data = readExamData(store, examId)
    const measures = measureExam(data)
    return { stations: stationMeasures(measures), heat: heatMeasures(data, measures) }
  },
  examiners: (store: Repositories, examId: ExamId) => {
    const data = readExamData(store, examId)
    return { ...examinerMeasures(data, measureExam(data)), names: examinerNames(store, examId) }
  },
  patients: (store: Repositories, examId: ExamId) => {
    const data = readExamData(store, examId)
    return patientMeasures(data, measureExam(data))
  },
  groups: (store: Repositories, examId: ExamId, minimum?: number) => {
    const data = readExamData(store, examId)
    return groupMeasures(data, measureExam(data), minimum)
  },
  reliability: (store: Repositories, examId: ExamId) => reliabilityMeasures(measureExam(readExamData(store, examId))),
  scenario: (store: Repositories, examId: ExamId, scenario: Scenario) =>
    scenarioStandard(dataFor(store, examId, scenario), scenario),
  whatIf: (store: Repositories, examId: ExamId, scenario: Scenario) =>
    whatIf(dataFor(store, examId, scenario), scenario),
}

/** Throws 'not-found' where a scenario names a station that is not scored in this exam. */
function dataFor(store: Repositories, examId: ExamId, scenario: Scenario): ExamData {
  const data = readExamData(store, examId)
  const scored = new Set(scoredStations(data).map(({ id }) => id))
  const named = scenario.method === 'angoff' ? scenario.judged.map(({ stationId }) => stationId) : []
  if (![...named, ...scenario.excluded].every((id) => scored.has(id))) throw new AttuneError('not-found')
  return data
}

const examinerNames = (store: Repositories, examId: ExamId) =>
  store.people.ofExam(examId).flatMap(({ id, role, name }) => (role === 'examiner' ? [{ id, name }] : []))
