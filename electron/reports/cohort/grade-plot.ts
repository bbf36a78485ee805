import {
  scoreAt,
  type GradedScore,
  type GradeLine,
} from '#shared/measurement/standard-setting/borderline-regression.ts'
import type { Block } from '../kit/block.ts'
import { figure, type FigureCanvas } from '../kit/frames.ts'
import { colors, tint, type } from '../kit/theme.ts'
import { written } from '../measures/figure-words.ts'
import { count } from '../words.ts'

/** `grades` are the labels of the levels, worst first; a grade is the place of its level, from 1. */
export type GradePlot = {
  grades: readonly string[]
  points: readonly GradedScore[]
  line: GradeLine | null
  borderline: number
  cut: number | null
}

const HEIGHT = 196
const LEFT = 26
const TOP = 8
const BOTTOM = 30
const RADIUS = 2.3
/** Steps in which the band is drawn, and points stand beside each other. */
const STEPS = 24
const BESIDE = 5.2

/**
 * Score against grade: a ring each candidate, the line of scores on grades with the 95 % band of its mean, the borderline
 * grade as an upright dashed line and the cut as a level one. Rings that would cover each other stand side by side.
 */
export function gradePlot(plot: GradePlot): Block {
  const { grades, points, line, borderline, cut } = plot
  return figure(inWords(plot), HEIGHT, (canvas, width) => {
    const each = (width - LEFT) / grades.length
    const x = (grade: number) => LEFT + (grade - 0.5) * each
    const height = HEIGHT - TOP - BOTTOM
    const y = (score: number) => TOP + (1 - score / 100) * height
    for (const tick of [0, 20, 40, 60, 80, 100]) {
      canvas.line(LEFT, y(tick), width, y(tick), { stroke: colors.faint })
      canvas.label(String(tick), LEFT - 5, y(tick), { size: type.small, color: colors.soft, align: 'right' })
    }
    grades.forEach((label, at) => {
      canvas.label(label, x(at + 1), HEIGHT - BOTTOM + 11, {
        size: type.small,
        color: colors.soft,
        align: 'center',
        ...(at + 1 === borderline && { style: 'bold', color: colors.ink }),
      })
    })
    if (line) drawLine(canvas, line, plot, { x, y, height })
    for (const { grade, score, aside } of sideBySide(points)) {
      const below = cut !== null && score < cut
      canvas.circle(x(grade) + aside * Math.min(BESIDE, each / 16), y(score), RADIUS, {
        stroke: below ? colors.bad : colors.indigo,
        fill: below ? '#ffffff' : tint(colors.indigo, 0.55),
      })
    }
    canvas.line(x(borderline), TOP, x(borderline), TOP + height, { stroke: colors.soft, dash: [1.5, 2.5] })
    if (cut !== null && cut >= 0 && cut <= 100) {
      canvas.line(LEFT, y(cut), width, y(cut), { stroke: colors.ink, dash: [4, 2.5] })
      canvas.label(`cut ${written(cut, 'points')}`, width - 2, y(cut) + 7, { size: type.small, align: 'right' })
    }
    canvas.label('score against global rating; filled: at or above the cut, empty: below', LEFT, HEIGHT - 6, {
      size: type.small,
      color: colors.soft,
    })
  })
}

type Places = { x: (grade: number) => number; y: (score: number) => number; height: number }

/** From the lowest to the highest grade that was given or is borderline, cut off where the scale ends. */
function drawLine(canvas: FigureCanvas, line: GradeLine, { points, borderline }: GradePlot, { x, y }: Places): void {
  const given = [borderline, ...points.map(({ grade }) => grade)]
  const [from, to] = [Math.min(...given), Math.max(...given)]
  const within = (score: number) => Math.min(100, Math.max(0, score))
  const along = Array.from({ length: STEPS + 1 }, (_, step) => {
    const grade = from + ((to - from) * step) / STEPS
    const { value, ci95 } = scoreAt(line, grade)
    return {
      grade,
      value: within(value ?? 0),
      low: within(ci95?.[0] ?? value ?? 0),
      high: within(ci95?.[1] ?? value ?? 0),
    }
  })
  canvas.polygon(
    [
      ...along.map(({ grade, high }) => [x(grade), y(high)] as const),
      ...along.toReversed().map(({ grade, low }) => [x(grade), y(low)] as const),
    ],
    { fill: colors.line },
  )
  along.slice(1).forEach((point, at) => {
    const before = along[at]
    if (before)
      canvas.line(x(before.grade), y(before.value), x(point.grade), y(point.value), {
        stroke: colors.ink,
        lineWidth: 1.25,
      })
  })
}

/** Points of one grade that would cover each other, with the place of each beside the middle. */
function sideBySide(points: readonly GradedScore[]): (GradedScore & { aside: number })[] {
  const groups = Map.groupBy(points, ({ grade, score }) => `${grade} ${Math.round(score / 2.6)}`)
  return [...groups.values()].flatMap((group) =>
    group.map((point, at) => ({ ...point, aside: at - (group.length - 1) / 2 })),
  )
}

function inWords({ grades, points, line, borderline, cut }: GradePlot): string {
  const perGrade = grades.flatMap((label, at) => {
    const scores = points.filter(({ grade }) => grade === at + 1).map(({ score }) => score)
    if (scores.length === 0) return []
    return [
      `${label}: ${scores.length}, ${written(Math.min(...scores), 'points')} to ${written(Math.max(...scores), 'points')}`,
    ]
  })
  const lineWords =
    line === null
      ? 'No line can be drawn.'
      : `The line rises by ${written(line.slope, 'points')} points a grade and has ${cut === null ? 'no cut' : `the cut ${written(cut, 'points')}`} at ${grades[borderline - 1] ?? 'the borderline grade'}.`
  return `Score against global rating of ${count(points.length, 'candidate', 'candidates')}. ${perGrade.join('; ')}. ${lineWords}`
}
