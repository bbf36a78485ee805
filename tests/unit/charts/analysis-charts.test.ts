import { describe, expect, test } from 'vitest'
import { blandAltmanPlot, type BlandAltmanPlot } from '#shared/charts/bland-altman-plot.ts'
import { cueFunnel } from '#shared/charts/cue-funnel.ts'
import { decisionStudy, type DecisionStudy } from '#shared/charts/decision-study.ts'
import { examinerForest, type ExaminerStringency } from '#shared/charts/examiner-forest.ts'
import type { Chart } from '#shared/charts/chart.ts'
import { heatMap, type HeatMap } from '#shared/charts/heat-map.ts'
import type { RenderItem } from '#shared/charts/parts.ts'
import { wrightMap, type WrightMap } from '#shared/charts/wright-map.ts'
import {
  agreementWords,
  cueWords,
  forestWords,
  heatWords,
  studyWords,
  wrightWords,
} from '#shared/charts/chart-words.ts'
import { chartTheme, drawn, linesOf, say, seriesOf } from '#tests/support/charts.ts'

const wordsOf = (chart: Parameters<typeof drawn>[0]) => drawn(chart).points.map(({ words }) => words)

describe('examiner forest', () => {
  const examiners: ExaminerStringency[] = [
    { examiner: 'Dr A', n: 12, value: -2, ci95: [-3, -1] },
    { examiner: 'Dr B', n: 1, value: null, ci95: null, because: 'met nobody else’s candidates' },
    { examiner: 'Dr C', n: 9, value: 1.5, ci95: [-0.5, 3.5] },
    { examiner: 'Dr D', n: 2, value: 0, ci95: null },
  ]
  const chart = examinerForest(examiners, chartTheme, forestWords(say))

  test('the most severe stands first, who has no figure last, and a line at zero', () => {
    expect(seriesOf(chart, 'examiners').data).toEqual([
      [1.5, 0, -0.5, 3.5],
      [0, 1, 0, 0],
      [-2, 2, -3, -1],
      [0, 3, 0, 0],
    ])
    expect(linesOf(chart, 'examiners')).toEqual({ zero: 0 })
  })

  test('every figure is said with its interval, and a withheld one with its reason', () => {
    expect(wordsOf(chart)).toEqual([
      'Dr C: +1.5 (−0.5 to +3.5), from 9 scores',
      'Dr D: 0.0, from 2 scores',
      'Dr A: −2.0 (−3.0 to −1.0), from 12 scores',
      'Dr B: met nobody else’s candidates, from one score',
    ])
    expect(drawn(chart).table.rows[3]).toEqual(['Dr B', null, null, null, 1, 'met nobody else’s candidates'])
    expect(chart.words).toBe(
      'Stringency of 3 examiners, from Dr C, the most severe, to Dr A, the most lenient. ' +
        'The interval of one leaves out 0. One has no figure.',
    )
  })

  test('without any figure there is a sentence', () => {
    expect(examinerForest(examiners.slice(1, 2), chartTheme, forestWords(say)).option).toBeNull()
    expect(examinerForest([], chartTheme, forestWords(say)).words).toBe('No examiner’s stringency could be computed.')
  })
})

