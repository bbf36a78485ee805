import { TRIED_FIRST } from '#shared/domain/scenario.ts'
import type { NumberTable } from '#shared/measurement/data/number-table.ts'
import { angoffExamCut, angoffStationCut } from '#shared/measurement/standard-setting/angoff.ts'
import { borderlineGroup } from '#shared/measurement/standard-setting/borderline-group.ts'
import { borderlineRegression } from '#shared/measurement/standard-setting/borderline-regression.ts'
import { cohenCut } from '#shared/measurement/standard-setting/cohen.ts'
import { examCut } from '#shared/measurement/standard-setting/exam-cut.ts'
import { hofsteeCut } from '#shared/measurement/standard-setting/hofstee.ts'
import type { Statistic } from '#shared/measurement/statistic.ts'
import { decimal, readOptions, required, shareOf, type Command } from '../../command.ts'
import { cautions, columns, figure, figureLines, number, short } from '../../figures.ts'
import { rectangleOf, rectangleOptions } from '../../standard-option.ts'
import { answer, answerPairs, inputHelp, inputOptions, onNumbers } from './number-input.ts'

const columnNames = {
  grade: ['global rating', 'global grade', 'global'],
  score: ['station score', 'mark', 'marks', 'points', 'total'],
} as const

export const statsBrm: Command = {
  name: 'stats brm',
  summary: 'Borderline regression and borderline group at one station: the cut, its error, and the line behind it.',
  usage: `attune stats brm --in pairs.csv --borderline 2 [--max 40] [--json]
${inputHelp}
                columns grade,score among others, or two columns, the grade first
  --borderline G    the grade that is borderline
  --max SCORE       the highest score there is`,
  run: (args, io) => {
    const values = readOptions(args, {
      ...inputOptions,
      borderline: { type: 'string' },
      max: { type: 'string' },
    })
    const borderline = decimal(required(values.borderline, 'borderline'), 'borderline')
    const highest = values.max === undefined ? null : decimal(values.max, 'max')
    return answerPairs(values, io, ['grade', 'score'], columnNames, (read) => {
      const pairs = read.flatMap(([grade, score]) => (grade === null || score === null ? [] : [{ grade, score }]))
      const { line: _, ...regression } = borderlineRegression(pairs, borderline, highest)
      const { mean, median } = borderlineGroup(pairs, borderline)
      const figures = { ...regression, borderlineGroupMean: mean, borderlineGroupMedian: median }
      return { json: { ...figures, leftOut: read.length - pairs.length }, lines: figureLines(figures) }
    })
  },
}

/** The cuts of parts of an exam under the cut of the whole. */
const cutLines = (of: string, cut: Statistic, parts: readonly { name: string; cut: Statistic }[]): string[] => [
  figure('cut', cut),
  ...cautions([cut, ...parts.map((part) => part.cut)]),
  '',
  ...columns(
    [of, 'n', 'cut', 'SE'],
    parts.map((part) => [
      ...[part.name, String(part.cut.n), short(part.cut), part.cut.se === undefined ? '–' : number(part.cut.se)],
    ]),
  ),
]

const columnsOf = ({ header, rows }: NumberTable): { name: string; values: number[] }[] =>
  Array.from({ length: rows[0]?.length ?? 0 }, (_, at) => ({
    name: header?.[at] ?? String(at + 1),
    values: rows.flatMap((row) => row[at] ?? []),
  }))

export const statsCohen: Command = {
  name: 'stats cohen',
  summary: 'Cohen’s method: a share of what the best reach (the 95th percentile), of one station or several.',
  usage: `attune stats cohen --in scores.csv [--share ${TRIED_FIRST.share}] [--json]
${inputHelp}
                candidates in rows, stations in columns
  --share P     the share of the 95th percentile that is the cut, from 0 to 1 (default ${TRIED_FIRST.share})`,
  run: (args, io) => {
    const values = readOptions(args, {
      ...inputOptions,
      share: { type: 'string', default: String(TRIED_FIRST.share) },
    })
    const share = shareOf(values.share, 'share')
    return answer(values, io, (table) => {
      const stations = columnsOf(table).map(({ name, values: scores }) => ({ name, cut: cohenCut(scores, share) }))
      const [only] = stations
      const cut = only && stations.length === 1 ? only.cut : examCut(stations.map((station) => station.cut))
      return {
        json: { cut, share, stations: stations.map(({ name, ...rest }) => ({ station: name, ...rest })) },
        lines: cutLines('station', cut, stations),
      }
    })
  },
}

export const statsAngoff = onNumbers(
  {
    name: 'stats angoff',
    summary: 'Angoff’s method: the mean of what judges expect of a candidate who is just good enough.',
    usage: `attune stats angoff --in judges.csv [--json]
${inputHelp}
                stations or items in rows, judges in columns; the cut of all of them is of those judges who
                judged every one, or where nobody did, the mean of the cuts`,
  },
  ({ names, rows }) => {
    const judged = rows.map((row, at) => ({
      name: names?.[at] ?? String(at + 1),
      cut: angoffStationCut(row),
    }))
    const { cut, leftOut } = angoffExamCut(rows)
    return {
      json: {
        ...{ cut, leftOut },
        stations: judged.map(({ name, ...rest }) => ({ station: name, ...rest })),
      },
      lines: cutLines('station', cut, judged),
    }
  },
)

export const statsHofstee: Command = {
  name: 'stats hofstee',
  summary: 'Hofstee’s compromise between the cuts and the shares of fails that a committee finds acceptable.',
  usage: `attune stats hofstee --in scores.csv --min-cut C --max-cut C --min-fail P --max-fail P [--json]
${inputHelp}
                candidates in rows; of several columns each candidate’s mean counts, without those who
                have an empty cell
  --min-cut C     the lowest acceptable cut, in the unit of the scores
  --max-cut C     the highest
  --min-fail P    the smallest acceptable share of fails, from 0 to 1
  --max-fail P    the largest`,
  run: (args, io) => {
    const values = readOptions(args, {
      ...inputOptions,
      ...rectangleOptions,
    })
    const rectangle = rectangleOf(values)
    return answer(values, io, ({ rows }) => {
      const scores = rows.flatMap((row) => {
        const known = row.filter((value) => value !== null)
        return known.length < row.length ? [] : [known.reduce((sum, value) => sum + value, 0) / known.length]
      })
      const { cut, failRate } = hofsteeCut(scores, rectangle)
      return {
        json: { cut, failRate, leftOut: rows.length - scores.length },
        lines: figureLines({ cut, 'share of fails': failRate }),
      }
    })
  },
}
