import type { ExamId } from '#shared/domain/ids.ts'
import { readSampleExam, sampleExamOfSize } from '#electron/services/demo/sample-exam.ts'
import { openWholeApp, resourcesDir } from '#tests/support/whole-app.ts'

/** Puts the sample exam into a new data folder, small and ready to be marked; resolves to its id. */
export async function makeTrialExam(dataDir: string): Promise<ExamId> {
  const services = await openWholeApp(dataDir)
  try {
    const director = services.seat({ role: 'director', examId: null, personId: null })
    const sample = JSON.stringify(sampleExamOfSize(readSampleExam(resourcesDir), { candidates: 8, stations: 4 }))
    const upload = { name: 'sample.attune-exam', base64: Buffer.from(sample).toString('base64') }
    const exam = await director('exam.importFile', { upload })
    if (!exam.ok) throw new Error(`the sample exam was refused: ${exam.code}`)
    const examId = exam.data.id
    await director('rotation.generate', { examId })
    const running = await director('exam.setStatus', { examId, status: 'running' })
    if (!running.ok) throw new Error(`the sample exam does not start: ${running.code}`)
    return examId
  } finally {
    await services.shutdown()
  }
}
