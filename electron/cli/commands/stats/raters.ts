import type { NumberTable } from '#shared/measurement/data/number-table.ts'
import { agreement } from '#shared/measurement/raters/agreement.ts'
import { iccForms, intraclassCorrelations } from '#shared/measurement/raters/icc.ts'
import { cohenKappa } from '#shared/measurement/raters/kappa.ts'
import { krippendorffAlpha, measurementLevels } from '#shared/measurement/raters/krippendorff.ts'
import { readOptions, UsageError, type Command } from '../../command.ts'
import { cautions, figure, figureLines } from '../../figures.ts'
import { answer, answerPairs, inputHelp, inputOptions, onNumbers } from './number-input.ts'

export const statsIcc = onNumbers(
  {
    name: 'stats icc',
    summary: 'Six intraclass correlations of a table of targets (rows) and raters (columns).',
    usage: `attune stats icc --in matrix.csv [--json]
${inputHelp}`,
  },
  ({ rows }) => {
    const { forms, ...counted } = intraclassCorrelations(rows)
    return {
      json: { ...forms, ...counted },
      lines: [...iccForms.map((form) => figure(form, forms[form])), ...cautions(Object.values(forms))],
    }
  },
)

export const statsKrippendorff: Command = {
  name: 'stats krippendorff',
  summary: 'Krippendorff’s alpha of a table of units (rows) and raters (columns).',
  usage: `attune stats krippendorff --in matrix.csv [--level interval] [--json]
${inputHelp}
  --level L     nominal, ordinal, interval (the default) or ratio`,
  run: (args, io) => {
    const values = readOptions(args, {
      ...inputOptions,
      level: { type: 'string', default: 'interval' },
    })
    const level = measurementLevels.find((name) => name === values.level)
    if (!level) throw new UsageError(`--level takes nominal, ordinal, interval or ratio, not "${values.level}"`)
    return answer(values, io, ({ rows }) => {
      const alpha = krippendorffAlpha(rows, level)
      return { json: { alpha, level }, lines: figureLines({ alpha }) }
    })
  },
}

const weightings = ['none', 'linear', 'quadratic'] as const

export const statsKappa: Command = {
  name: 'stats kappa',
  summary: 'Cohen’s kappa of a square table of counts: one rater’s grades in rows, the other’s in columns.',
  usage: `attune stats kappa --in table.csv [--weights none] [--json]
${inputHelp}
  --weights W   none (the default), linear or quadratic; the table has the whole declared scale in order`,
  run: (args, io) => {
    const values = readOptions(args, {
      ...inputOptions,
      weights: { type: 'string', default: 'none' },
    })
    const weights = weightings.find((name) => name === values.weights)
    if (!weights) throw new UsageError(`--weights takes none, linear or quadratic, not "${values.weights}"`)
    const compute = ({ rows }: NumberTable) => {
      // An empty cell of a table of counts is a pair of grades that nobody gave.
      const kappa = cohenKappa(
        rows.map((row) => row.map((count) => count ?? 0)),
        weights,
      )
      return { json: { kappa, weights }, lines: figureLines({ kappa }) }
    }
    return answer(values, io, compute, { ofCounts: true })
  },
}

export const statsAgreement: Command = {
  name: 'stats agreement',
  summary: 'Agreement of two measurements of the same things: bias and limits, correlations, concordance.',
  usage: `attune stats agreement --in pairs.csv [--json]
${inputHelp}
                columns x,y among others, or two columns; differences are x − y`,
  run: (args, io) => {
    const values = readOptions(args, inputOptions)
    return answerPairs(values, io, ['x', 'y'], { x: [], y: [] }, (pairs) => {
      const { leftOut, proportional, ...figures } = agreement(pairs)
      return { json: { ...figures, proportional, leftOut }, lines: figureLines({ ...figures, proportional }) }
    })
  },
}
