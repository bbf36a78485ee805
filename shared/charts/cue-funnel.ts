import { emptyChart, type Chart, type ChartTheme } from './chart.ts'
import {
  nameAxis,
  namedBelow,
  numberAxis,
  placeOf,
  plainChart,
  plotOf,
  roomFor,
  roomForNames,
  roundStep,
  textStyle,
  type RenderItem,
  written,
} from './parts.ts'

/** What became of the cues of a station or a domain. */
export type CueCounts = {
  name: string
  met: number
  unmet: number
  /** Cues of the case for which no moment was marked. */
  noMoment: number
}

export type CueFunnelWords = {
  cues: string
  /** What a row is. */
  row: string
  met: string
  unmet: string
  noMoment: string
  share: string
  caption: string
  empty: string
  /** At the end of a bar; `given` are the cues that a moment was marked for. */
  end: (met: number, given: number, percent: string) => string
  noCue: string
  sentence: (about: { cues: number; given: number; met: number }) => string
  point: (name: string, kind: string, count: number, cues: number) => string
}

const KINDS = ['met', 'unmet', 'noMoment'] as const
type Kind = (typeof KINDS)[number]

/**
 * What became of the cues, a bar each station or domain: met (filled), unmet (hollow), and those without a marked moment
 * (dashed); at its end how many of those marked were met.
 */
export function cueFunnel(rows: readonly CueCounts[], theme: ChartTheme, words: CueFunnelWords): Chart {
  const given = rows.reduce((sum, { met, unmet }) => sum + met + unmet, 0)
  if (given === 0) return emptyChart(words.empty)
  const most = Math.max(...rows.map(cuesOf))
  const step = Math.max(1, roundStep(most / 5))
  const labels = roomForNames(
    rows.map(({ name }) => name),
    theme,
  )
  const ends = rows.map(({ met, unmet }) =>
    met + unmet === 0 ? words.noCue : words.end(met, met + unmet, written(theme, (100 * met) / (met + unmet), 1)),
  )
  const segments = rows.flatMap((row, at) => KINDS.map((kind) => ({ row, at, kind })))
  return {
    height: rows.length * theme.size * 2.3 + theme.size * 7,
    words: words.sentence({
      cues: rows.reduce((sum, row) => sum + cuesOf(row), 0),
      given,
      met: rows.reduce((sum, { met }) => sum + met, 0),
    }),
    table: {
      caption: words.caption,
      columns: [
        { label: words.row },
        ...KINDS.map((kind) => ({ label: words[kind], digits: 0 })),
        { label: words.share, digits: 1 },
      ],
      rows: rows.map(({ name, met, unmet, noMoment }) => [
        name,
        met,
        unmet,
        noMoment,
        met + unmet === 0 ? null : (100 * met) / (met + unmet),
      ]),
    },
    points: segments.map(({ row, kind }, at) => ({
      words: words.point(row.name, words[kind], row[kind], cuesOf(row)),
      series: 'cues',
      at,
    })),
    option: {
      ...plainChart(theme),
      grid: {
        left: labels + theme.size,
        right: roomFor(ends, theme.size) + theme.size,
        top: theme.size * 2.6,
        bottom: theme.size * 4,
      },
      xAxis: {
        ...numberAxis(theme, words.cues, 0),
        ...namedBelow(theme),
        min: 0,
        max: Math.ceil(most / step) * step,
        interval: step,
      },
      yAxis: nameAxis(
        theme,
        rows.map(({ name }) => name),
        labels,
      ),
      series: [
        {
          id: 'cues',
          type: 'custom',
          data: segments.map(({ row, at, kind }) => [startOf(row, kind), at, row[kind]]),
          encode: { x: 0, y: 1 },
          renderItem: segment(segments, theme),
        },
        {
          id: 'ends',
          type: 'custom',
          silent: true,
          data: rows.map((_, at) => [0, at]),
          renderItem: (params, api) => {
            const { x, width } = plotOf(params)
            const y = placeOf(api, 0, params.dataIndex)[1]
            return { type: 'text', x: x + width + theme.size, y, style: textStyle(theme, ends[params.dataIndex] ?? '') }
          },
        },
        {
          id: 'legend',
          type: 'custom',
          silent: true,
          data: [[0, 0]],
          renderItem: (params) => legend(plotOf(params).x, theme, words),
        },
      ],
    },
  }
}

const cuesOf = ({ met, unmet, noMoment }: CueCounts): number => met + unmet + noMoment

const startOf = ({ met, unmet }: CueCounts, kind: Kind): number =>
  kind === 'met' ? 0 : kind === 'unmet' ? met : met + unmet

const styleOf = (kind: Kind, { accent, ground, soft }: ChartTheme) =>
  kind === 'met'
    ? { fill: accent, stroke: accent, lineWidth: 1.25 }
    : kind === 'unmet'
      ? { fill: ground, stroke: accent, lineWidth: 1.25 }
      : { fill: ground, stroke: soft, lineWidth: 1, lineDash: [2, 2] }

type Segment = { row: CueCounts; at: number; kind: Kind }

const segment =
  (segments: readonly Segment[], theme: ChartTheme): RenderItem =>
  ({ dataIndex }, api) => {
    const one = segments[dataIndex]
    if (!one || one.row[one.kind] === 0) return undefined
    const { row, at, kind } = one
    const [left, y] = placeOf(api, startOf(row, kind), at)
    const [right] = placeOf(api, startOf(row, kind) + row[kind], at)
    const half = theme.size * 0.75
    const text = written(theme, row[kind], 0)
    const width = Math.max(1, right - left - 2)
    return {
      type: 'group',
      children: [
        {
          type: 'rect',
          shape: { x: left + 1, y: y - half, width, height: 2 * half },
          style: styleOf(kind, theme),
          emphasis: { style: { stroke: theme.ink, lineWidth: 3 } },
        },
        ...(width < roomFor([text], theme.size) + theme.size * 0.4
          ? []
          : [
              {
                type: 'text' as const,
                x: (left + right) / 2,
                y,
                style: textStyle(theme, text, { align: 'center', fill: kind === 'met' ? theme.ground : theme.ink }),
              },
            ]),
      ],
    }
  }

/** What the three kinds of bars mean, above them. */
function legend(left: number, theme: ChartTheme, words: CueFunnelWords) {
  let x = left
  const parts = KINDS.map((kind) => {
    const at = x
    x += roomFor([words[kind]], theme.size) + theme.size * 3.2
    return { kind, at }
  })
  return {
    type: 'group' as const,
    children: parts.flatMap(({ kind, at }) => [
      {
        type: 'rect' as const,
        shape: { x: at + 1, y: theme.size * 0.5, width: theme.size * 1.2, height: theme.size },
        style: styleOf(kind, theme),
      },
      { type: 'text' as const, x: at + theme.size * 1.7, y: theme.size, style: textStyle(theme, words[kind]) },
    ]),
  }
}
