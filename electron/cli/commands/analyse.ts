import { TRIED_FIRST } from '#shared/domain/scenario.ts'
import { analyseExam, type ExamAnalysis } from '#shared/measurement/analysis/exam-analysis.ts'
import { problemWords } from '#shared/measurement/data/data-problem.ts'
import { dStudy } from '#shared/measurement/generalizability/d-study.ts'
import { designWords } from '#shared/measurement/generalizability/design-words.ts'
import { gStudy } from '#shared/measurement/generalizability/g-study.ts'
import { differentialFunctioning } from '#shared/measurement/groups/differential-functioning.ts'
import { groupSize } from '#shared/measurement/groups/group-size.ts'
import type { Mark } from '#shared/measurement/mark.ts'
import { mixedStringency } from '#shared/measurement/raters/stringency-mixed.ts'
import { stringency } from '#shared/measurement/raters/stringency.ts'
import { decimal, readOptions, required, UsageError, wholeNumber, type Command, type Io } from '../command.ts'
import { refuseData } from '../data-file.ts'
import { examIdOf, reading } from '../exam-output.ts'
import { cautions, figure } from '../figures.ts'
import { folderOf, folderOptions } from '../folder.ts'
import { readMarksFile } from '../marks-input.ts'
import { recordedJson, recordedLines } from '../recorded-analysis.ts'
import { readStandard, standardOption, standardOptions } from '../standard-option.ts'
import { stationLines } from '../station-lines.ts'

const options = {
  ...folderOptions,
  exam: { type: 'string' },
  names: { type: 'boolean' },
  in: { type: 'string' },
  json: { type: 'boolean', default: false },
  borderline: { type: 'string' },
  max: { type: 'string' },
  grades: { type: 'string' },
  'min-stations': { type: 'string' },
  sem: { type: 'string' },
  group: { type: 'string' },
  'min-group': { type: 'string' },
  ...standardOptions,
} as const

type Values = ReturnType<typeof readOptions<typeof options>>

/** What is of a file alone, and what of an exam that was held here. */
const ofFile = [
  ...(['borderline', 'max', 'grades', 'min-stations', 'sem', 'group'] as const),
  ...(Object.keys(standardOptions) as (keyof typeof standardOptions)[]),
]
const ofFolder = ['data', 'passphrase-file', 'names'] as const

export const analyse: Command = {
  name: 'analyse',
  summary: 'Analyses an exam, from a file or as it was held here: cuts, reliability, examiners, groups, patients.',
  usage: `attune analyse --in marks.csv [--borderline 2] [--max 40] [--min-stations N] [--sem 1] [--group COLUMN [--min-group N]] [--json]
attune analyse --exam ID [--names] [--min-group N] [--data DIR] [--json]

  --in FILE           a CSV or XLSX file: a line a mark with columns candidate,station,examiner,score,grade,
                      or a line a candidate with a column of scores for each station, and beside it
                      "<station> grade" and "<station> examiner"; an empty cell is missing
  --borderline G      the grade that is borderline (default 2)
  --max SCORE         the highest score of a station
  --grades LOW-HIGH   the scale of the grades (default 0-5)
  --min-stations N    how many stations must be passed (default 0)
  --sem K             how many standard errors of measurement above the cut make a pass (default 0)
  --group COLUMN      compare the groups of this column
  --min-group N       tell nothing of a group of fewer than N candidates (default 10; at least 2, since what is told
                      of a group of one is one candidate's score); with --exam it goes with --json
  --standard METHOD   borderline-regression (the default), borderline-group, cohen, angoff or hofstee
  --share P           with cohen: the share of the 95th percentile that is the cut (default ${TRIED_FIRST.share})
  --judges FILE       with angoff: a table with the stations in rows, named in its first column, judges in columns
  --min-cut C --max-cut C --min-fail P --max-fail P
                      with hofstee: the lowest and the highest acceptable cut of the exam, the smallest and the
                      largest acceptable share of fails, from 0 to 1; stations are passed at the exam’s cut
  --exam ID           an exam that was held here ("attune exam list" lists them), with what SPs saw
  --names             with the numbers of candidates and the names of examiners (default: by pseudonyms)
  --data DIR          the data folder (default: the app's own)
  --json              one JSON object`,
  run: async (args, io) => {
    const values = readOptions(args, options)
    if (values.exam !== undefined) return ofRecorded(values.exam, values, io)
    const foreign = ofFolder.find((name) => values[name] !== undefined)
    if (foreign !== undefined) throw new UsageError(`--${foreign} goes with --exam`)
    return ofMarks(values, io)
  },
}

async function ofRecorded(exam: string, values: Values, io: Io): Promise<number> {
  const foreign = (['in', ...ofFile] as const).find((name) => values[name] !== undefined)
  if (foreign !== undefined) throw new UsageError(`--${foreign} is for a file and does not go with --exam`)
  const typed = required(exam, 'exam')
  const smallest = smallestGroup(values)
  if (smallest !== undefined && !values.json) throw new UsageError('--min-group goes with --json where --exam is given')
  const folder = await folderOf(values, io)
  const naming = { names: values.names ?? false }
  const lines = reading(folder, (store) =>
    store.snapshot((read) => {
      const examId = examIdOf(read, typed)
      return values.json ? [recordedJson(read, examId, naming, smallest)] : recordedLines(read, examId, naming)
    }),
  )
  for (const line of lines) io.out(line)
  return 0
}

