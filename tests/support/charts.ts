import type { Chart, ChartTheme, DrawnChart } from '#shared/charts/chart.ts'
import { i18n } from '#renderer/i18n.ts'
import type { Say } from '#shared/charts/chart-words.ts'

/** The words of the screens. */
export const say: Say = (key, named = {}, plural) =>
  plural === undefined ? i18n.global.t(key, named) : i18n.global.t(key, named, plural)

export const chartTheme: ChartTheme = {
  ink: '#000000',
  soft: '#555555',
  line: '#dddddd',
  ground: '#ffffff',
  accent: '#006060',
  domains: ['#3f51b5', '#b0306a', '#8f5b00', '#0f6b63'],
  font: 'Inter',
  size: 12,
  width: 800,
  number: (value, digits) =>
    new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value),
}

/** The chart where there is one to draw. */
export function drawn(chart: Chart): DrawnChart {
  if (chart.option === null) throw new Error(`nothing is drawn: ${chart.words}`)
  return chart
}

/** What tests read of a series. */
type ReadSeries = {
  id: string
  data: unknown[]
  z?: number
  markLine?: { data: { name: string; xAxis?: number; yAxis?: number }[] }
  markArea?: { data: { name?: string; xAxis?: number; yAxis?: number }[][] }
}

/** The series of that id. */
export function seriesOf(chart: Chart, id: string): ReadSeries {
  const found = (drawn(chart).option.series as ReadSeries[]).find((series) => series.id === id)
  if (!found) throw new Error(`no series ${id}`)
  return found
}

/** Where the straight lines of a series stand, by name. */
export const linesOf = (chart: Chart, id: string): Record<string, number | undefined> =>
  Object.fromEntries((seriesOf(chart, id).markLine?.data ?? []).map((line) => [line.name, line.xAxis ?? line.yAxis]))
