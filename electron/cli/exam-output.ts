import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { AttuneError } from '#shared/contract/result.ts'
import { examIdSchema, type ExamId } from '#shared/domain/ids.ts'
import type { ReportTask } from '#electron/reports/task.ts'
import { ratingsCsv, resultsCsv } from '#electron/services/export-tables.ts'
import { readExamData } from '#electron/services/read-exam-data.ts'
import { runReports } from '#electron/services/report-runner.ts'
import { openReader, type Repositories } from '#electron/store/store.ts'
import { reportWorker, version } from './paths.ts'

/** Reads a data folder beside a running app, and lets go of it. */
export function reading<T>(dataDir: string, work: (store: Repositories) => T): T {
  const store = openReader(dataDir)
  try {
    return work(store)
  } finally {
    store.close()
  }
}

/** An exam by the id that was typed. Throws 'unknown-exam'. */
export function examIdOf(store: Repositories, typed: string): ExamId {
  const id = examIdSchema.safeParse(typed)
  const exam = id.success ? store.exams.get(id.data) : null
  if (!exam) throw new AttuneError('unknown-exam', { exam: typed })
  return exam.id
}

export async function writeReport(dataDir: string, examId: ExamId, work: ReportTask['work']): Promise<void> {
  if ('file' in work) makeRoomFor(work.file)
  await runReports({ worker: reportWorker, task: { dataDir, fontDir: null, version: version(), examId, work } })
}

export function writeExports(dataDir: string, examId: ExamId, files: { ratings?: string; results?: string }): void {
  reading(dataDir, (store) => {
    const data = readExamData(store, examId)
    if (files.ratings !== undefined) writeTable(files.ratings, ratingsCsv(data))
    if (files.results !== undefined) writeTable(files.results, resultsCsv(data))
  })
}

function writeTable(file: string, text: string): void {
  makeRoomFor(file)
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new AttuneError('file-write-failed', { file }, { cause: error })
  }
}

const makeRoomFor = (file: string): void => {
  makeFolder(dirname(file))
}

/** Makes a folder for what is going to be written. Throws 'file-write-failed'. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new AttuneError('file-write-failed', { file: folder }, { cause: error })
  }
}
