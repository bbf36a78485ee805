import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Candidate } from '#shared/domain/exam.ts'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import { candidateResult, cohortProfile } from '#shared/scoring/candidate-result.ts'
import { feedbackReport } from '#electron/reports/feedback/feedback-report.ts'
import { openFontLibrary } from '#electron/reports/text/shaping.ts'
import { readExamData } from '#electron/store/read-exam-data.ts'
import { openReader } from '#electron/store/store.ts'
import { contentOf, openBareDocument, strokesOf, wordsOf, type PageContent } from './bare-report.ts'
import { fillExam } from './filled-exam.ts'
import { atLeast, atMost, byTurns, rounded, timeOf, type Measure } from './measure.ts'

const PACE_LIMIT = 0.5
const MEMORY_LIMIT = 1.3
const PAGES = 2
const small = { candidates: 20, stations: 12 }
const large = { candidates: 200, stations: 12 }
const rounds = { warmUp: 20, counted: 60 }

/** Feedback reports beside bare pdfkit, page for page with as many words and strokes. */
export async function measureReportPace(scratch: string): Promise<Measure[]> {
  const dataDir = join(scratch, 'pace')
  const { examId } = await fillExam(dataDir, { candidates: rounds.warmUp + rounds.counted, stations: 12 })
  const store = openReader(dataDir)
  const data = readExamData(store, examId)
  store.close()
  const profile = cohortProfile(data)
  const { sem } = measureExam(data).analysis.exam
  const options = { library: openFontLibrary(), version: 'bench', recordedAt: new Date(0), ledgerCode: null, sem }
  const make = (candidate: Candidate) => feedbackReport(candidateResult(data, candidate, profile), options)

  // Read with fonts of its own, so that the reports that are timed find nothing shaped before them.
  const contents: PageContent[][] = []
  const reading = { ...options, library: openFontLibrary() }
  for (const candidate of data.candidates) {
    contents.push(await contentOf(feedbackReport(candidateResult(data, candidate, profile), reading)))
  }
  const ofRound = (round: number) => {
    const [candidate, content] = [data.candidates[round], contents[round]]
    if (!candidate || !content) throw new Error('there are too few candidates')
    return { candidate, content }
  }
  const long = openBareDocument()
  const times = await byTurns(rounds, {
    own: (round) => timeOf(() => make(ofRound(round).candidate)),
    bare: (round) =>
      timeOf(() => {
        const document = openBareDocument()
        document.add(ofRound(round).content)
        return document.finish()
      }),
    inOneDocument: (round) =>
      timeOf(() => {
        long.add(ofRound(round).content)
      }),
  })
  long.finish()

  const own = sum(times.own)
  const bare = sum(times.bare)
  const content = contents[0] ?? []
  return [
    atLeast('reports', bare / own, PACE_LIMIT, {
      pagesPerSecond: rounded((rounds.counted * PAGES * 1000) / own),
      barePagesPerSecond: rounded((rounds.counted * PAGES * 1000) / bare),
      words: wordsOf(content),
      strokes: strokesOf(content),
      reports: rounds.counted,
      besideOneLongBareDocument: rounded(sum(times.inOneDocument) / own),
    }),
  ]
}

/** Peak memory of a process that makes one batch of 200 reports, beside one that makes 20. */
export async function measureReportMemory(scratch: string): Promise<Measure[]> {
  const few = await batch(join(scratch, 'few'), small)
  const many = await batch(join(scratch, 'many'), large)
  return [
    atMost('report-memory', many.peakMb / few.peakMb, MEMORY_LIMIT, {
      peakMbOf20: rounded(few.peakMb),
      peakMbOf200: rounded(many.peakMb),
      pagesPerSecond: rounded((large.candidates * PAGES * 1000) / many.ms),
    }),
  ]
}

async function batch(dataDir: string, size: typeof small): Promise<{ ms: number; peakMb: number }> {
  const { examId } = await fillExam(dataDir, size)
  const program = join(import.meta.dirname, 'report-batch.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [program, dataDir, examId])
  return JSON.parse(stdout) as { ms: number; peakMb: number }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
