import type { Statistic } from '../measurement/statistic.ts'
import { emptyChart, type Chart, type ChartTheme } from './chart.ts'
import {
  chosenPoint,
  keptApart,
  namedAbove,
  namedBelow,
  numberAxis,
  placeOf,
  plainChart,
  plotOf,
  roomFor,
  scaleOf,
  signed,
  textStyle,
  written,
} from './parts.ts'

/** A line across the plot, with its 95 % interval where it has one. */
export type AgreementLine = { value: number; ci95: readonly [low: number, high: number] | null }

/** A figure as a line; null where it is withheld. */
export const agreementLine = ({ value, ci95 }: Pick<Statistic, 'value' | 'ci95'>): AgreementLine | null =>
  value === null ? null : { value, ci95: ci95 ?? null }

export type BlandAltmanPlot = {
  /** Both on the same scale, each two values once with how many pairs have them; the difference is the first less the second. */
  pairs: readonly { first: number; second: number; count: number }[]
  /** null where withheld. */
  bias: AgreementLine | null
  lower: AgreementLine | null
  upper: AgreementLine | null
}

export type BlandAltmanWords = {
  mean: string
  difference: string
  /** How many pairs there are of a kind. */
  count: string
  first: string
  second: string
  bias: (value: string) => string
  lower: (value: string) => string
  upper: (value: string) => string
  caption: string
  empty: string
  sentence: (about: { n: number; bias: string | null; lower: string | null; upper: string | null }) => string
  /** `n` pairs stand at the place. */
  point: (mean: string, difference: string, n: number) => string
}

const LINES = ['upper', 'bias', 'lower'] as const

/**
 * Difference against mean of two who rated the same: a circle each place, larger where several pairs stand, the bias as a
 * solid line and the limits of agreement dashed, each with its interval as a band, and zero as a thin line.
 */
export function blandAltmanPlot(
  { pairs, ...given }: BlandAltmanPlot,
  theme: ChartTheme,
  words: BlandAltmanWords,
  digits = 1,
): Chart {
  if (pairs.length === 0) return emptyChart(words.empty)
  const places = countedPlaces(pairs)
  const n = pairs.reduce((sum, { count }) => sum + count, 0)
  const lines = LINES.flatMap((name) => {
    const line = given[name]
    return line === null ? [] : [{ name, ...line, label: words[name](signed(theme, line.value, digits)) }]
  })
  const upright = scaleOf([
    0,
    ...places.map(({ y }) => y),
    ...lines.flatMap(({ value, ci95 }) => [value, ...(ci95 ?? [])]),
  ])
  const across = scaleOf(places.map(({ x }) => x))
  // The area tells how many; where they are many, all circles are smaller.
  const symbol = theme.size * 0.6 * Math.min(1, 3 / Math.sqrt(Math.max(...places.map(({ n }) => n))))
  const number = (value: number) => written(theme, value, digits)
  const left = theme.size * 3.6
  const height = theme.size * 26
  const gap = ((theme.size * 1.3) / (height - theme.size * 7.2)) * (upright.max - upright.min)
  const labelsAt = keptApart(
    lines.map(({ value }) => value),
    gap,
  )
  const right = roomFor(
    lines.map(({ label }) => label),
    theme.size,
  )
  const wordOf = (name: (typeof LINES)[number]) => {
    const line = given[name]
    return line === null ? null : signed(theme, line.value, digits)
  }
  return {
    height,
    words: words.sentence({ n, bias: wordOf('bias'), lower: wordOf('lower'), upper: wordOf('upper') }),
    table: {
      caption: words.caption,
      columns: [
        { label: words.first, digits },
        { label: words.second, digits },
        { label: words.mean, digits: digits + 1 },
        { label: words.difference, digits },
        { label: words.count, digits: 0 },
      ],
      rows: pairs.map(({ first, second, count }) => [first, second, (first + second) / 2, first - second, count]),
    },
    points: places.map(({ x, y, n }, at) => ({
      words: words.point(number(x), signed(theme, y, digits), n),
      series: 'pairs',
      at,
    })),
    option: {
      ...plainChart(theme),
      grid: { left, right: right + theme.size * 1.5, top: theme.size * 3.2, bottom: theme.size * 4 },
      xAxis: {
        ...numberAxis(theme, words.mean),
        ...namedBelow(theme),
        axisLine: { show: true, onZero: false, lineStyle: { color: theme.soft } },
        min: across.min,
        max: across.max,
        interval: across.step,
        splitLine: { show: false },
      },
      yAxis: {
        ...numberAxis(theme, words.difference),
        ...namedAbove(theme, left),
        min: upright.min,
        max: upright.max,
        interval: upright.step,
        splitLine: { show: false },
      },
      series: [
        {
          id: 'pairs',
          type: 'scatter',
          z: 3,
          data: places.map(({ x, y, n }) => ({ value: [x, y], symbolSize: symbol * Math.sqrt(n) })),
          itemStyle: { color: theme.accent, borderColor: theme.ground, borderWidth: 1, opacity: 1 },
          ...chosenPoint(theme),
          markLine: {
            silent: true,
            symbol: 'none',
            animation: false,
            label: { show: false },
            data: [
              { name: 'zero', yAxis: 0, lineStyle: { color: theme.soft, width: 0.75, type: 'solid' } },
              ...lines.map(({ name, value }) => ({
                name,
                yAxis: value,
                lineStyle: { color: theme.ink, width: 1.5, type: name === 'bias' ? ('solid' as const) : [6, 4] },
              })),
            ],
          },
          markArea: {
            silent: true,
            animation: false,
            itemStyle: { color: theme.line, opacity: 1 },
            data: lines.flatMap(({ name, ci95 }) =>
              ci95 === null ? [] : [[{ name, yAxis: ci95[0] }, { yAxis: ci95[1] }]],
            ),
            label: { show: false },
          },
        },
        {
          id: 'labels',
          type: 'custom',
          silent: true,
          data: lines.map((_, at) => [across.max, labelsAt[at] ?? 0]),
          renderItem: (params, api) => {
            const plot = plotOf(params)
            const [, y] = placeOf(api, across.max, labelsAt[params.dataIndex] ?? 0)
            const style = textStyle(theme, lines[params.dataIndex]?.label ?? '', { fontWeight: 600 })
            return { type: 'text', x: plot.x + plot.width + theme.size * 0.6, y, style }
          },
        },
      ],
    },
  }
}

type Place = { x: number; y: number; n: number }

/** Where pairs stand, from the smallest mean on, and how many. */
const countedPlaces = (pairs: BlandAltmanPlot['pairs']): Place[] =>
  pairs
    .map(({ first, second, count }) => ({ x: (first + second) / 2, y: first - second, n: count }))
    .sort((a, b) => a.x - b.x || a.y - b.y)
