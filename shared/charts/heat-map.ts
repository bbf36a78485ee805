import { emptyChart, type Chart, type ChartTheme } from './chart.ts'
import {
  mixed,
  placeOf,
  plainChart,
  readableOn,
  roomFor,
  roomForNames,
  textStyle,
  type RenderItem,
  written,
} from './parts.ts'

export type HeatMap = {
  /** Stations, from above. */
  rows: readonly string[]
  /** Candidates or domains, from the left. */
  columns: readonly string[]
  /** By row and column; null is missing. */
  values: readonly (readonly (number | null)[])[]
  /** The scale that the shades stand for. */
  from: number
  to: number
}

export type HeatMapWords = {
  /** What a row is, and what a column is. */
  row: string
  column: string
  missing: string
  caption: string
  empty: string
  sentence: (about: { low: string; lowest: string; high: string; highest: string }) => string
  point: (row: string, column: string, value: string) => string
}

type Cell = { row: number; column: number; value: number | null }

/** So many columns all have their names, shortened where they are long. */
const FEW = 8

/** A figure stands in a cell that is at least so many times as wide as the type is large. */
const ROOM_FOR_FIGURE = 2.6

/**
 * Rows against columns, the higher the darker (on a dark ground: the brighter), in ten shades; the figure in the cell where
 * it has room. A missing cell is crossed out.
 */
export function heatMap(data: HeatMap, theme: ChartTheme, words: HeatMapWords, digits = 0): Chart {
  const { rows, columns, values } = data
  const cells = rows.flatMap((_, row) =>
    columns.map((_, column): Cell => ({ row, column, value: values[row]?.[column] ?? null })),
  )
  const known = cells.filter((cell): cell is Cell & { value: number } => cell.value !== null)
  const [first] = known
  if (!first) return emptyChart(words.empty)
  const lowest = known.reduce((low, cell) => (cell.value < low.value ? cell : low), first)
  const highest = known.reduce((high, cell) => (cell.value > high.value ? cell : high), first)
  const number = (value: number) => written(theme, value, digits)
  const nameOf = ({ row, column }: Cell) => `${rows[row] ?? ''}, ${columns[column] ?? ''}`
  const labels = roomForNames(rows, theme)
  const names = { color: theme.ink, fontSize: theme.size, fontFamily: theme.font }
  const hidden = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } }
  return {
    height: rows.length * theme.size * 2 + theme.size * 5.5,
    words: words.sentence({
      low: number(lowest.value),
      lowest: nameOf(lowest),
      high: number(highest.value),
      highest: nameOf(highest),
    }),
    table: {
      caption: words.caption,
      columns: [{ label: words.row }, ...columns.map((label) => ({ label, digits }))],
      rows: rows.map((label, row) => [label, ...columns.map((_, column) => values[row]?.[column] ?? null)]),
    },
    points: cells.map((cell, at) => ({
      words: words.point(
        rows[cell.row] ?? '',
        columns[cell.column] ?? '',
        cell.value === null ? words.missing : number(cell.value),
      ),
      series: 'cells',
      at,
    })),
    option: {
      ...plainChart(theme),
      grid: { left: labels + theme.size, right: theme.size * 0.5, top: theme.size * 2.2, bottom: theme.size * 3 },
      xAxis: {
        type: 'category',
        position: 'top',
        data: [...columns],
        ...hidden,
        axisLabel: {
          ...names,
          ...(columns.length <= FEW
            ? { interval: 0, width: (theme.width - labels - theme.size * 2) / columns.length - theme.size * 0.5 }
            : { hideOverlap: true }),
          overflow: 'truncate',
        },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: [...rows],
        ...hidden,
        axisLabel: { ...names, width: labels, overflow: 'truncate' },
      },
      series: [
        {
          id: 'cells',
          type: 'custom',
          renderItem: cellShape(cells, data, theme, number),
          data: cells.map(({ row, column, value }) => [column, row, value ?? '-']),
        },
        {
          id: 'scale',
          type: 'custom',
          silent: true,
          data: [[0, 0]],
          renderItem: ({ coordSys }) => {
            const { x, y, height } = coordSys as unknown as { x: number; y: number; height: number }
            return legend(x, y + height + theme.size * 1.1, data, theme, number)
          },
        },
      ],
    },
  }
}

const SHADES = 10

/** The middle of the shade that a value falls into, 0 to 1. */
function shadeOf(value: number, { from, to }: HeatMap): number {
  const share = to === from ? 0.5 : (value - from) / (to - from)
  return (Math.min(SHADES - 1, Math.max(0, Math.floor(share * SHADES))) + 0.5) / SHADES
}

const fillOf = (shade: number, { ground, accent }: ChartTheme): string => mixed(ground, accent, 0.06 + 0.94 * shade)

const cellShape =
  (cells: readonly Cell[], data: HeatMap, theme: ChartTheme, number: (value: number) => string): RenderItem =>
  ({ dataIndex }, api) => {
    const cell = cells[dataIndex]
    if (!cell) return undefined
    const [x, y] = placeOf(api, cell.column, cell.row)
    const size = api.size?.([1, 1])
    const [width = 0, height = 0] = Array.isArray(size) ? size : []
    const gap = width > 6 ? 1 : 0
    const shape = { x: x - width / 2 + gap, y: y - height / 2 + 1, width: width - 2 * gap, height: height - 2 }
    const emphasis = { style: { stroke: theme.ink, lineWidth: 2.5 } }
    if (cell.value === null) {
      const [right, bottom] = [shape.x + shape.width, shape.y + shape.height]
      return {
        type: 'group',
        children: [
          { type: 'rect', shape, style: { fill: theme.ground, stroke: theme.line, lineWidth: 1 }, emphasis },
          {
            type: 'line',
            shape: { x1: shape.x, y1: bottom, x2: right, y2: shape.y },
            style: { stroke: theme.soft, lineWidth: 1 },
          },
        ],
      }
    }
    const fill = fillOf(shadeOf(cell.value, data), theme)
    const rect = { type: 'rect' as const, shape, style: { fill }, emphasis }
    if (width < theme.size * ROOM_FOR_FIGURE) return rect
    const text = textStyle(theme, number(cell.value), {
      align: 'center',
      fill: readableOn(fill, theme.ink, theme.ground),
    })
    return { type: 'group', children: [rect, { type: 'text', x, y, style: text }] }
  }

/** The shades below the map, with the figures that they begin and end at. */
function legend(x: number, y: number, data: HeatMap, theme: ChartTheme, number: (value: number) => string) {
  const [width, height] = [theme.size * 1.4, theme.size]
  const start = x + roomFor([number(data.from)], theme.size) + theme.size * 0.5
  const text = (value: number, at: number, align: 'left' | 'right') => ({
    type: 'text' as const,
    x: at,
    y: y + height / 2,
    style: textStyle(theme, number(value), { align, fill: theme.soft }),
  })
  return {
    type: 'group' as const,
    children: [
      text(data.from, start - theme.size * 0.5, 'right'),
      ...Array.from({ length: SHADES }, (_, at) => ({
        type: 'rect' as const,
        shape: { x: start + at * width, y, width: width - 1, height },
        style: { fill: fillOf((at + 0.5) / SHADES, theme), stroke: theme.line, lineWidth: 0.5 },
      })),
      text(data.to, start + SHADES * width + theme.size * 0.5, 'left'),
    ],
  }
}
