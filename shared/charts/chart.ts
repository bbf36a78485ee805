import type { EChartsOption } from 'echarts'

/** How charts look where they are drawn: colours as `#rrggbb`, one type size in the unit of the drawing. */
export type ChartTheme = {
  ink: string
  /** Axes and what explains. */
  soft: string
  /** Thin lines behind the data, and bands. */
  line: string
  ground: string
  accent: string
  /** The four colours of domains; a shape or a dash always goes with them. */
  domains: readonly [string, string, string, string]
  font: string
  /** Of the drawing, in the unit of the size. */
  width: number
  /** Of all text: pixels on the screen, points on paper. Distances and heights follow it. */
  size: number
  /** Writes a number with that many decimals. */
  number: (value: number, digits: number) => string
}

/** null: there is nothing to show. A number is written with the decimals of its column. */
export type ChartCell = string | number | null

/** `digits` makes a column of numbers. */
export type ChartColumn = { label: string; digits?: number }

/** The same in figures. */
export type ChartTable = { caption: string; columns: ChartColumn[]; rows: ChartCell[][] }

/** One thing that the chart shows: what it is in words, and where it stands in the option. */
export type ChartPoint = { words: string; series: string; at: number }

/** A drawing with its figures and its words; `height` in the unit of the theme's size. */
export type DrawnChart = {
  option: EChartsOption
  height: number
  table: ChartTable
  /** What the chart shows in a sentence or two, for whom cannot see it. */
  words: string
  /** In reading order. */
  points: ChartPoint[]
  /** How many stand beside each other, where they stand in rows of the same length. */
  across?: number
}

/** There is nothing to draw, or it is withheld: `words` says so in the chart's place. */
export type EmptyChart = { option: null; words: string }

export type Chart = DrawnChart | EmptyChart

export const emptyChart = (words: string): EmptyChart => ({ option: null, words })
