import type { CustomSeriesOption, EChartsOption } from 'echarts'
import { isBelow } from '../measurement/standard-setting/failures.ts'
import { emptyChart, type Chart, type ChartTable, type ChartTheme } from './chart.ts'
import {
  mixed,
  namedAbove,
  namedBelow,
  numberAxis,
  placeOf,
  plainChart,
  roundStep,
  tidy,
  type RenderItem,
  written,
} from './parts.ts'

export type ScoreDistribution = {
  scores: readonly number[]
  /** Withheld where null. */
  cut: number | null
  /** `halfWidth` is k · SEM, for scores that cannot be told from the cut; null where it is withheld. */
  band: { k: number; halfWidth: number } | null
  /** Where the scale ends: the last bin holds it too. */
  highest?: number
}

export type ScoreDistributionWords = {
  score: string
  candidates: string
  cut: (score: string) => string
  band: (k: string) => string
  caption: string
  from: string
  below: string
  empty: string
  sentence: (about: {
    n: number
    low: string
    high: string
    cut: string | null
    under: number
    /** null where there is no band. */
    within: number | null
  }) => string
  bin: (from: string, to: string, count: number) => string
}

export type Bin = { from: number; to: number; count: number }

const MOST_BINS = 20

/** Bins of a round width that hold all scores: from `from` up to but not including `to`, unless that is the `highest`. */
export function binsOf(scores: readonly number[], highest = Infinity): Bin[] {
  if (scores.length === 0) return []
  const low = Math.min(...scores)
  const high = Math.max(...scores)
  const wanted = Math.min(MOST_BINS, Math.max(6, Math.ceil(Math.sqrt(scores.length)) + 4))
  const width = low === high ? 1 : roundStep((high - low) / wanted)
  const start = Math.floor(tidy(low / width))
  const end = Math.max(start + 1, Math.min(Math.floor(tidy(high / width)) + 1, Math.ceil(tidy(highest / width))))
  const bins = Array.from({ length: end - start }, (_, at): Bin => ({
    from: tidy((start + at) * width),
    to: tidy((start + at + 1) * width),
    count: 0,
  }))
  for (const score of scores) {
    const bin = bins[Math.min(Math.floor(tidy(score / width)) - start, bins.length - 1)]
    if (bin) bin.count += 1
  }
  return bins
}

/**
 * How many candidates got which score; the cut as a dashed line, and around it the band of ±k standard errors: a shade behind
 * the bars and hatching before them, so that it is seen where bars stand as well.
 */
export function scoreDistribution(data: ScoreDistribution, theme: ChartTheme, words: ScoreDistributionWords): Chart {
  const { scores, cut } = data
  const bins = binsOf(scores, data.highest)
  const scale = scaleAround(bins, data)
  if (scale === null) return emptyChart(words.empty)
  const { around } = scale
  const score = (value: number) => written(theme, value, 1)
  const edge = (value: number) => written(theme, value, scale.digits)
  return {
    height: theme.size * 23,
    words: words.sentence({
      n: scores.length,
      low: score(Math.min(...scores)),
      high: score(Math.max(...scores)),
      cut: cut === null ? null : score(cut),
      under: cut === null ? 0 : scores.filter((value) => isBelow(value, cut)).length,
      within:
        around === null
          ? null
          : scores.filter((value) => !isBelow(value, around.from) && isBelow(value, around.to)).length,
    }),
    table: tableOf(bins, scale, words),
    points: bins.map(({ from, to, count }, at) => ({
      words: words.bin(edge(from), edge(to), count),
      series: 'bins',
      at,
    })),
    option: { ...plainChart(theme), ...axes(scale, theme, words), series: series(bins, data, scale, theme, words) },
  }
}

/** Where the axes end, and from where to where the band lies; `digits` are those of the edges of bins. */
type BinScale = { min: number; max: number; most: number; step: number; digits: number; around: Around | null }
type Around = { from: number; to: number }

/** null without bins. The axis holds all of the band. */
function scaleAround(bins: readonly Bin[], { cut, band }: ScoreDistribution): BinScale | null {
  const [head, tail] = [bins[0], bins.at(-1)]
  if (!head || !tail) return null
  const width = head.to - head.from
  const around = cut === null || band === null ? null : { from: cut - band.halfWidth, to: cut + band.halfWidth }
  const edges = [...(cut === null ? [] : [cut]), ...(around === null ? [] : [around.from, around.to])]
  const most = Math.max(...bins.map(({ count }) => count))
  const step = Math.max(1, roundStep(most / 5))
  return {
    min: tidy(Math.floor(tidy(Math.min(head.from, ...edges) / width)) * width),
    max: tidy(Math.ceil(tidy(Math.max(tail.to, ...edges) / width)) * width),
    most: Math.ceil(most / step) * step,
    step,
    digits: Number.isInteger(width) ? 0 : 2,
    around,
  }
}

