import type { SeriesOption } from 'echarts'
import { emptyChart, type Chart, type ChartTheme } from './chart.ts'
import { binsOf, type Bin } from './distribution.ts'
import {
  keptApart,
  mixed,
  namedAbove,
  numberAxis,
  placeOf,
  plainChart,
  plotOf,
  scaleOf,
  textStyle,
  written,
} from './parts.ts'
import type { RenderItem, Scale } from './parts.ts'

/** Something with a place on the logit scale. */
export type Measured = { name: string; measure: number }

export type WrightMap = {
  /** Higher is abler. */
  candidates: readonly Measured[]
  /** Higher is harder. */
  stations: readonly Measured[]
  /** Higher is more severe. */
  examiners: readonly Measured[]
  /** Where the next point of the scale becomes the likelier one. */
  thresholds: readonly Measured[]
}

export type WrightMapWords = {
  logits: string
  candidates: string
  stations: string
  examiners: string
  thresholds: string
  caption: string
  group: string
  name: string
  measure: string
  empty: string
  sentence: (about: {
    candidates: number
    low: string
    high: string
    hardest: string
    mostSevere: string | null
  }) => string
  point: (group: string, name: string, measure: string) => string
  bin: (from: string, to: string, count: number) => string
}

/** Of the width: where the bars of the candidates end and where each column of names begins. */
const BARS_END = 0.22
const COLUMNS = [0.26, 0.54, 0.82] as const
const COLUMN_ENDS = [0.52, 0.8, 1] as const
const KINDS = ['stations', 'examiners', 'thresholds'] as const
const SHAPES = { stations: 'rect', examiners: 'circle', thresholds: 'diamond' } as const

/**
 * Candidates and what they met on one scale of logits: candidates as bars at the left, and beside them stations, examiners
 * and thresholds, each a sign at its height. Names that would cover each other are moved apart, with a line to their sign.
 */
export function wrightMap(data: WrightMap, theme: ChartTheme, words: WrightMapWords): Chart {
  const { candidates, stations } = data
  const bins = binsOf(candidates.map(({ measure }) => measure))
  if (bins.length === 0 || stations.length === 0) return emptyChart(words.empty)
  const groups = KINDS.map((kind) => ({ kind, members: data[kind].toSorted((a, b) => b.measure - a.measure) }))
  const shown = groups.flatMap(({ members }) => members.map(({ measure }) => measure))
  const scale = scaleOf([...shown, ...bins.flatMap(({ from, to }) => [from, to])], 8)
  const line = theme.size * 1.35
  const most = Math.max(...groups.map(({ members }) => members.length))
  const plotHeight = Math.max(theme.size * 26, (most + 1) * line)
  const top = theme.size * 3.6
  const number = (value: number) => written(theme, value, 2)
  const measures = candidates.map(({ measure }) => measure)
  const hardest = groups[0]?.members[0]?.name ?? ''
  const all = [{ kind: 'candidates' as const, members: candidates }, ...groups]
  return {
    height: plotHeight + top + theme.size * 1.5,
    words: words.sentence({
      candidates: candidates.length,
      low: number(Math.min(...measures)),
      high: number(Math.max(...measures)),
      hardest,
      mostSevere: groups[1]?.members[0]?.name ?? null,
    }),
    table: {
      caption: words.caption,
      columns: [{ label: words.group }, { label: words.name }, { label: words.measure, digits: 2 }],
      rows: all.flatMap(({ kind, members }) => members.map(({ name, measure }) => [words[kind], name, measure])),
    },
    points: [
      ...bins.map(({ from, to, count }, at) => ({
        words: words.bin(number(from), number(to), count),
        series: 'candidates',
        at,
      })),
      ...groups.flatMap(({ kind, members }) =>
        members.map(({ name, measure }, at) => ({
          words: words.point(words[kind], name, number(measure)),
          series: kind,
          at,
        })),
      ),
    ],
    option: {
      ...plainChart(theme),
      grid: { left: theme.size * 3, right: theme.size * 0.5, top, bottom: theme.size * 1.5 },
      xAxis: { type: 'value', min: 0, max: 1, show: false },
      yAxis: {
        ...numberAxis(theme, words.logits),
        ...namedAbove(theme, theme.size * 3),
        nameGap: theme.size * 2.2,
        min: scale.min,
        max: scale.max,
        interval: scale.step,
      },
      series: [
        {
          id: 'candidates',
          type: 'custom',
          z: 3,
          data: bins.map(({ from, to, count }) => [BARS_END, (from + to) / 2, count]),
          encode: { x: 0, y: 1 },
          renderItem: candidateBar(bins, theme),
        },
        headings(theme, words, scale),
        ...groups.map(({ kind, members }, at) =>
          column(kind, members, { at, theme, scale, gap: (line / plotHeight) * (scale.max - scale.min) }),
        ),
      ],
    },
  }
}

