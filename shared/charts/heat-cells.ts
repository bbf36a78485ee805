import type { ChartTheme } from './chart.ts'
import { mixed, placeOf, readableOn, roomFor, textStyle, written, type Plot, type RenderItem } from './parts.ts'

/** `figure` is the value as it is written. */
export type HeatCell = { row: number; column: number; value: number | null; figure: string; isBelow: boolean }

/** The scale that the shades stand for. */
type Shades = { from: number; to: number }

/** A figure stands in a cell that is at least so many times as wide as the type is large. */
const ROOM_FOR_FIGURE = 3.2

/** How far a cut-off corner reaches, in the size of the type. */
const CORNER = 0.65

const SHADES = 10

/** The middle of the shade that a value falls into, 0 to 1. */
function shadeOf(value: number, { from, to }: Shades): number {
  const share = to === from ? 0.5 : (value - from) / (to - from)
  return (Math.min(SHADES - 1, Math.max(0, Math.floor(share * SHADES))) + 0.5) / SHADES
}

const fillOf = (shade: number, { ground, accent }: ChartTheme): string => mixed(ground, accent, 0.06 + 0.94 * shade)

/** Draws each cell by its place in the list. */
export const heatCells =
  (cells: readonly HeatCell[], scale: Shades, theme: ChartTheme): RenderItem =>
  ({ dataIndex }, api) => {
    const cell = cells[dataIndex]
    if (!cell) return undefined
    const [x, y] = placeOf(api, cell.column, cell.row)
    const size = api.size?.([1, 1])
    const [width = 0, height = 0] = Array.isArray(size) ? size : []
    const gap = width > 6 ? 1 : 0
    const shape = { x: x - width / 2 + gap, y: y - height / 2 + 1, width: width - 2 * gap, height: height - 2 }
    const emphasis = { style: { stroke: theme.ink, lineWidth: 2.5 } }
    if (cell.value === null) return { type: 'group', children: crossedOut(shape, theme) }
    const fill = fillOf(shadeOf(cell.value, scale), theme)
    const onFill = readableOn(fill, theme.ink, theme.ground)
    const text = textStyle(theme, cell.figure, { align: 'center', fill: onFill })
    return {
      type: 'group',
      children: [
        { type: 'rect', shape, style: { fill }, emphasis },
        ...(cell.isBelow ? [corner(shape.x, shape.y, theme.size * CORNER, onFill)] : []),
        ...(width < theme.size * ROOM_FOR_FIGURE ? [] : [{ type: 'text' as const, x, y, style: text }]),
      ],
    }
  }

/** The cut-off corner of a cell. */
const corner = (x: number, y: number, side: number, fill: string) => ({
  type: 'polygon' as const,
  shape: {
    points: [
      [x, y],
      [x + side, y],
      [x, y + side],
    ],
  },
  style: { fill },
})

const crossedOut = ({ x, y, width, height }: Plot, theme: ChartTheme) => [
  {
    type: 'rect' as const,
    shape: { x, y, width, height },
    style: { fill: theme.ground, stroke: theme.line, lineWidth: 1 },
    emphasis: { style: { stroke: theme.ink, lineWidth: 2.5 } },
  },
  {
    type: 'line' as const,
    shape: { x1: x, y1: y + height, x2: x + width, y2: y },
    style: { stroke: theme.soft, lineWidth: 1 },
  },
]

/** Below the map: the shades, with the figures that they begin and end at, and what the signs in cells mean. */
export function heatLegend(
  { x, y, height }: Plot,
  scale: Shades,
  theme: ChartTheme,
  signs: { below: string | null; missing: string | null },
) {
  const top = y + height + theme.size * 1.1
  const second = top + theme.size * 1.7
  const afterBelow = signs.below === null ? x : x + roomFor([signs.below], theme.size) + theme.size * 3
  const box = { y: second, width: theme.size * 1.4, height: theme.size }
  const filled = {
    type: 'rect' as const,
    shape: { x, ...box },
    style: { fill: fillOf(0.3, theme), stroke: theme.line, lineWidth: 0.5 },
  }
  const name = (sign: string, left: number) => ({
    type: 'text' as const,
    x: left + theme.size * 2,
    y: second + theme.size / 2,
    style: textStyle(theme, sign, { align: 'left', fill: theme.soft }),
  })
  return {
    type: 'group' as const,
    children: [
      shades(x, top, scale, theme),
      ...(signs.below === null
        ? []
        : [filled, corner(x, second, theme.size * CORNER, theme.ink), name(signs.below, x)]),
      ...(signs.missing === null
        ? []
        : [...crossedOut({ x: afterBelow, ...box }, theme), name(signs.missing, afterBelow)]),
    ],
  }
}

function shades(x: number, y: number, { from, to }: Shades, theme: ChartTheme) {
  const number = (value: number) => written(theme, value, 0)
  const [width, height] = [theme.size * 1.4, theme.size]
  const start = x + roomFor([number(from)], theme.size) + theme.size * 0.5
  const text = (value: number, at: number, align: 'left' | 'right') => ({
    type: 'text' as const,
    x: at,
    y: y + height / 2,
    style: textStyle(theme, number(value), { align, fill: theme.soft }),
  })
  return {
    type: 'group' as const,
    children: [
      text(from, start - theme.size * 0.5, 'right'),
      ...Array.from({ length: SHADES }, (_, at) => ({
        type: 'rect' as const,
        shape: { x: start + at * width, y, width: width - 1, height },
        style: { fill: fillOf((at + 0.5) / SHADES, theme), stroke: theme.line, lineWidth: 0.5 },
      })),
      text(to, start + SHADES * width + theme.size * 0.5, 'left'),
    ],
  }
}
