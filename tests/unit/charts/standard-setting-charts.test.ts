import { describe, expect, test } from 'vitest'
import { binsOf, scoreDistribution } from '#shared/charts/distribution.ts'
import { scoreAgainstGrade, type ScoreAgainstGrade } from '#shared/charts/score-against-grade.ts'
import { borderlineRegression } from '#shared/measurement/standard-setting/borderline-regression.ts'
import { distributionWords, gradeWords } from '#shared/charts/chart-words.ts'
import { chartTheme, drawn, linesOf, say, seriesOf } from '#tests/support/charts.ts'

const grades = ['Fail', 'Borderline', 'Pass'].map((label, at) => ({ value: at + 1, label }))
const points = [
  { grade: 1, score: 40, count: 1 },
  { grade: 2, score: 52, count: 1 },
  { grade: 3, score: 60, count: 1 },
  { grade: 3, score: 60.25, count: 4 },
]
const { line, cut } = borderlineRegression(points, 2, 100)
const station: ScoreAgainstGrade = { grades, points, line, borderline: 2, cut: cut.value }
const ofGrades = (data: Partial<ScoreAgainstGrade> = {}) =>
  scoreAgainstGrade({ ...station, ...data }, chartTheme, gradeWords(say))
const placesOf = (chart: ReturnType<typeof ofGrades>) =>
  (seriesOf(chart, 'candidates').data as { value: [number, number] }[]).map(({ value }) => value)

describe('score against grade', () => {
  test('every point stands at its exact score, those that would cover each other side by side', () => {
    const places = placesOf(ofGrades())
    expect(places.map(([, score]) => score)).toEqual([40, 52, 60, 60.25])
    expect(places.map(([grade]) => Math.round(grade))).toEqual([1, 2, 3, 3])
    expect(places[2]?.[0]).not.toBe(places[3]?.[0])
    expect(places[0]?.[0]).toBe(1)
  })

  test('the same marks are drawn alike', () => {
    expect(placesOf(ofGrades())).toEqual(placesOf(ofGrades()))
  })

  test('a crowd of one grade never reaches the next', () => {
    const crowd = Array.from({ length: 90 }, (_, at) => ({ grade: 2, score: 50 + at / 1000, count: 1 }))
    for (const [grade] of placesOf(ofGrades({ points: crowd, line: null })))
      expect(Math.abs(grade - 2)).toBeLessThan(0.4)
  })

  test('the lines stand at the borderline grade and at the cut, and the regression goes through both', () => {
    const chart = ofGrades()
    expect(linesOf(chart, 'candidates')).toEqual({ borderline: 2, cut: cut.value })
    const regression = seriesOf(chart, 'line').data as [number, number][]
    const nearest = regression.toSorted((a, b) => Math.abs(a[0] - 2) - Math.abs(b[0] - 2))[0]
    expect(nearest?.[1]).toBeCloseTo((cut.value ?? 0) + ((nearest?.[0] ?? 2) - 2) * (line?.slope ?? 0), 9)
    expect(seriesOf(chart, 'band').data).toHaveLength(1)
  })

  test('the regression is not drawn beyond the grades that were given', () => {
    const few = points.slice(1)
    const chart = ofGrades({ points: few, line: borderlineRegression(few, 2, 100).line })
    const drawnFrom = (seriesOf(chart, 'line').data as [number, number][]).map(([grade]) => grade)
    expect(Math.min(...drawnFrom)).toBeCloseTo(1.7, 9)
    expect(Math.max(...drawnFrom)).toBeCloseTo(3.3, 9)
  })

  test('two points have a line without a band', () => {
    const two = points.slice(0, 2)
    expect(seriesOf(ofGrades({ points: two, line: borderlineRegression(two, 2, 100).line }), 'band').data).toEqual([])
  })

  test('without a cut the points stand alone, and the words say so', () => {
    const chart = ofGrades({ line: null, cut: null })
    expect(linesOf(chart, 'candidates')).toEqual({ borderline: 2 })
    expect(chart.words).toBe('Score against global rating of 7 candidates. The cut is withheld.')
  })

  test('its table and its points count who has a grade and a score, and several are larger than one', () => {
    const chart = drawn(ofGrades())
    expect(chart.table.rows[3]).toEqual(['Pass', 60.25, 4])
    expect(chart.points.slice(1).map(({ words }) => words)).toEqual([
      'Borderline, score 52.0: one candidate',
      'Pass, score 60.0: one candidate',
      'Pass, score 60.3: 4 candidates',
    ])
    expect(chart.points[1]).toMatchObject({ series: 'candidates', at: 1 })
    const sizes = (seriesOf(chart, 'candidates').data as { symbolSize: number }[]).map(({ symbolSize }) => symbolSize)
    expect((sizes[3] ?? 0) / (sizes[2] ?? 1)).toBeCloseTo(2, 9)
  })

  test('a station without marks has a sentence', () => {
    const words = 'No candidate has both a score and a global rating at this station.'
    expect(ofGrades({ points: [] })).toEqual({ option: null, words })
  })
})