describe('D-study', () => {
  const study: DecisionStudy = {
    lines: [
      { raters: 1, points: [4, 8].map((stations) => ({ stations, erho2: stations / 20, phi: stations / 25 })) },
      { raters: 2, points: [4, 8].map((stations) => ({ stations, erho2: stations / 10, phi: null })) },
    ],
    held: { stations: 8, raters: 1 },
  }
  const chart = decisionStudy(study, chartTheme, studyWords(say))

  test('a line each coefficient and number of raters, with lines at .7 and .8', () => {
    const values = (id: string) => (seriesOf(chart, id).data as { value: unknown }[]).map(({ value }) => value)
    expect(values('erho2-2')).toEqual([
      [4, 0.4],
      [8, 0.8],
    ])
    expect(values('phi-1')).toEqual([
      [4, 0.16],
      [8, 0.32],
    ])
    expect(linesOf(chart, 'erho2-1')).toEqual({ 'target 0.7': 0.7, 'target 0.8': 0.8 })
    expect(linesOf(chart, 'phi-1')).toEqual({ 'target 0.7': 0.7, 'target 0.8': 0.8 })
  })

  test('the exam as it was is named on its own line alone', () => {
    const named = ['erho2-1', 'erho2-2', 'phi-1'].map((id) =>
      (seriesOf(chart, id).data as object[]).map((point) => 'label' in point),
    )
    expect(named).toEqual([
      [false, true],
      [false, false],
      [false, true],
    ])
  })

  test('a withheld coefficient is a gap in the line and in the table, and no point', () => {
    expect(seriesOf(chart, 'phi-2').data).toMatchObject([{ value: [4, '-'] }, { value: [8, '-'] }])
    expect(drawn(chart).table.rows[3]).toEqual([2, 8, 0.8, null])
    expect(wordsOf(chart)).toContain('Eρ², for ranking 0.80 with 8 stations and 2 examiners')
    expect(wordsOf(chart)).toHaveLength(6)
    expect(chart.words).toBe('With 8 stations and 2 examiners, Φ is withheld.')
  })

  test('lines without a point are a sentence', () => {
    const none = { lines: [{ raters: 1, points: [{ stations: 1, erho2: null, phi: null }] }], held: null }
    expect(decisionStudy(none, chartTheme, studyWords(say)).option).toBeNull()
  })
})

describe('Wright map', () => {
  const measures: WrightMap = {
    candidates: [-0.4, 0.3, 0.4, 2].map((measure, at) => ({ name: String(1001 + at), measure })),
    stations: [
      { name: 'Easy', measure: -1 },
      { name: 'Hard', measure: 1.2 },
    ],
    examiners: [{ name: 'Dr A', measure: 0.1 }],
    thresholds: [{ name: '1 to 2', measure: -1.5 }],
  }
  const chart = wrightMap(measures, chartTheme, wrightWords(say))

  test('each sign stands at its measure, the hardest first', () => {
    expect((seriesOf(chart, 'stations').data as number[][]).map(([, measure]) => measure)).toEqual([1.2, -1])
    expect((seriesOf(chart, 'examiners').data as number[][])[0]?.[1]).toBe(0.1)
    expect((seriesOf(chart, 'thresholds').data as number[][])[0]?.[1]).toBe(-1.5)
  })

  test('every candidate is in one bar', () => {
    const counts = (seriesOf(chart, 'candidates').data as number[][]).map(([, , count = 0]) => count)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4)
  })

  test('more names take more height', () => {
    const crowd = Array.from({ length: 60 }, (_, at) => ({ name: `Dr ${at}`, measure: 0 }))
    const tall = drawn(wrightMap({ ...measures, examiners: crowd }, chartTheme, wrightWords(say)))
    expect(tall.height).toBeGreaterThan(60 * chartTheme.size)
    expect(tall.height).toBeGreaterThan(drawn(chart).height)
  })

  test('all measures are in the table, and the words name the hardest and the most severe', () => {
    expect(drawn(chart).table.rows).toContainEqual(['Stations', 'Hard', 1.2])
    expect(drawn(chart).table.rows).toHaveLength(8)
    expect(wordsOf(chart)).toContain('Examiners, Dr A: 0.10 logits')
    expect(chart.words).toBe(
      '4 candidates from −0.40 to 2.00 logits. The hardest station is Hard. The most severe examiner is Dr A.',
    )
  })

  test('without measures there is a sentence', () => {
    expect(wrightMap({ ...measures, candidates: [] }, chartTheme, wrightWords(say)).option).toBeNull()
    expect(wrightMap({ ...measures, stations: [] }, chartTheme, wrightWords(say)).option).toBeNull()
  })
})

