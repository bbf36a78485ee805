import { borderlineGroup } from '#shared/measurement/standard-setting/borderline-group.ts'
import { borderlineRegression } from '#shared/measurement/standard-setting/borderline-regression.ts'
import { readOptions, required, UsageError, type Command } from '../../command.ts'
import { figureLines } from '../../figures.ts'
import { answer, inputHelp, pairsOf } from './number-input.ts'

/** A decimal number with a point. */
export function decimal(value: string, name: string): number {
  const number = Number(value)
  if (!/^-?\d+(?:\.\d+)?$/.test(value)) throw new UsageError(`--${name} takes a number, not "${value}"`)
  return number
}

export const statsBrm: Command = {
  name: 'stats brm',
  summary: 'Borderline regression at one station: the cut, its error, and the line behind it.',
  usage: `attune stats brm --in pairs.csv --borderline 2 [--max 40] [--json]
${inputHelp}
                columns grade,score (or the first two)
  --borderline G    the grade that is borderline
  --max SCORE       the highest score there is`,
  run: (args, io) => {
    const values = readOptions(args, {
      in: { type: 'string' },
      json: { type: 'boolean', default: false },
      borderline: { type: 'string' },
      max: { type: 'string' },
    })
    const borderline = decimal(required(values.borderline, 'borderline'), 'borderline')
    const highest = values.max === undefined ? null : decimal(values.max, 'max')
    return answer(values, io, (table) => {
      const pairs = pairsOf(table, ['grade', 'score']).flatMap(([grade, score]) =>
        grade === null || score === null ? [] : [{ grade, score }],
      )
      const { line: _, ...regression } = borderlineRegression(pairs, borderline, highest)
      const { mean, median } = borderlineGroup(pairs, borderline)
      const figures = { ...regression, borderlineGroupMean: mean, borderlineGroupMedian: median }
      return { json: { ...figures, leftOut: table.rows.length - pairs.length }, lines: figureLines(figures) }
    })
  },
}
