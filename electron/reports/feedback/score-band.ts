import type { CandidateResult } from '#shared/domain/results.ts'
import { markToPass } from '#shared/domain/standard.ts'
import type { Statistic } from '#shared/measurement/statistic.ts'
import type { Reason } from '#shared/measurement/terms.ts'
import type { Block } from '../kit/block.ts'
import { figure } from '../kit/frames.ts'
import { paragraph } from '../kit/text-blocks.ts'
import { colors, smallPrint, type } from '../kit/theme.ts'
import { whyNot as plainWhyNot } from '../measures/figure-words.ts'
import { count, mark, score } from '../words.ts'

const HEIGHT = 30
const LINE = 12

/**
 * The candidate's mean with one standard error of measurement on either side, beside the mark to pass, and in words what
 * the band means, or why there is none. Nothing where there is no mean.
 */
export function scoreBand({ score: mean, standard, outcome }: CandidateResult, sem: Statistic): Block[] {
  if (mean.value === null) return []
  if (outcome === 'incomplete')
    return [paragraph('How sure your mean is can be said once no station is missing.', smallPrint)]
  if (sem.value === null) return [paragraph(`How sure your mean is cannot be said: ${whyNot(sem)}.`, smallPrint)]
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
      `Dot: your mean; band: ${band}, one standard error of measurement (${score(sem.value)}) on either side; dashed line: pass mark. With other stations your mean would be somewhat different; in about two of three cases such a band holds what very many stations like these would give. Worked out from ${count(sem.n, 'candidate', 'candidates')}${sem.warnings.includes('small-sample') ? ', so few that the band itself is rough' : ''}. The rule alone makes the outcome, not the band.`,
      smallPrint,
    ),
  ]
}

const TOO_FEW = 'it is worked out from candidates with a score at every station, and there are fewer than two'

const reasons: Partial<Record<Reason, string>> = {
  'one-item': 'it is worked out from how far stations agree, and only one counts',
  'no-complete-candidate': TOO_FEW,
  'one-candidate': TOO_FEW,
  'no-variance': 'it is worked out from how candidates differ, and their scores do not',
  'negative-alpha': 'the stations did not agree on who did well',
}

const whyNot = ({ reason = 'no-data' }: Statistic): string => reasons[reason] ?? plainWhyNot({ reason })
