import { scoreAt, type GradeLine } from '../measurement/standard-setting/borderline-regression.ts'
import { emptyChart, type Chart, type ChartTheme } from './chart.ts'
import {
  chosenPoint,
  namedAbove,
  namedBelow,
  numberAxis,
  placeOf,
  plainChart,
  scaleOf,
  type RenderItem,
  written,
} from './parts.ts'

export type ScoreAgainstGrade = {
  /** The grades of the scale, worst first. */
  grades: readonly { value: number; label: string }[]
  /** Candidates with the same grade and the same score are one point. */
  points: readonly { grade: number; score: number; count: number }[]
  /** null where none can be drawn: the points stand alone. */
  line: GradeLine | null
  borderline: number
  /** Withheld where null. */
  cut: number | null
}

export type ScoreAgainstGradeWords = {
  /** Names of the axes. */
  grade: string
  score: string
  /** At the two lines. */
  cut: (score: string) => string
  borderline: string
  caption: string
  candidates: string
  empty: string
  /** `cut` and `slope` are null where they are withheld. */
  sentence: (about: { n: number; cut: string | null; slope: string | null }) => string
  point: (grade: string, score: string, count: number) => string
}

/** Half of the room that the points of a grade may take up beside it. */
const SPREAD = 0.34
const NEXT = 0.055
/** How many times as wide as one candidate the point of many is at most. */
const LARGEST = 3

/**
 * Score on grade at one station: a point for candidates who have both alike, larger for several, the regression line with its 95 % band from the lowest grade given to
 * the highest, the borderline grade and
 * the cut as lines. Points of one grade that would cover each other stand side by side; their height is exact. Below the
 * cut they are hollow. Cut and slope are written with `cutDigits` decimals.
 */
export function scoreAgainstGrade(
  data: ScoreAgainstGrade,
  theme: ChartTheme,
  words: ScoreAgainstGradeWords,
  cutDigits = 1,
): Chart {
  const { grades, points, line, borderline, cut } = data
  if (points.length === 0 || grades.length === 0) return emptyChart(words.empty)
  const first = Math.min(...grades.map(({ value }) => value), borderline)
  const last = Math.max(...grades.map(({ value }) => value), borderline)
  const given = [borderline, ...points.map(({ grade }) => grade)]
  const band = line === null ? [] : bandOf(line, Math.min(...given), Math.max(...given))
  const scores = points.map(({ score }) => score)
  const scale = scaleOf([...scores, ...band.flatMap(shownOf), ...(cut === null ? [] : [cut])])
  const gradeOf = (value: number) => grades.find((grade) => grade.value === value)?.label ?? written(theme, value, 0)
  const places = sideBySide(points, (scale.max - scale.min) / 32)
  const score = (value: number) => written(theme, value, 1)
  const cutWords = cut === null ? null : written(theme, cut, cutDigits)
  const left = theme.size * 3.4
  return {
    height: theme.size * 27,
    words: words.sentence({
      n: points.reduce((sum, { count }) => sum + count, 0),
      cut: cutWords,
      slope: line === null ? null : written(theme, line.slope, cutDigits),
    }),
    table: {
      caption: words.caption,
      columns: [{ label: words.grade }, { label: words.score, digits: 1 }, { label: words.candidates, digits: 0 }],
      rows: points.map((one) => [gradeOf(one.grade), one.score, one.count]),
    },
    points: points.map((one, at) => ({
      words: words.point(gradeOf(one.grade), score(one.score), one.count),
      series: 'candidates',
      at,
    })),
    option: {
      ...plainChart(theme),
      grid: { left, right: theme.size, top: theme.size * 3.2, bottom: theme.size * 4 },
      xAxis: {
        ...numberAxis(theme, words.grade),
        ...namedBelow(theme),
        min: first - 0.5,
        max: last + 0.5,
        interval: 0.5,
        splitLine: { show: false },
        axisLabel: {
          color: theme.soft,
          fontSize: theme.size,
          fontFamily: theme.font,
          width: (theme.width - left - theme.size * 2) / (last - first + 1) - theme.size * 0.5,
          overflow: 'truncate',
          formatter: (value: number) => (Number.isInteger(value) ? gradeOf(value) : ''),
        },
      },
      yAxis: {
        ...numberAxis(theme, words.score),
        ...namedAbove(theme, left),
        min: scale.min,
        max: scale.max,
        interval: scale.step,
      },
      series: [
        {
          id: 'band',
          type: 'custom',
          silent: true,
          z: 1,
          renderItem: bandShape(band, scale, theme),
          data: band.some(({ low, high }) => low < high) ? [[band[0]?.grade ?? 0, band[0]?.value ?? 0]] : [],
        },
        {
          id: 'line',
          type: 'line',
          silent: true,
          z: 2,
          clip: false,
          symbol: 'none',
          lineStyle: { color: theme.ink, width: 2 },
          data: band.map(({ grade, value }) => [grade, value]),
        },
        {
          id: 'candidates',
          type: 'scatter',
          z: 3,
          data: points.map((one, at) => ({
            value: [places[at] ?? one.grade, one.score],
            // By the area, up to what would cover its neighbours.
            symbolSize: theme.size * 0.62 * Math.min(LARGEST, Math.sqrt(one.count)),
            itemStyle: {
              color: cut !== null && one.score < cut ? theme.ground : theme.accent,
              borderColor: theme.accent,
              borderWidth: 1.25,
              opacity: 1,
            },
          })),
          ...chosenPoint(theme),
          markLine: {
            silent: true,
            symbol: 'none',
            animation: false,
            label: { color: theme.ink, fontSize: theme.size, fontFamily: theme.font, fontWeight: 600 },
            data: [
              {
                name: 'borderline',
                xAxis: borderline,
                lineStyle: { color: theme.soft, width: 1.25, type: [1, 3] },
                label: { formatter: words.borderline, position: 'end', fontWeight: 400, color: theme.soft },
              },
              ...(cut === null || cutWords === null
                ? []
                : [
                    {
                      name: 'cut',
                      yAxis: cut,
                      lineStyle: { color: theme.ink, width: 1.25, type: [6, 4] },
                      label: { formatter: words.cut(cutWords), position: 'insideEndTop' as const },
                    },
                  ]),
            ],
          },
        },
      ],
    },
  }
}

