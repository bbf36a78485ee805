import { alphaAnalysis } from '#shared/measurement/reliability/alpha.ts'
import { omegaTotal } from '#shared/measurement/reliability/omega.ts'
import { stationCovariances } from '#shared/measurement/reliability/score-matrix.ts'
import { columns, figureLines, short } from '../../figures.ts'
import { inputHelp, onNumbers } from './number-input.ts'

export const statsAlpha = onNumbers(
  {
    name: 'stats alpha',
    summary: 'Cronbach’s alpha of a table of candidates (rows) and stations or items (columns).',
    usage: `attune stats alpha --in matrix.csv [--json]
${inputHelp}`,
  },
  ({ header, rows }) => {
    const covariances = stationCovariances(rows)
    const { alpha, standardized, semMean, semTotal, items } = alphaAnalysis(covariances)
    const omega = omegaTotal(covariances)
    const named = items.map((item, at) => ({ item: header?.[at] ?? String(at + 1), ...item }))
    return {
      json: {
        ...{ alpha, standardized, omega, semMean, semTotal },
        complete: covariances.complete,
        leftOut: covariances.leftOut,
        items: named,
      },
      lines: [
        ...figureLines({ alpha, standardized, omega, 'sem of the mean': semMean, 'sem of the total': semTotal }),
        '',
        ...columns(
          ['item', 'alpha if deleted', 'item-rest r'],
          named.map(({ item, alphaIfDeleted, itemRest }) => [item, short(alphaIfDeleted), short(itemRest)]),
        ),
      ],
    }
  },
)
