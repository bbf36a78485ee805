import { randomUUID } from 'node:crypto'
import type { Slip } from '#shared/contract/parts/accounts.ts'
import type { FileRef, Job } from '#shared/contract/parts/common.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { jobIdSchema, type ExamId, type JobId } from '#shared/domain/ids.ts'
import { marksTemplates } from '#shared/measurement/data/marks-template.ts'
import type { EventHub } from '#electron/base/event-hub.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import { stackOf, type Log } from '#electron/base/log.ts'
import { toCsv } from '#electron/files/csv.ts'
import type { FileShelf, ShelfItem } from '#electron/files/file-shelf.ts'
import type { DataKey } from '#electron/store/connection.ts'
import { noteNames } from '#electron/services/set-up/set-up.ts'
import type { Store } from '#electron/store/store.ts'
import type { Reader } from '#electron/threads/reader.ts'
import { runReports } from '#electron/threads/report-runner.ts'
import type { ReportTask } from '#electron/threads/task.ts'

export type ReportService = {
  handlers: HandlersOf<'report' | 'export' | 'job'>
  /** The PINs that were just given, as slips on paper. */
  printSlips(examId: ExamId, slips: readonly Slip[]): Promise<FileRef>
  /** Ends whatever is being made and waits until it has let go of its file. */
  stop(): Promise<void>
}

type Parts = {
  store: Store
  ids: () => string
  reader: Reader
  shelf: FileShelf
  events: EventHub
  options: Pick<ReportTask, 'dataDir' | 'fontDir' | 'version'> & { reportWorker: URL; log: Log }
  key: DataKey | null
}

type Running = { job: Job; abort: AbortController; ended: Promise<void> }

const PDF = 'application/pdf'
const CSV = 'text/csv'
const chartMime = { svg: 'image/svg+xml', png: 'image/png' } as const

/** A file with names says so wherever it lies. */
const fileName = (name: string, kind: string, names: boolean): string => `${name}${names ? '-with-names' : ''}.${kind}`