type BandAt = { grade: number; value: number; low: number; high: number }

/** The line and its band at thirty-three grades: a band is curved. */
function bandOf(line: GradeLine, first: number, last: number): BandAt[] {
  return Array.from({ length: 33 }, (_, at) => {
    const grade = first - 0.3 + (at / 32) * (last - first + 0.6)
    const { value, ci95 } = scoreAt(line, grade)
    const middle = value ?? line.meanScore
    return { grade, value: middle, low: ci95?.[0] ?? middle, high: ci95?.[1] ?? middle }
  })
}

/** What of the band and its line a scale of scores, 0 to 100, has room for. */
const shownOf = ({ value, low, high }: BandAt): number[] => [
  value,
  ...[low, high].filter((edge) => edge >= 0 && edge <= 100),
]

const bandShape =
  (band: readonly BandAt[], { min, max }: { min: number; max: number }, theme: ChartTheme): RenderItem =>
  (_, api) => {
    const at = (grade: number, value: number) => placeOf(api, grade, Math.min(max, Math.max(min, value)))
    return {
      type: 'polygon',
      shape: {
        points: [
          ...band.map(({ grade, high }) => at(grade, high)),
          ...band.toReversed().map(({ grade, low }) => at(grade, low)),
        ],
      },
      style: { fill: theme.line },
    }
  }

/** Where each point stands along the grades: those of a grade and nearly the same score beside each other. */
function sideBySide(points: ScoreAgainstGrade['points'], near: number): number[] {
  const places = points.map(({ grade }) => grade)
  const byScore = points
    .map(({ grade, score }, at) => ({ grade, score, at }))
    .sort((a, b) => a.grade - b.grade || a.score - b.score || a.at - b.at)
  let group: typeof byScore = []
  const settle = () => {
    const step = Math.min(NEXT, (2 * SPREAD) / Math.max(1, group.length - 1))
    group.forEach(({ at, grade }, index) => {
      places[at] = grade + (index - (group.length - 1) / 2) * step
    })
  }
  for (const point of byScore) {
    const [first] = group
    if (!first || point.grade !== first.grade || point.score - first.score >= near) {
      settle()
      group = []
    }
    group.push(point)
  }
  settle()
  return places
}
