import type { ChartTable } from '#shared/charts/chart.ts'
import type { Statistic } from '#shared/measurement/statistic.ts'
import type { Reason } from '#shared/measurement/terms.ts'
import type { Say } from '#shared/charts/chart-words.ts'
import { formatFixed } from '../../ui/format.ts'

/** A figure with what it is called on the screen, and the decimals it is written with. */
export type NamedFigure = { name: string; figure: Statistic; digits: number }

type Named = Pick<NamedFigure, 'name' | 'figure'>
type Withheld = { reason: Reason; names: string[] }

const reasonOf = ({ figure: { value, reason = 'not-finite' } }: Named) => (value === null ? reason : null)

/** Why figures are withheld: each reason once, with those that it is about. */
export const withheldAmong = (figures: readonly Named[]): Withheld[] =>
  [...Map.groupBy(figures, reasonOf)].flatMap(([reason, own]) =>
    reason === null ? [] : [{ reason, names: own.map(({ name }) => name) }],
  )

/** Figures as they are shown: where several are withheld for one reason they are named together, with that reason. */
export function sortedOut(figures: readonly NamedFigure[]): { shown: NamedFigure[]; withheld: Withheld[] } {
  const withheld = withheldAmong(figures).filter(({ names }) => names.length > 1)
  const apart = new Set<Reason | null>(withheld.map(({ reason }) => reason))
  return { shown: figures.filter((one) => !apart.has(reasonOf(one))), withheld }
}

/** Figures as they are copied: a line for each. */
export const figureTable = (caption: string, figures: readonly NamedFigure[], say: Say): ChartTable => ({
  caption,
  columns: ['name', 'value', 'low', 'high', 'n', 'method', 'because'].map((column) => ({
    label: say(`analysis.figure.${column}`),
  })),
  rows: figures.map(({ name, digits, figure: { value, ci95, n, method, reason = 'not-finite' } }) => [
    name,
    // Each has decimals of its own.
    ...[value, ci95?.[0], ci95?.[1]].map((one) => (typeof one === 'number' ? formatFixed(one, digits) : '')),
    formatFixed(n, 0),
    say(`measurement.methods.${method}`),
    value === null ? say(`measurement.reasons.${reason}`) : '',
  ]),
})
