import type { ChartTable } from '#shared/charts/chart.ts'
import type { Statistic } from '#shared/measurement/statistic.ts'
import type { Reason } from '#shared/measurement/terms.ts'
import type { Say } from '#shared/charts/chart-words.ts'
import { formatFixed } from '../../ui/format.ts'

/** A figure with what it is called on the screen, and the decimals it is written with. */
export type NamedFigure = { name: string; figure: Statistic; digits: number }

/** Figures as they are shown: those that several of are withheld for one reason are named together, with that reason. */
export function sortedOut(figures: readonly NamedFigure[]): {
  shown: NamedFigure[]
  withheld: { reason: Reason; names: string[] }[]
} {
  const reasonOf = ({ figure: { value, reason = 'not-finite' } }: NamedFigure) => (value === null ? reason : null)
  const together = [...Map.groupBy(figures, reasonOf)].flatMap(([reason, own]) =>
    reason === null || own.length < 2 ? [] : [{ reason, names: own.map(({ name }) => name) }],
  )
  const apart = new Set<Reason | null>(together.map(({ reason }) => reason))
  return { shown: figures.filter((one) => !apart.has(reasonOf(one))), withheld: together }
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
