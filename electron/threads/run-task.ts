import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { AttuneError } from '#shared/contract/result.ts'
import type { Candidate } from '#shared/domain/exam.ts'
import { candidateResult, cohortProfile } from '#shared/scoring/candidate-result.ts'
import { cohortResult } from '#shared/scoring/cohort-result.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { cohortReport } from '#electron/reports/cohort/cohort-report.ts'
import type { DocumentOptions } from '#electron/reports/document-options.ts'
import { feedbackReport } from '#electron/reports/feedback/feedback-report.ts'
import { withReportNames } from '#electron/reports/report-names.ts'
import { openFontLibrary } from '#electron/reports/text/shaping.ts'
import { readExamData } from '#electron/store/read-exam-data.ts'
import type { Repositories } from '#electron/store/store.ts'
import type { ReportTask } from './task.ts'

type Progress = (done: number, total: number) => void

/** Makes the reports of one task, one at a time, so that memory stays flat however many there are. */
export async function runReportTask(store: Repositories, task: ReportTask, progress: Progress): Promise<void> {
  const data = readExamData(store, task.examId)
  const options: DocumentOptions = {
    library: openFontLibrary(task.fontDir ?? undefined),
    version: task.version,
    recordedAt: new Date(store.encounters.lastWriteMs(task.examId) ?? Date.parse(data.exam.heldOn)),
  }
  const { work } = task
  switch (work.kind) {
    case 'candidate': {
      const candidate = data.candidates.find(({ id }) => id === work.candidateId)
      if (!candidate) throw new AttuneError('unknown-candidate')
      await write(work.file, feedbackMaker(data, options)(candidate))
      return
    }
    case 'feedback-archive':
      await writeArchive(work.file, data, feedbackMaker(data, options), progress)
      return
    case 'feedback-folder': {
      const make = feedbackMaker(data, options)
      await mkdir(work.folder, { recursive: true })
      for (const [index, { candidate, name }] of withReportNames(data.candidates).entries()) {
        await write(join(work.folder, name), make(candidate))
        progress(index + 1, data.candidates.length)
      }
      return
    }
    case 'cohort':
      await write(work.file, cohortReport(cohortResult(data), options))
      progress(1, 1)
  }
}

async function write(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes)
  } catch (error) {
    throw new AttuneError('file-write-failed', { file }, { cause: error })
  }
}

type FeedbackMaker = (candidate: Candidate) => Uint8Array

function feedbackMaker(data: ExamData, options: DocumentOptions): FeedbackMaker {
  const profile = cohortProfile(data)
  return (candidate) => feedbackReport(candidateResult(data, candidate, profile), options)
}

/** Each report is made when the archive has taken the one before. */
async function writeArchive(file: string, data: ExamData, make: FeedbackMaker, progress: Progress): Promise<void> {
  const archive = new ZipFile()
  const written = pipeline(archive.outputStream, createWriteStream(file)).catch((error: unknown) => {
    throw new AttuneError('file-write-failed', { file }, { cause: error })
  })
  const fill = async () => {
    for (const [index, { candidate, name }] of withReportNames(data.candidates).entries()) {
      const page = new PassThrough()
      archive.addReadStream(page, name, { compress: false })
      page.end(make(candidate))
      await finished(page)
      progress(index + 1, data.candidates.length)
    }
    archive.end()
  }
  // Both at once: where the file takes nothing any more, the page that waits for it would wait for ever.
  await Promise.all([written, fill()])
}