async function ofMarks(values: Values, io: Io): Promise<number> {
  const highest = values.max === undefined ? null : positive(values.max, 'max')
  const option = standardOption(values)
  const declared = {
    borderline: decimal(values.borderline ?? '2', 'borderline'),
    highest,
    minStationsPassed: wholeNumber(values['min-stations'] ?? '0', 'min-stations', 0, 500),
    semMultiple: notNegative(values.sem ?? '0', 'sem'),
  } as const
  const grades = gradesOf(values.grades ?? '0-5')
  const smallest = smallestGroup(values)
  if (smallest !== undefined && values.group === undefined) {
    throw new UsageError('--min-group goes with --group, which names the column of the groups')
  }
  if (declared.borderline < grades.low || declared.borderline > grades.high) {
    throw new UsageError(`--borderline takes a grade of the scale from ${grades.low} to ${grades.high}`)
  }
  const scale = { maxScore: highest, grades, groupColumn: values.group ?? null }
  const { marks, problems, notes, layout } = await readMarksFile(values.in, scale)
  if (problems.length > 0) return refuseData(problems, values, io)
  for (const note of notes) io.err(problemWords(note))
  const stations = new Set(marks.map(({ station }) => station))
  if (declared.minStationsPassed > stations.size) {
    throw new UsageError(`--min-stations asks for ${declared.minStationsPassed}, and the file has ${stations.size}`)
  }
  const { standard, problems: ofJudges } = await readStandard(option, stations)
  if (ofJudges.length > 0) {
    io.err(`In ${values.judges ?? ''}:`)
    return refuseData(ofJudges, values, io)
  }
  const rule = { standard, ...declared }

  const analysis = analyseExam(marks, rule)
  const study = gStudy(marks)
  if (values.json) {
    const words = study.design ? designWords(study.design) : null
    const curve = dStudy(study, { stations: sizesAround(stations.size), raters: [1, 2] })
    const { comparisons = [], ...compared } = groupsOf(values, marks, analysis, smallest) ?? {}
    const report = {
      ...{ layout, notes, rule, ...analysis, ...examinersOf(marks) },
      gStudy: { ...study, words, dStudy: curve },
      groups: comparisons,
      ...(values.group !== undefined && { groupComparison: compared }),
    }
    io.out(JSON.stringify(report))
    return 0
  }
  const { exam } = analysis
  const { pass, fail, borderline, incomplete } = exam.outcomes
  for (const line of [
    figure('cut', exam.cut),
    figure('alpha', exam.alpha),
    figure('SEM of the mean', exam.sem),
    figure('Eρ²', study.erho2),
    `pass ${pass}, fail ${fail}, borderline ${borderline}, incomplete ${incomplete}, undecided ${exam.undecided}`,
    ...cautions([exam.cut, exam.alpha, exam.sem, study.erho2]),
    '',
    ...stationLines(analysis.stations.map(({ station, ...figures }) => ({ name: station, ...figures }))),
  ]) {
    io.out(line)
  }
  return 0
}

/** Each examiner by least squares and by the mixed model, and what both rest on. */
function examinersOf(marks: readonly Mark[]) {
  const { examiners, ...comparison } = stringency(marks)
  const { examiners: predicted, ...mixed } = mixedStringency(marks)
  const byName = new Map(predicted.map((one) => [one.examiner, one.stringency]))
  return {
    examiners: examiners.map((one) => ({ ...one, mixed: byName.get(one.examiner) })),
    examinerComparison: { ...comparison, mixed },
  }
}

function groupsOf({ group }: Values, marks: readonly Mark[], { stations }: ExamAnalysis, minimum?: number) {
  if (group === undefined) return null
  const cuts = new Map(
    stations.flatMap(({ station, cut }) => (cut.value === null ? [] : [[station, cut.value] as const])),
  )
  return differentialFunctioning(marks, { cuts, ...(minimum !== undefined && { minimum }) })
}

/** The least size of a group that is told of; undefined where none was named. */
function smallestGroup({ 'min-group': value }: Values): number | undefined {
  return value === undefined ? undefined : wholeNumber(value, 'min-group', groupSize.least, groupSize.most)
}

function positive(value: string, name: string): number {
  const number = decimal(value, name)
  if (number <= 0) throw new UsageError(`--${name} takes a number above 0, not "${value}"`)
  return number
}

function notNegative(value: string, name: string): number {
  const number = decimal(value, name)
  if (number < 0) throw new UsageError(`--${name} takes no negative number, and got "${value}"`)
  return number
}

function gradesOf(value: string): { low: number; high: number } {
  const [, low = '', high = ''] = /^(\d{1,3})-(\d{1,3})$/.exec(value) ?? []
  if (high === '' || Number(low) >= Number(high)) {
    throw new UsageError(`--grades takes the lowest and the highest grade such as 1-5, not "${value}"`)
  }
  return { low: Number(low), high: Number(high) }
}

/** Half as many stations as there were up to twice as many. */
const sizesAround = (stations: number): number[] => [
  ...new Set([0.5, 0.75, 1, 1.25, 1.5, 2].map((times) => Math.max(1, Math.round(stations * times)))),
]
