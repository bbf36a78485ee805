import { init, setPlatformAPI } from 'echarts/dist/echarts.esm.min.mjs'
import type { Chart, ChartTheme, DrawnChart } from '#shared/charts/chart.ts'
import { paperColors } from '#shared/charts/paper.ts'
import type { Block } from './block.ts'
import { figure } from './frames.ts'
import type { Sheet } from './sheet.ts'
import { drawSvg } from './svg.ts'
import { paragraph } from './text-blocks.ts'
import { soft, type } from './theme.ts'

/** A chart never takes more of a page than this, in points: what would be higher is set in smaller type. */
const MOST = 600
/** About the width of a page’s text. */
const COLUMN = 490

/**
 * A chart in the colours of paper, with its words for whom cannot see it; its text is the page's own. Where there is nothing
 * to draw its sentence stands there. `number` writes a number with that many decimals.
 */
export function chart(draw: (theme: ChartTheme) => Chart, number: ChartTheme['number']): Block {
  return (sheet, width) => {
    const theme = paperTheme(width, number)
    const made = fitting(draw, theme)
    if (made.option === null) return paragraph(made.words, soft)(sheet, width)
    const svg = svgOf(sheet, made, width)
    return figure(made.words, made.height, (canvas) => {
      drawSvg(canvas, svg)
    })(sheet, width)
  }
}

/** Whether there is anything to draw; else a sentence stands in the chart’s place. */
export const isDrawn = (draw: (theme: ChartTheme) => Chart, number: ChartTheme['number']): boolean =>
  draw(paperTheme(COLUMN, number)).option !== null

function fitting(draw: (theme: ChartTheme) => Chart, theme: ChartTheme): Chart {
  const made = draw(theme)
  return made.option === null || made.height <= MOST
    ? made
    : draw({ ...theme, size: (theme.size * MOST) / made.height })
}

const paperTheme = (width: number, number: ChartTheme['number']): ChartTheme => ({
  ...paperColors,
  font: 'Noto Sans',
  size: type.small,
  width,
  number,
})

function svgOf(sheet: Sheet, { option, height }: DrawnChart, width: number): string {
  setPlatformAPI({ measureText: (text, font = '') => ({ width: widthOf(sheet, text, font) }) })
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    drawing.setOption(option)
    return drawing.renderToSVGString()
  } finally {
    drawing.dispose()
  }
}

/** How wide text is in a font as CSS names it: "600 8px Noto Sans". */
function widthOf(sheet: Sheet, text: string, font: string): number {
  const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? type.small)
  return sheet.set(text, Infinity, { size, style: font.includes('600') ? 'bold' : 'regular' }).block.width
}
