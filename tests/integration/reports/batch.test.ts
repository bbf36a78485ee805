import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import type { Job } from '#shared/contract/parts/common.ts'
import { candidateSchema } from '#shared/domain/exam.ts'
import { writeFeedback } from '#electron/cli/exam-output.ts'
import { reportWorker } from '#electron/cli/paths.ts'
import { createFileLog } from '#electron/files/file-log.ts'
import { runReports } from '#electron/threads/report-runner.ts'
import { DATABASE_FILE, openStore } from '#electron/store/store.ts'
import { codeOf, dataOf, examDay, type ExamDay, examDayWith } from '#tests/support/exam-day.ts'
import { eventually } from '#tests/support/eventually.ts'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { putSmallExam } from '#tests/support/small-exam.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { readZip } from '#tests/support/zip-reader.ts'
import { sitAsDirector } from '#tests/support/sign-in.ts'

/** A day with so many candidates that a batch takes a while, and every step of a job as a window hears of it. */
async function dayOf(candidates: number): Promise<Omit<ExamDay, 'small'> & { heard: Job[]; examId: Job['examId'] }> {
  const day = await examDayWith((store, small) => {
    store.transaction(() => {
      for (let number = 4; number <= candidates; number++) {
        const { id: _, ...fields } = small.candidates[0]
        const own = { id: `candidate-${number}`, number: `A/${number}`, name: `Candidate ${number}` }
        store.candidates.put(candidateSchema.parse({ ...fields, ...own }))
      }
    })
  })
  const heard: Job[] = []
  await sitAsDirector(day.window('listener'))
  day.services.events.subscribe('listener', (event) => {
    if (event.name === 'job.progressed') heard.push(event.payload)
  })
  return { ...day, heard, examId: day.small.exam.id }
}

const filesOf = (dataDir: string): string[] => {
  const shelf = join(dataDir, 'shelf')
  return existsSync(shelf) ? readdirSync(shelf) : []
}

const ended = (heard: readonly Job[]) =>
  eventually(() => {
    const last = heard.at(-1)
    if (!last || last.status === 'running') throw new Error('still running')
    return last
  })

describe('a report that cannot be made', () => {
  it('leaves in the log where it failed, and tells the screens nothing but that it did', async () => {
    const folder = tempDir()
    const log = createFileLog(folder)
    const { director, small } = await examDay({ fontDir: join(tempDir(), 'no-fonts'), log })
    const examId = small.exam.id
    const refusal = await director('report.candidate', { examId, candidateId: small.candidates[0].id })
    expect(refusal).toEqual({ ok: false, code: 'report-failed', params: {} })
    const { id } = dataOf(await director('report.cohort', { examId }))
    const job = await eventually(async () => {
      const found = dataOf(await director('job.list', {})).find((entry) => entry.id === id)
      if (found?.status !== 'failed') throw new Error('still running')
      return found
    })
    expect(job.failure).toEqual({ code: 'report-failed', params: {} })
    const written = readFileSync(join(folder, 'logs', 'attune.log'), 'utf8')
    for (const kind of ['candidate', 'cohort'])
      expect(written).toMatch(
        new RegExp(
          `a report failed jobKind=${kind} code=report-failed error=Error\\n(?:\\s+at .*\\n)*\\s+at .*reports/text/face\\.ts`,
        ),
      )
  })
})

describe('a report of which the ledger takes no event', () => {
  it('is given to nobody, and the log tells why', async () => {
    const folder = tempDir()
    const log = createFileLog(folder)
    const { director, small, dataDir } = await examDay({ log })
    const db = new Database(join(dataDir, DATABASE_FILE))
    db.exec(`CREATE TRIGGER takes_nothing BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'takes nothing'); END`)
    db.close()
    const { id } = dataOf(await director('report.cohort', { examId: small.exam.id, names: true }))
    const job = await eventually(async () => {
      const found = dataOf(await director('job.list', {})).find((entry) => entry.id === id)
      if (found?.status !== 'failed') throw new Error('still running')
      return found
    })
    expect(job).toMatchObject({ failure: { code: 'report-failed', params: {} }, file: null })
    const written = readFileSync(join(folder, 'logs', 'attune.log'), 'utf8')
    expect(written).toMatch(/a job failed jobKind=cohort-report error=SqliteError\n/)
  })
})

describe('a report whose worker ends without a word', () => {
  it('leaves in the log how it ended', async () => {
    const folder = tempDir()
    const log = createFileLog(folder)
    const { director, small } = await examDay({ reportWorker: new URL('data:text/javascript,process.exit(7)'), log })
    const candidateId = small.candidates[0].id
    const refusal = await director('report.candidate', { examId: small.exam.id, candidateId })
    expect(refusal).toEqual({ ok: false, code: 'report-failed', params: {} })
    const written = readFileSync(join(folder, 'logs', 'attune.log'), 'utf8')
    expect(written).toContain('a report failed jobKind=candidate code=report-failed exitCode=7\n')
  })
})

