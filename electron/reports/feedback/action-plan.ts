import type { CandidateResult } from '#shared/domain/results.ts'
import type { Block } from '../kit/block.ts'
import { heading, list } from '../kit/text-blocks.ts'
import { colors, soft } from '../kit/theme.ts'
import { plain } from '../words.ts'
import type { AdviceDensity } from './density.ts'

/** What to practise, with where it showed. */
export function actionPlan({ actionPlan: plan }: CandidateResult, density: AdviceDensity): Block[] {
  if (plan.length === 0) return []
  return [
    heading(2, 'Your action plan'),
    list(
      plan.map((step, index) => ({
        label: `${index + 1}`,
        text: [
          { text: `${step.title}. `, style: 'bold' },
          step.advice,
          ...(density.hints ? [{ text: ` Aim for: ${step.nextAnchor ?? ''}`, ...soft }] : []),
          { text: ` (mean level ${plain(step.mean)} of ${step.points}; see ${where(step.stationNumbers)})`, ...soft },
        ],
      })),
      14,
      { style: 'bold', color: colors.teal, size: density.plan },
      { size: density.plan },
    ),
  ]
}

/** Stations named one by one in the plan; of more, how many. */
const NAMED = 4

function where(numbers: readonly number[]): string {
  const named = numbers.slice(0, NAMED).join(', ')
  const more = numbers.length - NAMED
  return `${numbers.length === 1 ? 'station' : 'stations'} ${named}${more > 0 ? ` and ${more} more` : ''}`
}
