import type { ExamId } from '#shared/domain/ids.ts'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import { examinerMeasures } from '#shared/measurement/analysis/examiner-measures.ts'
import { groupMeasures } from '#shared/measurement/analysis/group-measures.ts'
import { analysisOverview } from '#shared/measurement/analysis/overview.ts'
import { patientMeasures } from '#shared/measurement/analysis/patient-measures.ts'
import { reliabilityMeasures } from '#shared/measurement/analysis/reliability-measures.ts'
import { stationMeasures } from '#shared/measurement/analysis/station-measures.ts'
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
  stations: (store: Repositories, examId: ExamId) => ({
    stations: stationMeasures(measureExam(readExamData(store, examId))),
  }),
  examiners: (store: Repositories, examId: ExamId) => {
    const data = readExamData(store, examId)
    return { ...examinerMeasures(data, measureExam(data)), names: examinerNames(store, examId) }
  },
  patients: (store: Repositories, examId: ExamId) => {
    const data = readExamData(store, examId)
    return patientMeasures(data, measureExam(data))
  },
  groups: (store: Repositories, examId: ExamId) => {
    const data = readExamData(store, examId)
    return groupMeasures(data, measureExam(data))
  },
  reliability: (store: Repositories, examId: ExamId) => reliabilityMeasures(measureExam(readExamData(store, examId))),
}

const examinerNames = (store: Repositories, examId: ExamId) =>
  store.people.ofExam(examId).flatMap(({ id, role, name }) => (role === 'examiner' ? [{ id, name }] : []))
