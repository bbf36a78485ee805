import type { CandidateResult } from '#shared/domain/results.ts'
import type { Block } from '../kit/block.ts'
import { figure } from '../kit/frames.ts'
import { colors, smallPrint, tint, type } from '../kit/theme.ts'
import { mark, score, whole } from '../words.ts'

const ROW = 21
const LABELS = 132
/** From a point to its figure, and the room that a figure takes. */
const BESIDE = 8
const FIGURE = 14

type Domain = CandidateResult['domains'][number]

const colourOf = (name: string): string =>
  name === 'indigo' || name === 'magenta' || name === 'ochre' || name === 'teal' ? colors[name] : colors.ink

/** Domain by domain: the candidate's point, the cohort's middle half as a bar, the pass mark as a dashed line. */
export function profileChart(domains: readonly Domain[], passMark: number): Block {
  const height = domains.length * ROW + 20
  return figure(inWords(domains, passMark), height, (canvas, width) => {
    const x = (value: number) => LABELS + (value / 100) * (width - LABELS - 26)
    const bottom = domains.length * ROW + 4
    for (const tick of [0, 25, 50, 75, 100]) {
      canvas.line(x(tick), 0, x(tick), bottom, { stroke: colors.faint })
      canvas.label(String(tick), x(tick), bottom + 9, { size: type.small, color: colors.soft, align: 'center' })
    }
    domains.forEach(({ title, colour, score: own, cohort }, row) => {
      const y = row * ROW + ROW / 2 + 2
      const color = colourOf(colour)
      canvas.label(title, 0, y, { size: type.body })
      if (cohort.q1 !== null && cohort.q3 !== null) {
        canvas.rectangle(
          x(cohort.q1),
          y - 6,
          Math.max(2, x(cohort.q3) - x(cohort.q1)),
          12,
          { fill: tint(color, 0.2) },
          6,
        )
      }
      if (own.value !== null) {
        canvas.circle(x(own.value), y, 4.6, { fill: color, stroke: '#ffffff', lineWidth: 1 })
        // The figure stands on the side of its point where the dashed line does not run through it.
        const crossed = x(passMark) > x(own.value) && x(passMark) < x(own.value) + BESIDE + FIGURE
        const side = crossed ? ({ at: -BESIDE, align: 'right' } as const) : ({ at: BESIDE, align: 'left' } as const)
        canvas.label(whole(own.value), x(own.value) + side.at, y, {
          size: type.body,
          style: 'bold',
          align: side.align,
        })
      } else {
        canvas.label('no score', x(0) + 4, y, smallPrint)
      }
    })
    canvas.line(x(passMark), 0, x(passMark), bottom, { stroke: colors.ink, dash: [2.5, 2.5] })
  })
}

function inWords(domains: readonly Domain[], passMark: number): string {
  const rows = domains.map(({ title, score: own, cohort }) => {
    const middle =
      cohort.q1 === null || cohort.q3 === null
        ? ''
        : `, middle half of the year ${whole(cohort.q1)} to ${whole(cohort.q3)}`
    return `${title}: ${own.value === null ? 'no score' : score(own.value)}${middle}.`
  })
  return `Your profile by domain, 0 to 100; pass mark ${mark(passMark)}. ${rows.join(' ')}`
}
