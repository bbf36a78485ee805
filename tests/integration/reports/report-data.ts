import type { Exam } from '#shared/domain/exam.ts'
import type { Rubric } from '#shared/domain/rubric.ts'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { cohortReport } from '#electron/reports/cohort/cohort-report.ts'
import { reportedOf } from '#electron/reports/cohort/reported.ts'
import type { DocumentOptions } from '#electron/reports/document-options.ts'
import { feedbackReport } from '#electron/reports/feedback/feedback-report.ts'
import { openFontLibrary } from '#electron/reports/text/shaping.ts'
import type { SessionRecord } from '#electron/store/read-session.ts'
import { recordedExam, resultOf, type Recorded, type RecordedExam } from '#tests/support/recorded-exam.ts'
import { smallExam } from '#tests/support/small-exam.ts'

export const options: DocumentOptions = {
  library: openFontLibrary(),
  version: '1.2.3',
  recordedAt: new Date('2026-11-14T15:00:00Z'),
  ledgerCode: 'ABCD-EFGH',
}

const titles = [
  'Telling the scan result',
  'After a death on the ward',
  'A silence you do not know',
  'Sugar and shift work',
  'The tablets in the drawer',
  'Whose knee, whose choice',
  'The car keys',
  'Through a screen',
  'A birth that went wrong',
  'The interpreter’s chair',
  'Coming off the ventilator',
  'The night before surgery',
]

/** An encounter as most are: every behaviour rated, some higher than others, with a note, moments and the SP's form. */
export const ordinary = (candidate: number, station: number): Recorded => ({
  status: 'submitted',
  globalRating: 'pass',
  ratings: Array.from({ length: 12 }, (_, item) => ((candidate + station * 2 + item) % 4) + 2),
  notes: [
    { item: (candidate + station) % 12, text: `“What worries you most?” asked at station ${station + 1}, and waited.` },
  ],
  marks: [
    { kind: 'moment', type: 'named', cue: 0 },
    { kind: 'look-alike', type: 'premature-comfort' },
    { kind: 'moment', type: 'missed', cue: 1 },
  ],
  sp: [4, 3, 4, 5, 3, 4, 4],
})

export type Size = {
  stations: number
  candidates?: number
  exam?: Partial<Exam>
  rubric?: Rubric
  name?: string
  stationTitle?: string
  record?: RecordedExam['record']
}

/** An exam of so many stations in which everybody did what people do. */
export const examOf = ({ stations, candidates = 1, exam, rubric, name, stationTitle, record }: Size): ExamData =>
  recordedExam({
    exam: { title: 'Year 4 communication OSCE', passRule: { passMark: 60, minStationsPassed: 1 }, ...exam },
    ...(rubric && { rubric }),
    stations: Array.from({ length: stations }, (_, index) => ({
      title: stationTitle ?? titles[index % titles.length] ?? '',
    })),
    candidates: Array.from({ length: candidates }, () => (name === undefined ? {} : { name })),
    record: record ?? ordinary,
  })

/** What a session sheet tells of a whole exam day on one laptop. */
export const sessionRecord = (more: Partial<SessionRecord> = {}): SessionRecord => ({
  exam: smallExam().exam,
  device: '00112233aabbccdd',
  keyCode: 'KEYC-ODEX',
  counts: { encounters: 192, submitted: 180, absent: 2, open: 1, marks: 2340, spForms: 171 },
  chains: [{ device: '00112233aabbccdd', seq: 7000, events: 7000, hash: '', code: 'ABCD-EFGH', lastWriteMs: 0 }],
  code: 'ABCD-EFGH',
  amended: { corrected: 2, decided: 1, undecided: 0 },
  statement: null,
  ...more,
})

export const feedbackOf = (data: ExamData, index = 0): Uint8Array =>
  feedbackReport(resultOf(data, index), { ...options, sem: measureExam(data).analysis.exam.sem })

export const cohortOf = (data: ExamData): Uint8Array =>
  cohortReport(reportedOf(data), { ...options, names: true, examinerName: (id) => `Dr ${id}` })
