import { expect, test } from 'vitest'
import { cueFunnel, type CueCounts } from '#shared/charts/cue-funnel.ts'
import { examinerForest, type ExaminerStringency } from '#shared/charts/examiner-forest.ts'
import type { Chart, ChartTheme } from '#shared/charts/chart.ts'
import { chart } from '#electron/reports/kit/chart.ts'
import { openReport } from '#electron/reports/kit/report.ts'
import { openFontLibrary } from '#electron/reports/text/shaping.ts'
import { cueWords, forestWords } from '#shared/charts/chart-words.ts'
import { chartTheme, say } from '#tests/support/charts.ts'
import { readPdf, type StructureNode } from '#tests/support/pdf-reader.ts'

const library = openFontLibrary()

function printed(draw: (theme: ChartTheme) => Chart): Uint8Array {
  const report = openReport({
    library,
    title: 'Charts',
    lang: 'en',
    created: new Date('2026-11-14T15:00:00Z'),
    paper: 'A4',
    footer: 'Charts',
    pageLabel: (page, pages) => `${page} of ${pages}`,
  })
  report.add(chart(draw, chartTheme.number))
  return report.finish()
}

const nodesOf = (node: StructureNode): StructureNode[] => [node, ...node.children.flatMap(nodesOf)]

const examiners: ExaminerStringency[] = [
  { examiner: 'Dr Okafor', n: 12, value: 2, ci95: [1, 3] },
  { examiner: 'محمد علي', n: 9, value: -1.5, ci95: [-3.5, 0.5] },
  { examiner: 'O’Neill & Sons <MD>', n: 9, value: -2, ci95: null },
]
const forest = (theme: ChartTheme) => examinerForest(examiners, theme, forestWords(say))

test('a chart on paper is text that can be read, in the fonts of the report, and tells in words what it shows', async () => {
  const { pages, placed, structure, warnings } = await readPdf(printed(forest))
  for (const text of ['Dr Okafor', 'محمد علي', 'O’Neill & Sons <MD>', '+2.0 (+1.0 to +3.0)', '−2.0'])
    expect(pages[0]).toContain(text)
  const figures = structure.flatMap(nodesOf).filter(({ kind }) => kind === 'Figure')
  expect(figures.map(({ alt }) => alt)).toEqual([forest({ ...chartTheme, width: 400 }).words])
  expect(warnings).toEqual([])
  // The most severe stands above the others, and the figures to the right of the names.
  const [severe, lenient] = ['Dr Okafor', '−2.0'].map((text) => placed[0]?.find((one) => one.text === text))
  expect(severe?.bottom ?? 0).toBeGreaterThan(lenient?.bottom ?? Infinity)
  expect(lenient?.left ?? 0).toBeGreaterThan(severe?.right ?? Infinity)
})

test('the same figures give the same bytes', () => {
  expect(Buffer.from(printed(forest)).equals(Buffer.from(printed(forest)))).toBe(true)
})

test('a chart keeps to the page, however many rows it has and however long their names are', async () => {
  const many = Array.from({ length: 90 }, (_, at): CueCounts => {
    return {
      name: `Breaking the news of a second miscarriage to a couple, part ${at}`,
      met: at + 1,
      unmet: 3,
      noMoment: 9,
    }
  })
  const { pages, placed, sizes } = await readPdf(printed((theme) => cueFunnel(many, theme, cueWords(say, 'station'))))
  expect(pages).toHaveLength(1)
  expect(pages[0]).toContain('90 of 93 met, 96.8 %')
  for (const { left, right, bottom } of placed[0] ?? []) {
    expect(left).toBeGreaterThan(50)
    expect(right).toBeLessThan((sizes[0]?.width ?? 0) - 50)
    expect(bottom).toBeGreaterThan(40)
  }
})

test('where there is nothing to draw its sentence stands', async () => {
  const { pages, structure } = await readPdf(printed((theme) => examinerForest([], theme, forestWords(say))))
  expect(pages[0]).toContain('No examiner’s stringency could be computed.')
  expect(structure.flatMap(nodesOf).some(({ kind }) => kind === 'Figure')).toBe(false)
})
