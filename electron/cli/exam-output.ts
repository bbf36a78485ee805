import { mkdirSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AttuneError } from '#shared/contract/result.ts'
import { examIdSchema, type ExamId } from '#shared/domain/ids.ts'
import { writeWhole, writeWholeFiles } from '#electron/files/write-whole.ts'
import { ratingsCsv, resultsCsv } from '#electron/reports/export-tables.ts'
import type { Naming } from '#electron/reports/pseudonymised.ts'
import { isSampleReport } from '#electron/reports/sample-report.ts'
import { readExamData } from '#electron/store/read-exam-data.ts'
import { openReader, type StoreReader } from '#electron/store/store.ts'
import { runReports } from '#electron/threads/report-runner.ts'
import type { ReportTask } from '#electron/threads/task.ts'
import type { Folder } from './folder.ts'
import { reportWorker, version } from './paths.ts'

/** Reads a data folder beside a running app, and lets go of it. */
export function reading<T>({ dataDir, key }: Folder, work: (store: StoreReader) => T): T {
  const store = openReader(dataDir, key)
  try {
    return work(store)
  } finally {
    store.close()
  }
}

/** An exam by the id that was typed. Throws 'unknown-exam'. */
export function examIdOf(store: Pick<StoreReader, 'exams'>, typed: string): ExamId {
  const id = examIdSchema.safeParse(typed)
  const exam = id.success ? store.exams.get(id.data) : null
  if (!exam) throw new AttuneError('unknown-exam', { exam: typed })
  return exam.id
}

type Work = ReportTask['work']
type Progress = (done: number, total: number) => void

const run = ({ dataDir, key }: Folder, examId: ExamId, work: Work, onProgress?: Progress): Promise<void> =>
  runReports({
    worker: reportWorker,
    task: { dataDir, key, fontDir: null, version: version(), examId, work },
    ...(onProgress && { onProgress }),
  })

/** Writes one report, whole or not at all. */
export async function writeReport(
  from: Folder,
  examId: ExamId,
  work: Extract<Work, { kind: 'candidate' | 'cohort' | 'examiner' | 'session' }>,
): Promise<void> {
  makeFolder(dirname(work.file))
  await writeWhole(work.file, (file) => run(from, examId, { ...work, file }))
}

/**
 * Writes the feedback report of every candidate into a folder and removes from it those that an earlier sample exam
 * left there. Resolves to how many were written.
 */
export async function writeFeedback(
  from: Folder,
  examId: ExamId,
  folder: string,
  onProgress: Progress,
): Promise<number> {
  const names = new Set(
    await writeWholeFiles(folder, (part) => run(from, examId, { kind: 'feedback-folder', folder: part }, onProgress)),
  )
  for (const name of await readdir(folder)) {
    const file = join(folder, name)
    if (!names.has(name) && name.endsWith('.pdf') && isSampleReport(await readFile(file))) await rm(file)
  }
  return names.size
}

/** Writes the letter of every examiner into a folder. Resolves to how many were written. */
export async function writeLetters(from: Folder, examId: ExamId, folder: string): Promise<number> {
  makeFolder(dirname(folder))
  const names = await writeWholeFiles(folder, (part) => run(from, examId, { kind: 'examiner-folder', folder: part }))
  return names.length
}

/** Writes the tables that are named, by pseudonyms unless names are wanted. */
export async function writeExports(
  from: Folder,
  examId: ExamId,
  files: { ratings?: string; results?: string } & Naming,
): Promise<void> {
  const { ratings, results, names } = files
  if (ratings !== undefined)
    await writeText(
      ratings,
      reading(from, (store) => ratingsCsv(store, examId, { names })),
    )
  if (results !== undefined) {
    await writeText(
      results,
      reading(from, (store) => resultsCsv(readExamData(store, examId), { names })),
    )
  }
}

/** Writes a text, whole or not at all. */
export async function writeText(file: string, text: string): Promise<void> {
  makeFolder(dirname(file))
  await writeWhole(file, (part) => writeFile(part, text))
}

/**
 * Makes a folder for what is going to be written. Returns the uppermost folder that was made, or undefined where it was
 * there. Throws 'file-write-failed'.
 */
export function makeFolder(folder: string): string | undefined {
  try {
    return mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new AttuneError('file-write-failed', { file: folder }, { cause: error })
  }
}