const tableOf = (bins: readonly Bin[], { digits }: BinScale, words: ScoreDistributionWords): ChartTable => ({
  caption: words.caption,
  columns: [
    { label: words.from, digits },
    { label: words.below, digits },
    { label: words.candidates, digits: 0 },
  ],
  rows: bins.map(({ from, to, count }) => [from, to, count]),
})

function axes({ min, max, most, step }: BinScale, theme: ChartTheme, words: ScoreDistributionWords): EChartsOption {
  const left = theme.size * 3
  return {
    grid: { left, right: theme.size * 1.5, top: theme.size * 4.6, bottom: theme.size * 4 },
    xAxis: { ...numberAxis(theme, words.score), ...namedBelow(theme), min, max, splitLine: { show: false } },
    yAxis: {
      ...numberAxis(theme, words.candidates, 0),
      ...namedAbove(theme, left),
      nameGap: theme.size * 2.4,
      min: 0,
      max: most,
      interval: step,
    },
  }
}

function series(
  bins: readonly Bin[],
  { cut, band }: ScoreDistribution,
  { around, most }: BinScale,
  theme: ChartTheme,
  words: ScoreDistributionWords,
): CustomSeriesOption[] {
  const label = { fontSize: theme.size, fontFamily: theme.font }
  return [
    {
      id: 'bins',
      type: 'custom',
      z: 2,
      renderItem: bar(bins, theme),
      data: bins.map(({ from, to, count }) => [(from + to) / 2, count, from, to]),
      encode: { x: 0, y: 1 },
      markLine: {
        silent: true,
        symbol: 'none',
        animation: false,
        z: 4,
        data:
          cut === null
            ? []
            : [
                {
                  name: 'cut',
                  xAxis: cut,
                  lineStyle: { color: theme.ink, width: 1.5, type: [6, 4] },
                  label: {
                    ...label,
                    formatter: words.cut(written(theme, cut, 1)),
                    position: 'end' as const,
                    distance: theme.size * 0.3,
                    color: theme.ink,
                    fontWeight: 600,
                  },
                },
              ],
      },
      markArea: {
        silent: true,
        animation: false,
        z: 1,
        itemStyle: { color: theme.line, opacity: 1 },
        data:
          around === null || band === null
            ? []
            : [
                [
                  {
                    name: 'band',
                    xAxis: around.from,
                    label: {
                      ...label,
                      formatter: words.band(written(theme, band.k, Number.isInteger(band.k) ? 0 : 2)),
                      position: 'top' as const,
                      distance: theme.size * 1.6,
                      color: theme.soft,
                    },
                  },
                  { xAxis: around.to },
                ],
              ],
      },
    },
    {
      id: 'band',
      type: 'custom',
      silent: true,
      z: 3,
      data: around === null ? [] : [[around.from, 0, around.to]],
      encode: { x: [0, 2] },
      renderItem: hatching(around, most, theme),
    },
  ]
}

const bar =
  (bins: readonly Bin[], theme: ChartTheme): RenderItem =>
  ({ dataIndex }, api) => {
    const bin = bins[dataIndex]
    if (!bin || bin.count === 0) return undefined
    const [left, top] = placeOf(api, bin.from, bin.count)
    const [right, bottom] = placeOf(api, bin.to, 0)
    return {
      type: 'rect',
      shape: { x: left + 1, y: top, width: Math.max(1, right - left - 2), height: bottom - top },
      style: { fill: mixed(theme.ground, theme.accent, 0.45), stroke: theme.accent, lineWidth: 1 },
      emphasis: { style: { fill: theme.accent, stroke: theme.ink, lineWidth: 2 } },
    }
  }

/** The band's two edges and thin slanted lines between them, over the whole height. */
const hatching =
  (around: Around | null, most: number, theme: ChartTheme): RenderItem =>
  (_, api) => {
    if (around === null) return undefined
    const [left, top] = placeOf(api, around.from, most)
    const [right, bottom] = placeOf(api, around.to, 0)
    const height = bottom - top
    const line = (x1: number, y1: number, x2: number, y2: number, lineWidth: number) => ({
      type: 'line' as const,
      shape: { x1, y1, x2, y2 },
      style: { stroke: theme.soft, lineWidth },
    })
    const gap = theme.size * 0.75
    const slanted = Array.from({ length: Math.ceil((right - left + height) / gap) }, (__, at) => {
      // From the foot at `foot`, up to the right, as far as it lies between the edges.
      const foot = left - height + (at + 1) * gap
      const [from, to] = [Math.max(left, foot), Math.min(right, foot + height)]
      return from < to ? [line(from, bottom - (from - foot), to, bottom - (to - foot), 0.75)] : []
    })
    return {
      type: 'group',
      children: [...slanted.flat(), line(left, top, left, bottom, 1.25), line(right, top, right, bottom, 1.25)],
    }
  }
