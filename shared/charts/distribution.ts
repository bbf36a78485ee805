import { isBelow } from '../measurement/standard-setting/failures.ts'
import { emptyChart, type Chart, type ChartTheme } from './chart.ts'
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

/** How many candidates got which score; the cut as a dashed line, and around it the band of ±k standard errors. */
export function scoreDistribution(data: ScoreDistribution, theme: ChartTheme, words: ScoreDistributionWords): Chart {
  const { scores, cut, band } = data
  const bins = binsOf(scores, data.highest)
  const [head, tail] = [bins[0], bins.at(-1)]
  if (!head || !tail) return emptyChart(words.empty)
  const width = head.to - head.from
  const around = cut === null || band === null ? null : { from: cut - band.halfWidth, to: cut + band.halfWidth }
  const edges = [...(cut === null ? [] : [cut]), ...(around === null ? [] : [around.from, around.to])]
  const min = tidy(Math.floor(tidy(Math.min(head.from, ...edges) / width)) * width)
  const max = tidy(Math.ceil(tidy(Math.max(tail.to, ...edges) / width)) * width)
  const most = Math.max(...bins.map(({ count }) => count))
  const step = Math.max(1, roundStep(most / 5))
  const score = (value: number) => written(theme, value, 1)
  const edge = (value: number) => written(theme, value, Number.isInteger(width) ? 0 : 2)
  const left = theme.size * 3
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
    table: {
      caption: words.caption,
      columns: [
        { label: words.from, digits: Number.isInteger(width) ? 0 : 2 },
        { label: words.below, digits: Number.isInteger(width) ? 0 : 2 },
        { label: words.candidates, digits: 0 },
      ],
      rows: bins.map(({ from, to, count }) => [from, to, count]),
    },
    points: bins.map(({ from, to, count }, at) => ({
      words: words.bin(edge(from), edge(to), count),
      series: 'bins',
      at,
    })),
    option: {
      ...plainChart(theme),
      grid: { left, right: theme.size * 1.5, top: theme.size * 4.6, bottom: theme.size * 4 },
      xAxis: { ...numberAxis(theme, words.score), ...namedBelow(theme), min, max, splitLine: { show: false } },
      yAxis: {
        ...numberAxis(theme, words.candidates, 0),
        ...namedAbove(theme, left),
        nameGap: theme.size * 2.4,
        min: 0,
        max: Math.ceil(most / step) * step,
        interval: step,
      },
      series: [
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
            data: [
              ...(cut === null
                ? []
                : [
                    {
                      name: 'cut',
                      xAxis: cut,
                      lineStyle: { color: theme.ink, width: 1.5, type: [6, 4] },
                      label: {
                        formatter: words.cut(score(cut)),
                        position: 'end' as const,
                        distance: theme.size * 0.3,
                        color: theme.ink,
                        fontSize: theme.size,
                        fontFamily: theme.font,
                        fontWeight: 600,
                      },
                    },
                  ]),
              // Over the bars, which cover the band.
              ...Object.entries(around ?? {}).map(([name, xAxis]) => ({
                name: `band ${name}`,
                xAxis,
                lineStyle: { color: theme.ink, width: 1, type: [1, 3] },
                label: { show: false },
              })),
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
                          formatter: words.band(written(theme, band.k, Number.isInteger(band.k) ? 0 : 2)),
                          position: 'top' as const,
                          distance: theme.size * 1.6,
                          color: theme.soft,
                          fontSize: theme.size,
                          fontFamily: theme.font,
                        },
                      },
                      { xAxis: around.to },
                    ],
                  ],
          },
        },
      ],
    },
  }
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