describe('Bland-Altman', () => {
  const plot: BlandAltmanPlot = {
    pairs: [
      { first: 4, second: 3, count: 1 },
      { first: 3, second: 4, count: 2 },
    ],
    bias: { value: -0.5, ci95: [-0.75, -0.25] },
    lower: { value: -2, ci95: null },
    upper: { value: 1, ci95: [0.5, 1.5] },
  }
  const chart = blandAltmanPlot(plot, chartTheme, agreementWords(say))

  test('several pairs alike are one circle, larger, the first less the second', () => {
    const places = seriesOf(chart, 'pairs').data as { value: number[]; symbolSize: number }[]
    expect(places.map(({ value }) => value)).toEqual([
      [3.5, -1],
      [3.5, 1],
    ])
    expect((places[0]?.symbolSize ?? 0) / (places[1]?.symbolSize ?? 1)).toBeCloseTo(Math.SQRT2, 9)
  })

  test('bias and limits are lines, their intervals bands', () => {
    expect(linesOf(chart, 'pairs')).toEqual({ zero: 0, upper: 1, bias: -0.5, lower: -2 })
    const bands = seriesOf(chart, 'pairs').markArea?.data.map((ends) => ends.map(({ yAxis }) => yAxis))
    expect(bands).toEqual([
      [0.5, 1.5],
      [-0.75, -0.25],
    ])
  })

  test('table and points count the pairs', () => {
    expect(drawn(chart).table.rows[1]).toEqual([3, 4, 3.5, -1, 2])
    expect(wordsOf(chart)).toEqual(['Mean 3.5, difference −1.0: 2 pairs', 'Mean 3.5, difference +1.0'])
    expect(chart.words).toBe(
      'Difference against mean of 3 pairs. The mean difference is −0.5; 95 % of differences lie from −2.0 to +1.0.',
    )
  })

  test('withheld limits are not drawn, and no pair is a sentence', () => {
    const bare = blandAltmanPlot({ ...plot, bias: null, lower: null, upper: null }, chartTheme, agreementWords(say))
    expect(linesOf(bare, 'pairs')).toEqual({ zero: 0 })
    expect(bare.words).toContain('The limits of agreement are withheld.')
    expect(blandAltmanPlot({ ...plot, pairs: [] }, chartTheme, agreementWords(say)).option).toBeNull()
  })
})