describe('an archive that cannot be written', () => {
  it('is refused as such: the reports are not to blame', async () => {
    const { dataDir, examId } = await dayOf(12)
    const file = join(tempDir(), 'no-such-folder', 'feedback.zip')
    const work = { kind: 'feedback-archive', file } as const
    const made = runReports({
      worker: reportWorker,
      task: { dataDir, key: null, fontDir: null, version: '0.0.0', examId, work },
    })
    await expect(made).rejects.toMatchObject({ code: 'file-write-failed', params: { file } })
  })
})

describe('all feedback reports at once', () => {
  it('tell how far they are up to the last one, and lie in one archive by candidate number', async () => {
    const day = await dayOf(12)
    const job = dataOf(await day.director('report.feedbackBatch', { examId: day.examId }))
    expect(job).toMatchObject({ status: 'running', done: 0, total: 12, file: null })
    const last = await ended(day.heard)
    expect(last).toMatchObject({ status: 'done', done: 12, total: 12, failure: null })
    expect(day.heard.map(({ done }) => done)).toEqual([...Array.from({ length: 12 }, (_, index) => index + 1), 12])
    const file = day.services.findFile(last.file?.id ?? '')
    const archive = await readZip(await readFile(file?.path ?? ''))
    expect([...archive.keys()].toSorted()).toEqual(
      ['1001', '1002', '1003', ...Array.from({ length: 9 }, (_, index) => `A-${index + 4}`)]
        .map((number) => `${number}.pdf`)
        .toSorted(),
    )
    const { pages } = await readPdf(archive.get('A-12.pdf') ?? Buffer.of())
    expect(pages[0]).toContain('Candidate A/12')
  })

  it('keep the reports apart of numbers that make one file name, in the archive and in a folder', async () => {
    const dataDir = dataFolder()
    const store = openStore({ dataDir })
    const small = putSmallExam(store)
    const numbers = ['10/1', '10-1', 'a1', 'A1']
    store.transaction(() => {
      for (const [index, number] of numbers.entries()) {
        const own = { id: `candidate-${index + 4}`, number, name: `Candidate ${number}` }
        store.candidates.put(candidateSchema.parse({ ...small.candidates[0], ...own }))
      }
    })
    store.close()
    const folder = join(tempDir(), 'feedback')
    expect(await writeFeedback({ dataDir, key: null }, small.exam.id, folder, () => undefined)).toBe(3 + numbers.length)
    const zip = join(tempDir(), 'feedback.zip')
    await runReports({
      worker: reportWorker,
      task: {
        dataDir,
        key: null,
        fontDir: null,
        version: '0.0.0',
        examId: small.exam.id,
        work: { kind: 'feedback-archive', file: zip },
      },
    })
    const archive = await readZip(await readFile(zip))
    for (const [name, number] of [
      ['10-1', '10-1'],
      ['10-1 (2)', '10/1'],
      ['A1', 'A1'],
      ['a1 (2)', 'a1'],
    ]) {
      const inFolder = await readFile(join(folder, `${name ?? ''}.pdf`))
      for (const report of [archive.get(`${name ?? ''}.pdf`) ?? Buffer.of(), inFolder]) {
        expect((await readPdf(report)).pages[0]).toContain(`Candidate ${number ?? ''}`)
      }
    }
    expect(archive.size).toBe(3 + numbers.length)
  })

  it('are stopped in the middle when somebody asks, and leave no half-made file', async () => {
    const day = await dayOf(400)
    const { id: jobId } = dataOf(await day.director('report.feedbackBatch', { examId: day.examId }))
    await eventually(() => expect(day.heard.length).toBeGreaterThan(2))
    const job = dataOf(await day.director('job.cancel', { jobId }))
    expect(job).toMatchObject({ status: 'cancelled', file: null, failure: null })
    expect(job.done).toBeLessThan(400)
    expect(filesOf(day.dataDir)).toEqual([])
    const heard = day.heard.length
    expect(day.heard.at(-1)).toMatchObject({ status: 'cancelled' })
    // The next one starts afresh, and nothing more is heard of the first.
    const next = dataOf(await day.director('report.cohort', { examId: day.examId }))
    await eventually(() => expect(day.heard.at(-1)).toMatchObject({ id: next.id, status: 'done', done: 1, total: 1 }))
    expect(day.heard.slice(heard).map(({ id }) => id)).not.toContain(jobId)
  })

  it('end with the app, and leave nothing', async () => {
    const day = await dayOf(400)
    dataOf(await day.director('report.feedbackBatch', { examId: day.examId }))
    await eventually(() => expect(day.heard.length).toBeGreaterThan(0))
    await day.services.shutdown()
    expect(filesOf(day.dataDir)).toEqual([])
  })
})

describe('a report of one candidate', () => {
  it('that is being made when the app ends is given up, and leaves nothing', async () => {
    const { director, services, small, dataDir } = await examDay()
    const asked = director('report.candidate', { examId: small.exam.id, candidateId: small.candidates[0].id })
    await services.shutdown()
    expect(codeOf(await asked)).toBe('cancelled')
    expect(filesOf(dataDir)).toEqual([])
  })
})