/** How high the plot of the histogram is here; across, a point of the scale is one wide. */
const PLOT = 60

type Line = { x1: number; x2: number; y1: number; y2: number }

/** What is drawn of the band: its upright edges, and the slanted lines between them. */
function hatchingOf(chart: ReturnType<typeof scoreDistribution>) {
  const { data, renderItem, z } = seriesOf(chart, 'band') as unknown as {
    data: unknown[]
    renderItem: (params: object, api: object) => { children: { shape: Line }[] } | undefined
    z: number
  }
  const coord = ([x, y]: [number, number]) => [x, y === 0 ? 0 : -PLOT]
  const lines = data.flatMap(() => renderItem({}, { coord })?.children ?? []).map(({ shape }) => shape)
  const upright = lines.filter(({ x1, x2 }) => x1 === x2)
  return {
    z,
    edges: upright.map(({ x1 }) => x1),
    slanted: lines.filter(({ x1, x2 }) => x1 !== x2),
  }
}

describe('distribution', () => {
  const scores = [41, 44.5, 50, 50, 55, 61, 70]
  const band = { k: 1, halfWidth: 5 }
  const of = (data: Partial<Parameters<typeof scoreDistribution>[0]> = {}) =>
    scoreDistribution({ scores, cut: 50, band, ...data }, chartTheme, distributionWords(say))

  test('the axis ends at the edges of bins, and holds the whole band', () => {
    const ends = (chart: ReturnType<typeof of>) => {
      const axes = [
        (drawn(chart).option.xAxis ?? []) as { min: number; max: number } | { min: number; max: number }[],
      ].flat()
      return [axes[0]?.min, axes[0]?.max]
    }
    const [first, second] = binsOf(scores)
    const width = (second?.from ?? 0) - (first?.from ?? 0)
    expect(ends(of({ cut: null, band: null }))).toEqual([first?.from, binsOf(scores).at(-1)?.to])
    const [low = NaN, high = NaN] = ends(of({ cut: 33, band }))
    expect(low).toBe(Math.floor(28 / width) * width)
    expect(high).toBe(binsOf(scores).at(-1)?.to)
  })

  test('every score is in one bin, a score on an edge in the upper one', () => {
    expect(binsOf([10, 20, 20, 30, 70]).map(({ from, count }) => [from, count])).toEqual([
      [10, 1],
      [20, 2],
      [30, 1],
      [40, 0],
      [50, 0],
      [60, 0],
      [70, 1],
    ])
    expect(binsOf([0.1, 0.2, 0.3]).reduce((sum, { count }) => sum + count, 0)).toBe(3)
    expect(binsOf([7])).toEqual([{ from: 7, to: 8, count: 1 }])
  })

  test('the cut is a line, and k standard errors around it a band', () => {
    expect(linesOf(of(), 'bins')).toEqual({ cut: 50 })
    expect(seriesOf(of(), 'bins').markArea?.data[0]?.map(({ xAxis }) => xAxis)).toEqual([45, 55])
    expect(seriesOf(of({ cut: null }), 'bins').markArea?.data).toEqual([])
    expect(linesOf(of({ cut: null }), 'bins')).toEqual({})
  })

  test('the band is hatched from edge to edge before the bars, on both sides of the cut', () => {
    const hatched = hatchingOf(of())
    expect(hatched.z).toBeGreaterThan(seriesOf(of(), 'bins').z ?? 0)
    expect(hatched.edges).toEqual([45, 55])
    for (const side of [
      [45, 50],
      [50, 55],
    ] as const)
      expect(hatched.slanted.filter(({ x1, x2 }) => x1 < side[1] && x2 > side[0]).length).toBeGreaterThan(3)
    for (const { x1, x2, y1, y2 } of hatched.slanted) {
      expect(Math.min(x1, x2)).toBeGreaterThanOrEqual(45)
      expect(Math.max(x1, x2)).toBeLessThanOrEqual(55)
      expect(Math.min(y1, y2)).toBeGreaterThanOrEqual(-PLOT)
      expect(Math.max(y1, y2)).toBeLessThanOrEqual(0)
    }
    expect(hatchingOf(of({ band: null })).edges).toEqual([])
  })

  test('the words count who is below the cut and who cannot be told from it', () => {
    expect(of().words).toBe('7 scores from 41.0 to 70.0. 2 are below the cut of 50.0. 2 lie within the band around it.')
    expect(of({ cut: null, band: null }).words).toBe('7 scores from 41.0 to 70.0. The cut is withheld.')
  })

  test('the table holds the bars', () => {
    const { table, points } = drawn(of())
    expect(table.rows.reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(7)
    expect(points[0]?.words).toBe('40 to below 45: 2 candidates')
  })

  test('without a score there is a sentence', () => {
    expect(of({ scores: [] })).toEqual({ option: null, words: 'No candidate has a score.' })
  })
})
