import type { LineSeriesOption, SeriesOption } from 'echarts'
import { emptyChart, type Chart, type ChartTheme } from './chart.ts'
import {
  keptApart,
  namedAbove,
  namedBelow,
  numberAxis,
  placeOf,
  plainChart,
  plotOf,
  roomFor,
  textStyle,
  written,
} from './parts.ts'

export type DecisionStudy = {
  /** A line each. `erho2` and `phi` lie from 0 to 1; null where they are withheld. */
  lines: readonly {
    raters: number
    points: readonly { stations: number; erho2: number | null; phi: number | null }[]
  }[]
  /** What the exam had; marked where it lies on a line. */
  held: { stations: number; raters: number } | null
}

export type DecisionStudyWords = {
  erho2: string
  phi: string
  stations: string
  raters: string
  ratersOf: (n: number) => string
  held: string
  caption: string
  empty: string
  /** Φ with the most stations and raters; null where it is withheld. */
  sentence: (about: { to: number; best: string | null; raters: number }) => string
  point: (coefficient: string, value: string, stations: number, raters: number) => string
}

type Coefficient = 'erho2' | 'phi'

const COEFFICIENTS = ['erho2', 'phi'] as const
const TARGETS = [0.7, 0.8] as const
const SHAPES = ['circle', 'rect', 'triangle', 'diamond'] as const
const DASHES: readonly (number[] | 'solid')[] = ['solid', [6, 3], [2, 3], [9, 3, 2, 3]]

/**
 * How dependable the result would be with other numbers of stations and raters: Eρ² (for ranking) beside Φ (for a cut), a
 * line each number of raters, told apart by shape and dash, with a word at its right end. Dashed lines stand at 0.7 and 0.8.
 */
export function decisionStudy(data: DecisionStudy, theme: ChartTheme, words: DecisionStudyWords): Chart {
  const lines = data.lines.filter(({ points }) => points.some(({ erho2, phi }) => erho2 !== null || phi !== null))
  const stations = lines.flatMap(({ points }) => points.map((point) => point.stations))
  const last = lines.at(-1)
  if (!last) return emptyChart(words.empty)
  const [from, to] = [Math.min(...stations), Math.max(...stations)]
  const best = last.points.findLast(({ phi }) => phi !== null)?.phi ?? null
  const value = (coefficient: number) => written(theme, coefficient, 2)
  const right = roomFor(
    lines.map(({ raters }) => words.ratersOf(raters)),
    theme.size,
  )
  const height = theme.size * 24
  const gap = (theme.size * 1.25) / (height - theme.size * 7)
  const width = Math.max(theme.size * 8, (theme.width - right - theme.size * 8.5) / 2)
  const grids = [
    { left: theme.size * 3, width },
    { left: theme.size * 7.5 + width, width },
  ].map((sides) => ({ ...sides, top: theme.size * 3, bottom: theme.size * 4 }))
  const names = { erho2: words.erho2, phi: words.phi }
  return {
    height,
    words: words.sentence({ to, best: best === null ? null : value(best), raters: last.raters }),
    table: {
      caption: words.caption,
      columns: [
        { label: words.raters, digits: 0 },
        { label: words.stations, digits: 0 },
        { label: words.erho2, digits: 3 },
        { label: words.phi, digits: 3 },
      ],
      rows: lines.flatMap(({ raters, points }) => points.map((one) => [raters, one.stations, one.erho2, one.phi])),
    },
    points: COEFFICIENTS.flatMap((coefficient) =>
      lines.flatMap(({ raters, points }) =>
        points.flatMap((one, at) => {
          const known = one[coefficient]
          if (known === null) return []
          return [
            {
              words: words.point(names[coefficient], value(known), one.stations, raters),
              series: `${coefficient}-${raters}`,
              at,
            },
          ]
        }),
      ),
    ),
    option: {
      ...plainChart(theme),
      grid: grids,
      xAxis: COEFFICIENTS.map((_, gridIndex) => ({
        ...numberAxis(theme, words.stations, 0),
        ...namedBelow(theme),
        gridIndex,
        min: from === to ? from - 1 : from,
        max: from === to ? to + 1 : to,
        minInterval: 1,
        splitLine: { show: false },
      })),
      yAxis: COEFFICIENTS.map((coefficient, gridIndex) => ({
        ...numberAxis(theme, names[coefficient], 1),
        ...namedAbove(theme, theme.size * 2),
        gridIndex,
        min: 0,
        max: 1,
        interval: 0.2,
      })),
      series: [
        ...COEFFICIENTS.flatMap((coefficient, axis) =>
          lines.map((line, at) => curve({ line, at, axis, coefficient, held: data.held, theme, words })),
        ),
        endLabels(lines, gap, theme, words),
      ],
    },
  }
}