/** Reports and tables; what takes long is a job with progress that can be cancelled. */
export function createReportService(parts: Parts): ReportService {
  const { store, reader, shelf, events, options, key } = parts
  const jobs = new Map<JobId, Running>()
  const underWay = new Set<Promise<FileRef>>()
  const ending = new AbortController()

  const put = async (item: ShelfItem): Promise<FileRef> => {
    const file = shelf.put(item)
    underWay.add(file)
    try {
      return await file
    } finally {
      underWay.delete(file)
    }
  }

  const run = async (
    examId: ExamId,
    work: ReportTask['work'],
    { signals = [], onProgress }: { signals?: AbortSignal[]; onProgress?: (done: number, total: number) => void } = {},
  ) => {
    try {
      await runReports({
        worker: options.reportWorker,
        task: {
          dataDir: options.dataDir,
          key,
          fontDir: options.fontDir,
          version: options.version,
          examId,
          work,
          seal: shelf.key,
        },
        signal: AbortSignal.any([ending.signal, ...signals]),
        ...(onProgress && { onProgress }),
      })
    } catch (error) {
      throw withoutDetails(error, work.kind)
    }
  }

  /** Where it failed goes into the log; over the bridge goes the code alone, since no path may. */
  const withoutDetails = (error: unknown, jobKind: ReportTask['work']['kind']): AttuneError => {
    const { code, params, cause } =
      error instanceof AttuneError ? error : new AttuneError('report-failed', {}, { cause: error })
    const { exitCode } = params
    const why = exitCode === undefined ? { error: String(cause) } : { exitCode }
    if (code !== 'cancelled') options.log.error('a report failed', { jobKind, code, ...why })
    return new AttuneError(code)
  }

  const examOf = (examId: ExamId) => {
    const exam = store.exams.get(examId)
    if (!exam) throw new AttuneError('unknown-exam')
    return exam
  }

  const start = (
    { examId, kind, total }: Pick<Job, 'examId' | 'kind' | 'total'>,
    item: (job: Running) => ShelfItem,
    whenMade: () => void,
  ): Job => {
    const id = jobIdSchema.parse(randomUUID())
    const running: Running = {
      job: { id, examId, kind, status: 'running', done: 0, total, file: null, failure: null },
      abort: new AbortController(),
      ended: Promise.resolve(),
    }
    jobs.set(id, running)
    const made = async () => {
      const file = await put(item(running))
      whenMade()
      return file
    }
    running.ended = made().then(
      (file) => {
        update(running, { status: 'done', file })
      },
      (error: unknown) => {
        // What failed in the making is in the log already; what came after it, such as its event, is not.
        if (!(error instanceof AttuneError)) options.log.error('a job failed', { jobKind: kind, error: stackOf(error) })
        const { code, params } = error instanceof AttuneError ? error : new AttuneError('report-failed')
        update(
          running,
          code === 'cancelled' ? { status: 'cancelled' } : { status: 'failed', failure: { code, params } },
        )
      },
    )
    return running.job
  }

  const update = (running: Running, changes: Partial<Job>) => {
    running.job = { ...running.job, ...changes }
    // A job carries a file of results.
    events.publish('job.progressed', running.job, (session) => session?.role === 'director')
  }

  const writing = (running: Running, examId: ExamId, work: (file: string) => ReportTask['work']) => (file: string) =>
    run(examId, work(file), {
      signals: [running.abort.signal],
      onProgress: (done, total) => {
        update(running, { done, total })
      },
    })

  return {
    handlers: {
      'report.candidate': async ({ examId, candidateId }, { session }) => {
        const exam = examOf(examId)
        const candidate = store.candidates.get(candidateId)
        if (candidate?.examId !== exam.id) throw new AttuneError('unknown-candidate')
        const file = await put({
          name: `feedback-${candidate.number}.pdf`,
          mime: PDF,
          write: (path) => run(examId, { kind: 'candidate', candidateId, file: path }),
        })
        noteNames(parts, session, { examId, what: 'feedback', form: 'pdf', candidateId })
        return file
      },
      'report.feedbackBatch': ({ examId }, { session }) => {
        const exam = examOf(examId)
        const total = store.candidates.ofExam(examId).length
        return start(
          { examId, kind: 'feedback-batch', total },
          (running) => ({
            name: `feedback-${exam.heldOn}.zip`,
            mime: 'application/zip',
            write: writing(running, examId, (file) => ({ kind: 'feedback-archive', file })),
          }),
          () => {
            noteNames(parts, session, { examId, what: 'feedback-of-all', form: 'zip' })
          },
        )
      },
      'report.cohort': ({ examId, names = false }, { session }) => {
        const exam = examOf(examId)
        return start(
          { examId, kind: 'cohort-report', total: 1 },
          (running) => ({
            name: `cohort-${exam.heldOn}.pdf`,
            mime: PDF,
            write: writing(running, examId, (file) => ({ kind: 'cohort', file, names })),
          }),
          () => {
            if (names) noteNames(parts, session, { examId, what: 'cohort', form: 'pdf' })
          },
        )
      },
      'report.examiners': ({ examId }, { session }) => {
        const exam = examOf(examId)
        const total = store.people.ofExam(examId).filter(({ role }) => role === 'examiner').length
        return start(
          { examId, kind: 'examiner-letters', total },
          (running) => ({
            name: `examiners-${exam.heldOn}.zip`,
            mime: 'application/zip',
            write: writing(running, examId, (file) => ({ kind: 'examiner-archive', file })),
          }),
          () => {
            noteNames(parts, session, { examId, what: 'examiners', form: 'zip' })
          },
        )
      },
      'report.session': ({ examId }, { session }) => {
        const exam = examOf(examId)
        if (session?.role === 'examiner' && session.examId !== examId) throw new AttuneError('not-assigned')
        return put({
          name: `session-${exam.heldOn}.pdf`,
          mime: PDF,
          write: (file) => run(examId, { kind: 'session', file }),
        })
      },
      'export.chart': async ({ name, kind, base64, namesOf: examId }, { session }) => {
        if (examId !== null) examOf(examId)
        const bytes = Buffer.from(base64, 'base64')
        const file = await put({ name: fileName(name, kind, examId !== null), mime: chartMime[kind], bytes })
        if (examId !== null) noteNames(parts, session, { examId, what: 'chart', form: kind })
        return file
      },
      'export.tableCopied': ({ examId }, { session }) => {
        examOf(examId)
        noteNames(parts, session, { examId, what: 'table', form: 'clipboard' })
        return {}
      },
      'export.marksTemplate': ({ layout }) => {
        const { columns, rows } = marksTemplates[layout]
        return put({ name: `marks-${layout}.csv`, mime: CSV, bytes: Buffer.from(toCsv(columns, rows)) })
      },
      'export.ratings': async ({ examId, names = false }, { session }) => {
        const bytes = await reader.read('ratingsTable', { examId, names })
        const file = await put({ name: fileName('ratings', 'csv', names), mime: CSV, bytes })
        if (names) noteNames(parts, session, { examId, what: 'ratings', form: 'csv' })
        return file
      },
      'export.results': async ({ examId, names = false }, { session }) => {
        const bytes = await reader.read('resultsTable', { examId, names })
        const file = await put({ name: fileName('results', 'csv', names), mime: CSV, bytes })
        if (names) noteNames(parts, session, { examId, what: 'results', form: 'csv' })
        return file
      },
      'job.list': () => [...jobs.values()].map(({ job }) => job),
      'job.cancel': async ({ jobId }) => {
        const running = jobs.get(jobId)
        if (!running) throw new AttuneError('job-not-found')
        running.abort.abort()
        await running.ended
        return running.job
      },
    },
    printSlips: (examId, slips) =>
      put({
        name: `pins-${examOf(examId).heldOn}.pdf`,
        mime: PDF,
        write: (file) => run(examId, { kind: 'pin-slips', slips, file }),
      }),
    stop: async () => {
      ending.abort()
      await Promise.all([Promise.allSettled(underWay), ...[...jobs.values()].map(({ ended }) => ended)])
    },
  }
}