const candidateBar =
  (bins: readonly Bin[], theme: ChartTheme): RenderItem =>
  ({ dataIndex }, api) => {
    const bin = bins[dataIndex]
    if (!bin || bin.count === 0) return undefined
    const most = Math.max(...bins.map(({ count }) => count))
    const [left, top] = placeOf(api, BARS_END - ((BARS_END - 0.05) * bin.count) / most, bin.to)
    const [right, bottom] = placeOf(api, BARS_END, bin.from)
    const height = Math.max(1, bottom - top - 2)
    return {
      type: 'group',
      children: [
        {
          type: 'rect',
          shape: { x: left, y: top + 1, width: right - left, height },
          style: { fill: mixed(theme.ground, theme.accent, 0.45), stroke: theme.accent, lineWidth: 1 },
          emphasis: { style: { fill: theme.accent, stroke: theme.ink, lineWidth: 2 } },
        },
        ...(height < theme.size
          ? []
          : [
              {
                type: 'text' as const,
                x: left - theme.size * 0.4,
                y: (top + bottom) / 2,
                style: textStyle(theme, written(theme, bin.count, 0), { align: 'right', fill: theme.soft }),
              },
            ]),
      ],
    }
  }

/** A word above each part. */
function headings(theme: ChartTheme, words: WrightMapWords, { max }: Scale): SeriesOption {
  const parts = [
    { x: BARS_END, text: words.candidates, align: 'right' as const },
    ...KINDS.map((kind, at) => ({ x: COLUMNS[at] ?? 0, text: words[kind], align: 'left' as const })),
  ]
  return {
    id: 'headings',
    type: 'custom',
    silent: true,
    data: parts.map(({ x }) => [x, max]),
    renderItem: ({ dataIndex }, api) => {
      const part = parts[dataIndex]
      if (!part) return undefined
      const [x, y] = placeOf(api, part.x, max)
      const style = textStyle(theme, part.text, { align: part.align, fontWeight: 600 })
      return { type: 'text', x, y: y - theme.size * 1.1, style }
    },
  }
}

type Column = { at: number; theme: ChartTheme; scale: Scale; gap: number }

function column(
  kind: (typeof KINDS)[number],
  members: readonly Measured[],
  { at, theme, scale, gap }: Column,
): SeriesOption {
  const wanted = keptApart(
    members.map(({ measure }) => measure),
    gap,
  )
  // A pile of names that would leave the drawing is moved back into it as a whole.
  const over = Math.max(0, Math.max(...wanted) - scale.max)
  const under = Math.max(0, scale.min - Math.min(...wanted))
  const places = wanted.map((place) => place - over + under)
  const [from, to] = [COLUMNS[at] ?? 0, COLUMN_ENDS[at] ?? 1]
  const color = theme.domains[at] ?? theme.ink
  return {
    id: kind,
    type: 'custom',
    z: 3,
    data: members.map(({ measure }) => [from, measure]),
    renderItem: (params, api) => {
      const { name, measure } = members[params.dataIndex] ?? { name: '', measure: 0 }
      const plot = plotOf(params)
      const [x, y] = placeOf(api, from, measure)
      const labelY = placeOf(api, from, places[params.dataIndex] ?? measure)[1]
      const labelX = x + theme.size * 1.8
      const half = theme.size * 0.33
      const style = { fill: color, stroke: color, lineWidth: 1 }
      const emphasis = { style: { stroke: theme.ink, lineWidth: 3 } }
      const turned = SHAPES[kind] === 'diamond' ? { rotation: Math.PI / 4, originX: x, originY: y } : {}
      return {
        type: 'group',
        children: [
          {
            type: 'polyline',
            shape: {
              points: [
                [x, y],
                [x + theme.size * 0.7, y],
                [labelX - theme.size * 0.6, labelY],
                [labelX - theme.size * 0.2, labelY],
              ],
            },
            style: { stroke: theme.soft, lineWidth: 0.75, fill: 'none' },
          },
          SHAPES[kind] === 'circle'
            ? { type: 'circle', shape: { cx: x, cy: y, r: half }, style, emphasis }
            : {
                type: 'rect',
                shape: { x: x - half, y: y - half, width: 2 * half, height: 2 * half },
                ...turned,
                style,
                emphasis,
              },
          {
            type: 'text',
            x: labelX,
            y: labelY,
            style: textStyle(theme, name, {
              width: (to - from) * plot.width - theme.size * 1.8,
              overflow: 'truncate',
              backgroundColor: theme.ground,
            }),
          },
        ],
      }
    },
  }
}
