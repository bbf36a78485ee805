import { analyseExam } from '#shared/measurement/analysis/exam-analysis.ts'
import { dStudy } from '#shared/measurement/generalizability/d-study.ts'
import { designWords } from '#shared/measurement/generalizability/design-words.ts'
import { gStudy } from '#shared/measurement/generalizability/g-study.ts'
import { differentialFunctioning } from '#shared/measurement/groups/differential-functioning.ts'
import { stringency } from '#shared/measurement/raters/stringency.ts'
import { readOptions, UsageError, wholeNumber, type Command } from '../command.ts'
import { refuseData } from '../data-file.ts'
import { cautions, columns, figure, short } from '../figures.ts'
import { readMarksFile } from '../marks-input.ts'
import { decimal } from './stats/standard.ts'

export const analyse: Command = {
  name: 'analyse',
  summary: 'Analyses an exam from a file: cuts and their errors, reliability, outcomes, examiners, groups.',
  usage: `attune analyse --in marks.csv [--borderline 2] [--max 40] [--min-stations N] [--sem 1] [--group COLUMN] [--json]

  --in FILE           a CSV or XLSX file: a line a mark with columns candidate,station,examiner,score,grade,
                      or a line a candidate with a column of scores for each station, and beside it
                      "<station> grade" and "<station> examiner"; an empty cell is missing
  --borderline G      the grade that is borderline (default 2)
  --max SCORE         the highest score of a station
  --grades LOW-HIGH   the scale of the grades (default 0-5)
  --min-stations N    how many stations must be passed (default 0)
  --sem K             how many standard errors of measurement above the cut make a pass (default 0)
  --group COLUMN      compare the groups of this column
  --json              one JSON object`,
  run: async (args, io) => {
    const values = readOptions(args, {
      in: { type: 'string' },
      json: { type: 'boolean', default: false },
      borderline: { type: 'string', default: '2' },
      max: { type: 'string' },
      grades: { type: 'string', default: '0-5' },
      'min-stations': { type: 'string', default: '0' },
      sem: { type: 'string', default: '0' },
      group: { type: 'string' },
    })
    const highest = values.max === undefined ? null : positive(values.max, 'max')
    const rule = {
      standard: { method: 'borderline-regression' },
      borderline: decimal(values.borderline, 'borderline'),
      highest,
      minStationsPassed: wholeNumber(values['min-stations'], 'min-stations', 0, 500),
      semMultiple: notNegative(values.sem, 'sem'),
    } as const
    const scale = { maxScore: highest, grades: gradesOf(values.grades), groupColumn: values.group ?? null }
    const { marks, problems, layout } = await readMarksFile(values.in, scale)
    if (problems.length > 0) return refuseData(problems, values, io)

    const analysis = analyseExam(marks, rule)
    const study = gStudy(marks)
    const stations = new Set(marks.map(({ station }) => station)).size
    const cuts = new Map(
      analysis.stations.flatMap(({ station, cut }) => (cut.value === null ? [] : [[station, cut.value] as const])),
    )
    const { examiners, ...comparison } = stringency(marks)
    const groups = values.group === undefined ? null : differentialFunctioning(marks, { cuts })
    if (values.json) {
      const words = study.design ? designWords(study.design) : null
      const curve = dStudy(study, { stations: sizesAround(stations), raters: [1, 2] })
      const { comparisons = [], ...compared } = groups ?? {}
      const report = {
        layout,
        rule,
        ...analysis,
        examiners,
        examinerComparison: comparison,
        gStudy: { ...study, words, dStudy: curve },
        groups: comparisons,
        ...(groups && { groupComparison: compared }),
      }
      io.out(JSON.stringify(report))
      return 0
    }
    const { exam } = analysis
    const { pass, fail, borderline, incomplete } = exam.outcomes
    io.out(figure('cut', exam.cut))
    io.out(figure('alpha', exam.alpha))
    io.out(figure('SEM of the mean', exam.sem))
    io.out(figure('Eρ²', study.erho2))
    io.out(
      `pass ${pass}, fail ${fail}, borderline ${borderline}, incomplete ${incomplete}, undecided ${exam.undecided}`,
    )
    for (const line of cautions([exam.cut, exam.alpha, exam.sem, study.erho2])) io.out(line)
    io.out('')
    const table = columns(
      ['station', 'n', 'mean', 'sd', 'cut', 'SE', 'R²', 'slope', 'fails', 'α deleted', 'r rest', 'η² examiners'],
      analysis.stations.map((station) => [
        ...[station.station, String(station.n), short(station.mean), short(station.sd), short(station.cut)],
        ...[short(station.seCut), short(station.r2), short(station.slope), short(station.fails)],
        ...[short(station.alphaIfDeleted), short(station.stationTotal), short(station.examinerEta2)],
      ]),
    )
    for (const line of table) io.out(line)
    return 0
  },
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