describe('heat map', () => {
  const column = (name: string, cut: number | null) => ({ name, short: name.slice(0, 1), cut })
  const map: HeatMap = {
    rows: ['1001', '1002'],
    columns: [{ ...column('Total', 50), total: true }, column('1 Scan', 60), column('2 Keys', null)],
    values: [
      [null, 10, null],
      [57.5, 59.98, 55],
    ],
    from: 0,
    to: 100,
  }
  const chart = heatMap(map, chartTheme, heatWords(say, 'candidate'))

  test('a cell each row and column; a missing one is said, not nought', () => {
    expect(seriesOf(chart, 'cells').data).toEqual([
      [0, 0, '-'],
      [1, 0, 10],
      [2, 0, '-'],
      [0, 1, 57.5],
      [1, 1, 59.98],
      [2, 1, 55],
    ])
    expect(wordsOf(chart)[2]).toBe('1001, 2 Keys: missing')
    expect(drawn(chart).across).toBe(3)
  })

  test('what lies below the cut of its column is said, never reads like the cut, and is counted without the total', () => {
    expect(wordsOf(chart).slice(1, 2)).toEqual(['1001, 1 Scan: 10.0, below the cut'])
    expect(wordsOf(chart).slice(4)).toEqual(['1002, 1 Scan: 59.98, below the cut', '1002, 2 Keys: 55.0'])
    expect(drawn(chart).table.rows).toEqual([
      ['1001', null, 10, null, 1],
      ['1002', 57.5, 59.98, 55, 1],
    ])
    expect(chart.words).toBe(
      'The lowest score is 10.0 (1001, 1 Scan), the highest 59.98 (1002, 1 Scan). Below the station’s cut: 2 of 3.',
    )
  })

  test('the sign of a cell below the cut is a shape, and the legend names the signs there are', () => {
    const { renderItem } = seriesOf(chart, 'cells') as unknown as { renderItem: RenderItem }
    const api = { coord: () => [50, 50], size: () => [40, 24] } as unknown as Parameters<RenderItem>[1]
    type Shape = { type: string; style: { text?: string } }
    const drawnAt = (dataIndex: number) =>
      (renderItem({ dataIndex } as Parameters<RenderItem>[0], api) as { children: Shape[] }).children
    const shapes = (dataIndex: number) => drawnAt(dataIndex).map(({ type }) => type)
    const figureOf = (dataIndex: number) => drawnAt(dataIndex).at(-1)?.style.text
    expect(shapes(1)).toEqual(['rect', 'polygon', 'text'])
    expect(shapes(5)).toEqual(['rect', 'text'])
    expect(shapes(0)).toEqual(['rect', 'line'])
    expect(figureOf(4)).toBe('59.98')
    expect(figureOf(5)).toBe('55.0')
    const legendOf = (one: Chart) => {
      const { renderItem: legend } = seriesOf(one, 'scale') as unknown as { renderItem: RenderItem }
      return JSON.stringify(legend({ coordSys: { x: 0, y: 0, height: 9 } } as never, api))
    }
    expect(legendOf(chart)).toContain('below the cut')
    expect(legendOf(chart)).toContain('missing')
    const sound = heatMap({ ...map, rows: ['1001'], values: [[80, 80, 80]] }, chartTheme, heatWords(say, 'candidate'))
    expect(legendOf(sound)).not.toMatch(/below|missing/)
  })

  test('a higher value has a darker cell, in ten shades over the scale', () => {
    const row = { ...map, rows: ['1001'], columns: [0, 1, 2, 3].map((at) => column(`${at}`, null)) }
    const shaded = heatMap({ ...row, values: [[2, 8, 55, 100]] }, chartTheme, heatWords(say, 'candidate'))
    const { renderItem } = seriesOf(shaded, 'cells') as unknown as { renderItem: RenderItem }
    const api = { coord: () => [50, 50], size: () => [40, 24] } as unknown as Parameters<RenderItem>[1]
    const fills = [0, 1, 2, 3].map((dataIndex) => {
      const cell = renderItem({ dataIndex } as Parameters<RenderItem>[0], api) as {
        children: { style: { fill: string } }[]
      }
      return cell.children[0]?.style.fill ?? ''
    })
    const red = (fill: string) => (/^#/.test(fill) ? parseInt(fill.slice(1, 3), 16) : Number(/\d+/.exec(fill)?.[0]))
    expect(fills[1]).toBe(fills[0])
    expect(red(fills[2] ?? '')).toBeLessThan(red(fills[1] ?? ''))
    expect(red(fills[3] ?? '')).toBeLessThan(red(fills[2] ?? ''))
  })

  test('many columns have their short names', () => {
    const columns = Array.from({ length: 12 }, (_, at) => column(`${at} Station`, null))
    const names = (chosen: HeatMap['columns']) => {
      const wide = heatMap({ ...map, columns: chosen }, chartTheme, heatWords(say, 'band'))
      return (drawn(wide).option.xAxis as { data: string[] }).data.slice(0, 2)
    }
    expect(names(columns)).toEqual(['0', '1'])
    expect(names(columns.slice(0, 8))).toEqual(['0 Station', '1 Station'])
  })

  test('nothing but gaps is a sentence', () => {
    const none = { ...map, values: [[null, null], [null]] }
    expect(heatMap(none, chartTheme, heatWords(say, 'band'))).toEqual({
      option: null,
      words: 'There is no score yet.',
    })
  })
})

describe('cue funnel', () => {
  const rows = [
    { name: '1 Scan', met: 6, unmet: 2, noMoment: 4 },
    { name: '2 Keys', met: 0, unmet: 0, noMoment: 3 },
  ]
  const chart = cueFunnel(rows, chartTheme, cueWords(say, 'station'))

  test('what was met, not met and had no moment stand one after the other', () => {
    expect(seriesOf(chart, 'cues').data).toEqual([
      [0, 0, 6],
      [6, 0, 2],
      [8, 0, 4],
      [0, 1, 0],
      [0, 1, 0],
      [0, 1, 3],
    ])
  })

  test('the share is of the cues that were marked, and withheld where none was', () => {
    expect(drawn(chart).table.rows).toEqual([
      ['1 Scan', 6, 2, 4, 75],
      ['2 Keys', 0, 0, 3, null],
    ])
    expect(wordsOf(chart)[1]).toBe('1 Scan, Not met: 2 of 12')
    expect(chart.words).toBe('Of 15 cues 8 were marked, and 6 of these met a response.')
  })

  test('no cue marked is a sentence', () => {
    expect(cueFunnel(rows.slice(1), chartTheme, cueWords(say, 'domain'))).toEqual({
      option: null,
      words: 'No cue was marked.',
    })
  })
})
