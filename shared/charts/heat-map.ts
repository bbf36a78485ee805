import { isBelow } from '../measurement/standard-setting/failures.ts'
import { emptyChart, type Chart, type ChartTheme } from './chart.ts'
import { heatCells, heatLegend, type HeatCell } from './heat-cells.ts'
import { nameAxis, plainChart, plotOf, roomForNames, written } from './parts.ts'

export type HeatMap = {
  /** From above. */
  rows: readonly string[]
  /** From the left. */
  columns: readonly HeatColumn[]
  /** By row and column; null is missing. */
  values: readonly (readonly (number | null)[])[]
  /** The scale that the shades stand for. */
  from: number
  to: number
}

export type HeatColumn = {
  name: string
  /** How it is called above its cells where there are many. */
  short: string
  /** Values below it are marked; null where there is none. */
  cut: number | null
  /** What the others add up to: it is not counted with them. */
  total?: true
}

export type HeatMapWords = {
  /** What a row is. */
  row: string
  missing: string
  /** A value below the cut of its column. */
  below: string
  /** How many of a row are. */
  belowCount: string
  caption: string
  empty: string
  /** `below` of `count` values lie below their cuts. */
  sentence: (about: {
    low: string
    lowest: string
    high: string
    highest: string
    below: number
    count: number
  }) => string
  point: (row: string, column: string, value: string, isBelow: boolean) => string
}

/** So many columns all have their names, shortened where they are long. */
const FEW = 8

/**
 * Rows against columns, the higher the darker (on a dark ground: the brighter), in ten shades; the figure in the cell where
 * it has room. A missing cell is crossed out, one below the cut of its column has a corner cut off.
 */
export function heatMap(data: HeatMap, theme: ChartTheme, words: HeatMapWords): Chart {
  const { rows, columns, values } = data
  const cells = rows.flatMap((_, row) =>
    columns.map(({ cut }, column): HeatCell => {
      const value = values[row]?.[column] ?? null
      return {
        ...{ row, column, value },
        figure: value === null ? words.missing : besideCut(value, cut, theme),
        isBelow: value !== null && cut !== null && isBelow(value, cut),
      }
    }),
  )
  const known = cells.filter((cell): cell is HeatCell & { value: number } => cell.value !== null)
  const counted = known.filter(({ column }) => columns[column]?.total !== true)
  const [first] = counted
  if (!first) return emptyChart(words.empty)
  const lowest = counted.reduce((low, cell) => (cell.value < low.value ? cell : low), first)
  const highest = counted.reduce((high, cell) => (cell.value > high.value ? cell : high), first)
  const nameOf = ({ row, column }: HeatCell) => `${rows[row] ?? ''}, ${columns[column]?.name ?? ''}`
  const belowAt = new Map(
    [...Map.groupBy(counted, ({ row }) => row)].map(([row, own]) => [row, own.filter((cell) => cell.isBelow).length]),
  )
  const labels = roomForNames([...rows, words.row], theme)
  const names = { color: theme.ink, fontSize: theme.size, fontFamily: theme.font }
  const hidden = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } }
  const few = columns.length <= FEW
  return {
    height: rows.length * theme.size * 2 + theme.size * 7,
    across: columns.length,
    words: words.sentence({
      low: lowest.figure,
      lowest: nameOf(lowest),
      high: highest.figure,
      highest: nameOf(highest),
      below: counted.filter((cell) => cell.isBelow).length,
      count: counted.length,
    }),
    table: {
      caption: words.caption,
      columns: [
        { label: words.row },
        ...columns.map(({ name }) => ({ label: name, digits: 1 })),
        { label: words.belowCount, digits: 0 },
      ],
      rows: rows.map((label, row) => [
        label,
        ...columns.map((_, column) => values[row]?.[column] ?? null),
        belowAt.get(row) ?? null,
      ]),
    },
    points: cells.map((cell, at) => {
      const { name = '' } = columns[cell.column] ?? {}
      return { words: words.point(rows[cell.row] ?? '', name, cell.figure, cell.isBelow), series: 'cells', at }
    }),
    option: {
      ...plainChart(theme),
      grid: { left: labels + theme.size, right: theme.size * 0.5, top: theme.size * 2.2, bottom: theme.size * 4.5 },
      xAxis: {
        type: 'category',
        position: 'top',
        data: columns.map(({ name, short }) => (few ? name : short)),
        ...hidden,
        axisLabel: {
          ...names,
          ...(few
            ? { interval: 0, width: (theme.width - labels - theme.size * 2) / columns.length - theme.size * 0.5 }
            : { hideOverlap: true }),
          overflow: 'truncate',
        },
      },
      yAxis: {
        ...nameAxis(theme, [...rows], labels),
        name: words.row,
        nameLocation: 'start',
        nameGap: theme.size * 0.7,
        nameTextStyle: { ...names, color: theme.soft, align: 'right', padding: [0, theme.size * 0.7, 0, 0] },
      },
      series: [
        {
          id: 'cells',
          type: 'custom',
          renderItem: heatCells(cells, data, theme),
          data: cells.map(({ row, column, value }) => [column, row, value ?? '-']),
        },
        {
          id: 'scale',
          type: 'custom',
          silent: true,
          data: [[0, 0]],
          renderItem: (params) =>
            heatLegend(plotOf(params), data, theme, {
              below: known.some((cell) => cell.isBelow) ? words.below : null,
              missing: known.length < cells.length ? words.missing : null,
            }),
        },
      ],
    },
  }
}

const MOST_DIGITS = 9

/** A value with one decimal, or as many as tell on which side of its cut it lies. */
function besideCut(value: number, cut: number | null, theme: ChartTheme): string {
  let digits = 1
  while (cut !== null && digits < MOST_DIGITS && Number(value.toFixed(digits)) < cut !== isBelow(value, cut))
    digits += 1
  return written(theme, value, digits)
}
