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
  scaleOf,
  signed,
  textStyle,
  type RenderItem,
  type Scale,
} from './parts.ts'

export type ExaminerStringency = {
  examiner: string
  /** How many marks it rests on. */
  n: number
  /** By how much this examiner's scores lie below (positive: severe) what the same candidates get elsewhere. */
  value: number | null
  ci95: readonly [low: number, high: number] | null
  /** Why it is withheld, where it is. */
  because?: string
}

export type ExaminerForestWords = {
  /** The axis: its unit, and what its two directions mean. */
  stringency: string
  examiner: string
  marks: string
  low: string
  high: string
  because: string
  caption: string
  empty: string
  interval: (value: string, low: string, high: string) => string
  sentence: (about: { n: number; mostSevere: string; mostLenient: string; apart: number; withheld: number }) => string
  point: (examiner: string, value: string, n: number) => string
}

type Known = ExaminerStringency & { value: number }

const isKnown = (one: ExaminerStringency): one is Known => one.value !== null
const isApart = ({ ci95 }: ExaminerStringency) => ci95 !== null && (ci95[0] > 0 || ci95[1] < 0)

/**
 * Every examiner's stringency with its 95 % interval, the most severe first, and a line at zero. Whose interval leaves out
 * zero has a filled square, the others a hollow one; where there is room, the figures stand beside. Who has no figure stands below with the reason. `digits`: decimals.
 */
export function examinerForest(
  examiners: readonly ExaminerStringency[],
  theme: ChartTheme,
  words: ExaminerForestWords,
  digits = 1,
): Chart {
  const known = examiners.filter(isKnown).sort((a, b) => b.value - a.value)
  const [severe, lenient] = [known[0], known.at(-1)]
  if (!severe || !lenient) return emptyChart(words.empty)
  const rows: ExaminerStringency[] = [...known, ...examiners.filter((one) => !isKnown(one))]
  const number = (value: number) => signed(theme, value, digits)
  const figureOf = ({ value, ci95, because = '' }: ExaminerStringency) =>
    value === null
      ? because
      : ci95 === null
        ? number(value)
        : words.interval(number(value), number(ci95[0]), number(ci95[1]))
  const figures = rows.map(figureOf)
  const scale = scaleOf([0, ...known.flatMap(({ value, ci95 }) => [value, ...(ci95 ?? [])])])
  const labels = roomForNames(
    rows.map(({ examiner }) => examiner),
    theme,
  )
  const beside = roomFor(known.map(figureOf), theme.size)
  const withFigures = theme.width > labels + beside + theme.size * 20
  const right = withFigures ? beside + theme.size : theme.size
  return {
    height: rows.length * theme.size * 1.8 + theme.size * 5.5,
    words: words.sentence({
      n: known.length,
      mostSevere: severe.examiner,
      mostLenient: lenient.examiner,
      apart: known.filter(isApart).length,
      withheld: rows.length - known.length,
    }),
    table: {
      caption: words.caption,
      columns: [
        { label: words.examiner },
        { label: words.stringency, digits },
        { label: words.low, digits },
        { label: words.high, digits },
        { label: words.marks, digits: 0 },
        ...(known.length < rows.length ? [{ label: words.because }] : []),
      ],
      rows: rows.map(({ examiner, value, ci95, n, because = null }) => [
        examiner,
        value,
        ci95?.[0] ?? null,
        ci95?.[1] ?? null,
        n,
        ...(known.length < rows.length ? [because] : []),
      ]),
    },
    points: rows.map((one, at) => ({
      words: words.point(one.examiner, figures[at] ?? '', one.n),
      series: 'examiners',
      at,
    })),
    option: {
      ...plainChart(theme),
      grid: { left: labels + theme.size, right, top: theme.size, bottom: theme.size * 4.5 },
      xAxis: {
        ...numberAxis(theme, words.stringency),
        ...namedBelow(theme),
        min: scale.min,
        max: scale.max,
        interval: scale.step,
      },
      yAxis: nameAxis(
        theme,
        rows.map(({ examiner }) => examiner),
        labels,
      ),
      series: [
        {
          id: 'examiners',
          type: 'custom',
          renderItem: interval(rows, { figures, withFigures, scale, theme }),
          data: rows.map(({ value, ci95 }, at) => [value ?? 0, at, ci95?.[0] ?? value ?? 0, ci95?.[1] ?? value ?? 0]),
          encode: { x: [0, 2, 3], y: 1 },
          markLine: {
            silent: true,
            symbol: 'none',
            animation: false,
            z: 1,
            label: { show: false },
            data: [{ name: 'zero', xAxis: 0, lineStyle: { color: theme.ink, width: 1.25, type: 'solid' } }],
          },
        },
      ],
    },
  }
}

type Beside = { figures: readonly string[]; withFigures: boolean; scale: Scale; theme: ChartTheme }

const interval =
  (rows: readonly ExaminerStringency[], { figures, withFigures, scale, theme }: Beside): RenderItem =>
  (params, api) => {
    const row = rows[params.dataIndex]
    if (!row) return undefined
    const plot = plotOf(params)
    const [middle, y] = placeOf(api, row.value ?? scale.min, params.dataIndex)
    const figure = figures[params.dataIndex] ?? ''
    if (row.value === null)
      return {
        type: 'text',
        x: plot.x + theme.size,
        y,
        style: textStyle(theme, figure, { fill: theme.soft, backgroundColor: theme.ground }),
      }
    const half = theme.size * 0.32
    const stroke = { stroke: theme.ink, lineWidth: 1.5, fill: 'none' }
    const line = (x1: number, y1: number, x2: number, y2: number) =>
      ({ type: 'line', shape: { x1, y1, x2, y2 }, style: stroke }) as const
    const ends = row.ci95?.map((end) => placeOf(api, end, params.dataIndex)[0]) ?? []
    const [low = middle, high = middle] = ends
    return {
      type: 'group',
      children: [
        ...(row.ci95 === null
          ? []
          : [line(low, y, high, y), line(low, y - half, low, y + half), line(high, y - half, high, y + half)]),
        {
          type: 'rect',
          shape: { x: middle - half, y: y - half, width: 2 * half, height: 2 * half },
          style: { fill: isApart(row) ? theme.accent : theme.ground, stroke: theme.accent, lineWidth: 1.5 },
          emphasis: { style: { stroke: theme.ink, lineWidth: 3 } },
        },
        ...(withFigures
          ? [{ type: 'text' as const, x: plot.x + plot.width + theme.size, y, style: textStyle(theme, figure) }]
          : []),
      ],
    }
  }