type Line = DecisionStudy['lines'][number]

type Curve = {
  line: Line
  at: number
  axis: number
  coefficient: Coefficient
  held: DecisionStudy['held']
  theme: ChartTheme
  words: DecisionStudyWords
}

function curve({ line, at, axis, coefficient, held, theme, words }: Curve): LineSeriesOption {
  const color = theme.domains[at % theme.domains.length] ?? theme.ink
  return {
    id: `${coefficient}-${line.raters}`,
    type: 'line',
    xAxisIndex: axis,
    yAxisIndex: axis,
    symbol: SHAPES[at % SHAPES.length] ?? 'circle',
    symbolSize: theme.size * 0.5,
    showAllSymbol: true,
    lineStyle: { color, width: 1.75, type: DASHES[at % DASHES.length] ?? 'solid' },
    itemStyle: { color },
    emphasis: { scale: 1.8, itemStyle: { borderColor: theme.ink, borderWidth: 2 } },
    data: line.points.map((point) => {
      const low = (point[coefficient] ?? 0) < 0.25
      const isHeld = held?.stations === point.stations && held.raters === line.raters
      return {
        value: [point.stations, point[coefficient] ?? '-'],
        ...(isHeld && {
          symbolSize: theme.size * 1.1,
          itemStyle: { color: theme.ground, borderColor: color, borderWidth: 2.5 },
          label: {
            show: true,
            formatter: words.held,
            position: low ? ('top' as const) : ('bottom' as const),
            distance: theme.size * 0.8,
            // The dashed lines pass behind it.
            backgroundColor: theme.ground,
            padding: 2,
            color: theme.ink,
            fontSize: theme.size,
            fontFamily: theme.font,
          },
        }),
      }
    }),
    ...(at === 0 && {
      markLine: {
        silent: true,
        symbol: 'none',
        animation: false,
        z: 1,
        label: { show: false },
        lineStyle: { color: theme.ink, width: 1, type: [6, 4] },
        data: TARGETS.map((target) => ({ name: `target ${target}`, yAxis: target })),
      },
    }),
  }
}

/** What each line is, beside its right end in the second half. */
function endLabels(lines: readonly Line[], gap: number, theme: ChartTheme, words: DecisionStudyWords): SeriesOption {
  const ends = lines.flatMap(({ raters, points }) => {
    const end = points.findLast(({ phi }) => phi !== null)
    return end === undefined || end.phi === null ? [] : [{ raters, stations: end.stations, phi: end.phi }]
  })
  const places = keptApart(
    ends.map(({ phi }) => phi),
    gap,
  )
  return {
    id: 'ends',
    type: 'custom',
    silent: true,
    xAxisIndex: 1,
    yAxisIndex: 1,
    data: ends.map(({ stations }, at) => [stations, places[at] ?? 0]),
    renderItem: (params, api) => {
      const end = ends[params.dataIndex]
      if (!end) return undefined
      const plot = plotOf(params)
      const [, y] = placeOf(api, end.stations, places[params.dataIndex] ?? end.phi)
      return {
        type: 'text',
        x: plot.x + plot.width + theme.size * 0.7,
        y,
        style: textStyle(theme, words.ratersOf(end.raters)),
      }
    },
  }
}
