import type { Statistic } from '#shared/measurement/statistic.ts'
import type { CandidateResult } from '#shared/domain/results.ts'
import { markToPass } from '#shared/domain/standard.ts'
import type { Block } from '../kit/block.ts'
import { figure } from '../kit/frames.ts'
import { paragraph } from '../kit/text-blocks.ts'
import { colors, smallPrint, type } from '../kit/theme.ts'
import { mark, score } from '../words.ts'

const HEIGHT = 30
const LINE = 12

/**
 * The candidate's mean with one standard error of measurement on either side, beside the mark to pass, and in words what
 * the band means. Nothing where the candidate has no outcome or the error is withheld.
 */
export function scoreBand({ score: mean, standard, outcome }: CandidateResult, sem: Statistic): Block[] {
  if (mean.value === null || sem.value === null || outcome === 'incomplete') return []
  const toPass = markToPass(standard)
  const own = mean.value
  const low = Math.max(0, own - sem.value)
  const high = Math.min(100, own + sem.value)
  const band = `${score(low)} to ${score(high)}`
  const alt = `Your mean ${score(own)} with the band of its error, ${band}; pass mark ${mark(toPass)}; the scale runs from 0 to 100.`
  return [
    figure(alt, HEIGHT, (canvas, width) => {
      const x = (value: number) => (value / 100) * width
      canvas.line(0, LINE, width, LINE, { stroke: colors.line })
      canvas.rectangle(x(low), LINE - 4, x(high) - x(low), 8, {
        fill: colors.line,
        stroke: colors.soft,
        lineWidth: 0.5,
      })
      canvas.line(x(toPass), 1, x(toPass), LINE + 10, { stroke: colors.ink, dash: [2.5, 2.5] })
      canvas.circle(x(own), LINE, 3.6, { fill: colors.ink })
      for (const tick of [0, 25, 50, 75, 100]) {
        const align = tick === 0 ? 'left' : tick === 100 ? 'right' : 'center'
        canvas.label(String(tick), x(tick), HEIGHT - 5, { size: type.small, color: colors.soft, align })
      }
    }),
    paragraph(
      `Dot: your mean; band: ${band}, one standard error of measurement (${score(sem.value)}) on either side; dashed line: pass mark. In about two exams of three a mean lies no further than this from what it would be over very many stations like these. The outcome is made by the rule alone, not by the band.`,
      smallPrint,
    ),
  ]
}
