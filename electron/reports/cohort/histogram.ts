import type { Distribution } from '#shared/domain/results.ts'
import type { Block } from '../kit/block.ts'
import { figure } from '../kit/frames.ts'
import { colors, tint, type } from '../kit/theme.ts'
import { count, score } from '../words.ts'

const HEIGHT = 92
const BASE = 74

/** How many scores fall into each ten points; the pass mark as a dashed line. */
export function histogram(name: string, color: string, distribution: Distribution, passMark: number): Block {
  const most = Math.max(1, ...distribution.bins)
  return figure(inWords(name, distribution), HEIGHT, (canvas, width) => {
    const bar = width / distribution.bins.length
    canvas.line(0, BASE, width, BASE, { stroke: colors.line })
    distribution.bins.forEach((entries, bin) => {
      const height = (entries / most) * (BASE - 14)
      if (entries === 0) return
      canvas.rectangle(bin * bar + 1.5, BASE - height, bar - 3, height, { fill: tint(color, 0.45), stroke: color })
      canvas.label(String(entries), (bin + 0.5) * bar, BASE - height - 6, { size: 6.5, align: 'center' })
    })
    for (const tick of [0, 50, 100]) {
      const align = tick === 0 ? 'left' : tick === 100 ? 'right' : 'center'
      canvas.label(String(tick), (tick / 100) * width, BASE + 9, { size: type.small, color: colors.soft, align })
    }
    const x = (passMark / 100) * width
    canvas.line(x, 4, x, BASE, { stroke: colors.ink, dash: [2.5, 2.5] })
  })
}

function inWords(name: string, { n, mean, bins }: Distribution): string {
  const filled = bins.flatMap((entries, bin) => (entries > 0 ? [`${bin * 10} to ${bin * 10 + 10}: ${entries}`] : []))
  return `${name}: ${count(n, 'score', 'scores')}, mean ${score(mean)}. ${filled.join('; ')}.`
}
