import type { Chart, ChartTheme } from '#shared/charts/chart.ts'
import type { Block } from '../kit/block.ts'
import { chart, isDrawn } from '../kit/chart.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { smallPrint } from '../kit/theme.ts'
import { digitsOf } from '../words.ts'

/** A chart below the question that it answers, and what to bear in mind in reading it. They stay on one page. */
export const askedChart = (question: string, draw: (theme: ChartTheme) => Chart, caveat: string): Block[] => [
  heading(3, question),
  ...(isDrawn(draw, digitsOf)
    ? [keptWithNext(chart(draw, digitsOf)), paragraph(caveat, smallPrint, 8)]
    : [chart(draw, digitsOf)]),
]

const keptWithNext =
  (block: Block): Block =>
  (sheet, width) => ({ ...block(sheet, width), keepsWithNext: true })
