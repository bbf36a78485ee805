import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { AttuneError } from '#shared/contract/result.ts'
import { NAMELESS, type Candidate } from '#shared/domain/exam.ts'
import { personIdSchema } from '#shared/domain/ids.ts'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import { candidateResult, cohortProfile } from '#shared/scoring/candidate-result.ts'
import type { PlannedExam } from '#shared/scoring/exam-data.ts'
import { pseudonym } from '#electron/base/pseudonym.ts'
import type { DocumentOptions } from '#electron/reports/document-options.ts'
import { examinerLetter, letterData, type Examiner } from '#electron/reports/examiner/examiner-letter.ts'
import { feedbackReport } from '#electron/reports/feedback/feedback-report.ts'
import { pinSlips } from '#electron/reports/pin-slips.ts'
import { sessionSheet } from '#electron/reports/session/session-sheet.ts'
import { withReportNames } from '#electron/reports/report-names.ts'
import { openFontLibrary, type FontLibrary } from '#electron/reports/text/shaping.ts'
import { writeShelved, type ShelfKey } from '#electron/files/shelved.ts'
import { ledgerCode } from '#electron/store/ledger-code.ts'
import { candidateReader, readExamData, readPlannedExam } from '#electron/store/read-exam-data.ts'
import { readSession } from '#electron/store/read-session.ts'
import type { Repositories } from '#electron/store/store.ts'
import type { ReportTask } from './task.ts'

type Progress = (done: number, total: number) => void

/**
 * Makes the reports of one task, one at a time, so that memory stays flat however many there are. `library`: fonts that
 * several tasks share.
 */
export async function runReportTask(
  store: Repositories,
  task: ReportTask,
  progress: Progress,
  library: FontLibrary = openFontLibrary(task.fontDir ?? undefined),
): Promise<void> {
  const planned = readPlannedExam(store, task.examId)
  const options: DocumentOptions = {
    library,
    version: task.version,
    recordedAt: new Date(store.encounters.lastWriteMs(task.examId) ?? Date.parse(planned.exam.heldOn)),
    ledgerCode: ledgerCode(store.chains.heads(task.examId)),
  }
  const { work, seal = null } = task
  switch (work.kind) {
    case 'candidate': {
      const candidate = planned.candidates.find(({ id }) => id === work.candidateId)
      if (!candidate) throw new AttuneError('unknown-candidate')
      await write(work.file, feedbackMaker(store, planned, options)(candidate), seal)
      return
    }
    case 'feedback-archive':
      await writeArchive(work.file, planned.candidates, feedbackMaker(store, planned, options), progress, seal)
      return
    case 'feedback-folder':
      await writeFolder(work.folder, planned.candidates, feedbackMaker(store, planned, options), progress)
      return
    case 'examiner': {
      const examiner = examinersOf(store, task.examId).find(({ id }) => id === work.examinerId)
      if (!examiner) throw new AttuneError('not-found', { kind: 'examiner' })
      await write(work.file, letterMaker(store, planned, options)(examiner), seal)
      progress(1, 1)
      return
    }
    case 'examiner-archive':
      await writeArchive(
        work.file,
        examinersOf(store, task.examId),
        letterMaker(store, planned, options),
        progress,
        seal,
      )
      return
    case 'examiner-folder':
      await writeFolder(work.folder, examinersOf(store, task.examId), letterMaker(store, planned, options), progress)
      return
    case 'cohort': {
      const data = readExamData(store, task.examId)
      // What draws charts takes a thread longer to load than all else: no other report waits for it.
      const [{ cohortReport }, { reportedOf }] = await Promise.all([
        import('#electron/reports/cohort/cohort-report.ts'),
        import('#electron/reports/cohort/reported.ts'),
      ])
      const { names } = work
      const examinerName = (id: string) => (names ? nameOf(store, id) : pseudonym('examiner', id))
      await write(work.file, cohortReport(reportedOf(data), { ...options, names, examinerName }), seal)
      progress(1, 1)
      return
    }
    case 'session': {
      const session = readSession(store, task.examId)
      const written = session.chains.map(({ lastWriteMs }) => lastWriteMs)
      const recordedAt = written.length === 0 ? options.recordedAt : new Date(Math.max(...written))
      await write(work.file, sessionSheet(session, { ...options, recordedAt }), seal)
      return
    }
    case 'pin-slips': {
      const people = store.people.ofExam(task.examId)
      await write(work.file, pinSlips({ exam: planned.exam, people, slips: work.slips }, options), seal)
    }
  }
}

const nameOf = ({ audit }: Repositories, id: string): string => audit.nameOf(personIdSchema.parse(id)) ?? NAMELESS

async function write(file: string, bytes: Uint8Array, seal: ShelfKey | null): Promise<void> {
  try {
    await writeShelved(file, [bytes], seal)
  } catch (error) {
    throw new AttuneError('file-write-failed', { file }, { cause: error })
  }
}

/** Everybody a report is made for; `number` is what its file is called. */
type Reader = { number: string }
type Maker<R> = (reader: R) => Uint8Array

/** Keeps the cohort's profile, the error of its scores and nothing of its marks: each candidate's are read for their report alone. */
function feedbackMaker(store: Repositories, planned: PlannedExam, options: DocumentOptions): Maker<Candidate> {
  const cohort = readExamData(store, planned.exam.id)
  const profile = cohortProfile(cohort)
  const { sem } = measureExam(cohort).analysis.exam
  const dataOf = candidateReader(store, planned)
  return (candidate) => feedbackReport(candidateResult(dataOf(candidate.id), candidate, profile), { ...options, sem })
}

/** The examiners of an exam; their letters are called by their names. */
const examinersOf = (store: Repositories, examId: ReportTask['examId']) =>
  store.people.ofExam(examId).flatMap(({ id, role, name }) => (role === 'examiner' ? [{ id, name, number: name }] : []))

function letterMaker(store: Repositories, { exam }: PlannedExam, options: DocumentOptions): Maker<Examiner> {
  const data = letterData(readExamData(store, exam.id))
  return (examiner) => examinerLetter(data, examiner, options)
}

async function writeFolder<R extends Reader>(
  folder: string,
  readers: readonly R[],
  make: Maker<R>,
  progress: Progress,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [index, { reader, name }] of withReportNames(readers).entries()) {
    await write(join(folder, name), make(reader), null)
    progress(index + 1, readers.length)
  }
}

/** Each report is made when the archive has taken the one before, and is let go of then. */
async function writeArchive<R extends Reader>(
  file: string,
  readers: readonly R[],
  make: Maker<R>,
  progress: Progress,
  seal: ShelfKey | null,
): Promise<void> {
  const archive = new ZipFile()
  const written = writeShelved(file, Readable.from(archive.outputStream), seal).catch((error: unknown) => {
    throw new AttuneError('file-write-failed', { file }, { cause: error })
  })
  const failed = new Promise<never>((_, reject) => {
    for (const [index, { reader, name }] of withReportNames(readers).entries()) {
      archive.addReadStreamLazy(name, { compress: false }, (take) => {
        const report = Readable.from(once(() => make(reader)))
        report.once('error', reject).once('end', () => {
          progress(index + 1, readers.length)
        })
        take(null, report)
      })
    }
  })
  archive.end()
  // A report that cannot be made leaves the file waiting for ever.
  await Promise.race([written, failed])
}

function* once<T>(make: () => T): Generator<T> {
  yield make()
}
